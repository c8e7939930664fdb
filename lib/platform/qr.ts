import qrcode from "qrcode-generator";

/** QR codes, for screens, pictures and paper. Pure. */

const QUIET = 4;

export interface QrModules {
  /** Width and height in modules, with the quiet zone of four that scanners need. */
  size: number;
  /** The dark modules, each by its column and row from the top left. */
  dark: readonly (readonly [column: number, row: number])[];
}

/** The dark modules of a code for a text, with error correction of the middle level. */
export function listQrModules(text: string): QrModules {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const dark: [number, number][] = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) dark.push([column + QUIET, row + QUIET]);
    }
  }
  return { size: count + 2 * QUIET, dark };
}

export interface QrCode {
  /** Width and height in modules, with the quiet zone of four that scanners need. */
  size: number;
  /** Dark modules as SVG path data. */
  path: string;
}

/** A QR code as one path, so that it is drawn without styles or pictures from elsewhere. */
export function drawQr(text: string): QrCode {
  const { size, dark } = listQrModules(text);
  return { size, path: dark.map(([column, row]) => `M${column} ${row}h1v1h-1z`).join("") };
}
