import { inflateSync } from "node:zlib";
import jsQR from "jsqr";
import { PNG } from "pngjs";

/** Reads PDFs and pictures back, as a reader and a phone's camera would. For tests only. */

type Square = readonly [x: number, y: number, side: number];

/** What the codes of a font stand for, by its ToUnicode map. */
function readMap(stream: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, block] of stream.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, , list] of block!.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
      [...list!.matchAll(/<([\w ]+)>/g)].forEach(([, hex], index) => {
        const code = (parseInt(from!, 16) + index).toString(16).padStart(4, "0");
        const units = hex!.replaceAll(" ", "").match(/.{4}/g)!;
        map.set(code, String.fromCharCode(...units.map((unit) => parseInt(unit, 16))));
      });
    }
  }
  return map;
}

/**
 * @returns the number of pages, each piece of text as it was drawn (through the
 * fonts' own maps), the small filled squares, and the bytes as Latin 1
 */
export function readPdf(bytes: Buffer): { pages: number; lines: string[]; squares: Square[]; raw: string } {
  const raw = bytes.toString("latin1");
  const objects = new Map<string, { head: string; stream: string | null }>();
  for (const [, id, body] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [head = "", rest] = body!.split(/\nstream\r?\n/);
    const packed = rest === undefined ? null : Buffer.from(rest.replace(/\nendstream$/, ""), "latin1");
    const stream =
      packed === null ? null : (head.includes("FlateDecode") ? inflateSync(packed) : packed).toString("latin1");
    objects.set(id!, { head, stream });
  }
  const maps = new Map<string, Map<string, string>>();
  for (const { head } of objects.values()) {
    for (const [, name, font] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font!)?.head ?? "")?.[1];
      if (unicode) maps.set(name!, readMap(objects.get(unicode)?.stream ?? ""));
    }
  }
  const lines: string[] = [];
  const squares: Square[] = [];
  for (const { stream } of objects.values()) {
    if (stream === null) continue;
    let map = new Map<string, string>();
    for (const [, font, shown, x, y, width] of stream.matchAll(
      /\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ|([\d.]+) ([\d.]+) ([\d.]+) [\d.]+ re/g,
    )) {
      if (font) map = maps.get(font) ?? map;
      else if (shown !== undefined) {
        const codes =
          [...shown.matchAll(/<(\w+)>/g)]
            .map(([, hex]) => hex)
            .join("")
            .match(/.{4}/g) ?? [];
        lines.push(codes.map((code) => map.get(code) ?? "?").join(""));
      } else if (Number(width) < 20) squares.push([Number(x), Number(y), Number(width)]);
    }
  }
  return { pages: raw.match(/\/Type \/Page\b/g)?.length ?? 0, lines, squares, raw };
}

const SCALE = 4;

/** What a camera reads from dark squares on white, or null. */
export function readCode(squares: readonly Square[]): string | null {
  const [first] = squares;
  if (!first) return null;
  const side = first[2];
  const at = squares.map(([x, y]) => [Math.round(x / side), Math.round(y / side)] as const);
  const [left, top] = [Math.min(...at.map(([x]) => x)) - 4, Math.min(...at.map(([, y]) => y)) - 4];
  const size = (Math.max(...at.map(([x]) => x)) - left + 5) * SCALE;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [x, y] of at) {
    for (let row = 0; row < SCALE; row += 1) {
      for (let column = 0; column < SCALE; column += 1) {
        const pixel = (((y - top) * SCALE + row) * size + (x - left) * SCALE + column) * 4;
        pixels.fill(0, pixel, pixel + 3);
      }
    }
  }
  return jsQR(pixels, size, size)?.data ?? null;
}

/** The size of a PNG in pixels, and what a camera reads from a code in it. */
export function readPicture(bytes: Buffer): { width: number; height: number; code: string | null } {
  const { width, height, data } = PNG.sync.read(bytes);
  return { width, height, code: jsQR(new Uint8ClampedArray(data), width, height)?.data ?? null };
}
