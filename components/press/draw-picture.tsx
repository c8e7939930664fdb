import { readFile } from "node:fs/promises";
import path from "node:path";
import { ImageResponse } from "next/og";
import type { PressSheet, PressText } from "../../lib/delivery/press/schema";
import { Picture, PICTURE } from "./picture";

const FONTS = path.join(process.cwd(), "node_modules", "@uswds", "uswds", "dist", "fonts", "public-sans");

const readFont = (name: string) => readFile(path.join(FONTS, name));

/** @returns the picture as PNG, 1200 by 630 pixels; for a language that its font has the letters of */
export async function drawPicture(sheet: PressSheet, text: PressText): Promise<Buffer> {
  const [regular, bold] = await Promise.all([readFont("PublicSans-Regular.ttf"), readFont("PublicSans-Bold.ttf")]);
  const picture = new ImageResponse(<Picture sheet={sheet} text={text} />, {
    ...PICTURE,
    fonts: [
      { name: "Public Sans", data: regular, weight: 400, style: "normal" },
      { name: "Public Sans", data: bold, weight: 700, style: "normal" },
    ],
  });
  return Buffer.from(await picture.arrayBuffer());
}
