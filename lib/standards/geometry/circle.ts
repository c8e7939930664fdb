import { trimSpace } from "../cap/white-space";
import { type Corner, parseCorner } from "./polygon";

/** A CAP circle: `latitude,longitude radius`, the radius in kilometers, one space between (CAP-032). */
export interface Circle {
  centre: Corner;
  /** Kilometres, 0 or more. */
  radius: number;
}

/** The circle, or undefined when the text is none. */
export function parseCircle(circle: string): Circle | undefined {
  const [pair, radius, ...rest] = trimSpace(circle).split(" ", 4);
  const centre = parseCorner(pair ?? "");
  if (!centre || rest.length > 0 || radius === undefined || !/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(radius)) return undefined;
  return { centre, radius: Number(radius) };
}
