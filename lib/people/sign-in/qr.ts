import qrcode from "qrcode-generator";

export interface QrCode {
  /** Width and height in modules, with the quiet zone of four that scanners need. */
  size: number;
  /** Dark modules as SVG path data. */
  path: string;
}

const QUIET = 4;

/** A QR code as one path, so that it is drawn without styles or pictures from elsewhere. */
export function drawQr(text: string): QrCode {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const modules: string[] = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) modules.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
    }
  }
  return { size: count + 2 * QUIET, path: modules.join("") };
}
