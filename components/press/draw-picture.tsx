import { readFile } from "node:fs/promises";
import { ImageResponse } from "next/og";
import type { PressSheet, PressText } from "../../lib/delivery/press/schema";
import { fontsOf } from "../../lib/platform/pdf";
import { FONT, Picture, PICTURE } from "./picture";

/** @returns the picture as PNG, 1200 by 630 pixels; for a language that its font has the letters of */
export async function drawPicture(sheet: PressSheet, text: PressText): Promise<Buffer> {
  const files = fontsOf(text.language);
  const [regular, bold] = await Promise.all([readFile(files.regular), readFile(files.bold)]);
  const picture = new ImageResponse(<Picture sheet={sheet} text={text} />, {
    ...PICTURE,
    fonts: [
      { name: FONT, data: regular, weight: 400, style: "normal" },
      { name: FONT, data: bold, weight: 700, style: "normal" },
    ],
  });
  return Buffer.from(await picture.arrayBuffer());
}
