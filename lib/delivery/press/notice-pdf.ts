import { NOTICE_IN_ENGLISH } from "../../wording/pages/page-language";
import { HINT, INK, MARGIN, openPdf, type Pdf, type PdfParent, tagged } from "../../platform/pdf";
import { listQrModules } from "../../platform/qr";
import { leadOf } from "./list";
import type { PressRow, PressSheet, PressText } from "./schema";

/**
 * The notice people put up on a door: one page for a place, with its number as
 * large as the paper allows and a QR code to the public page; for a whole alert
 * the list of all numbers, on as many pages as it takes. Tagged, in one language.
 */

const QR = 132;
/** Of the list: points of a line, and lines of a column. */
const LINE = 13;
/** Points that the name of a place has before its number. */
const NAME = 124;
const ONE_LINE = { lineBreak: false };
/** The largest and smallest size of the text, in points. */
const TEXT_SIZES = [20, 18, 16, 15, 14, 13, 12, 11, 10, 9] as const;

/** Points between lines of the foot, and how much smaller they may be for all of them to stand beside the code. */
const GAP = 6;
const FOOT_SCALES = [1, 0.9, 0.8, 0.7, 0.6] as const;

const widthOf = (pdf: Pdf) => pdf.page.width - 2 * MARGIN;

/** The largest whole size at which a text stays on one line of the page, or of a column. */
function fitSize(pdf: Pdf, text: string, largest: number, width = widthOf(pdf)): number {
  for (let size = largest; size > 5; size -= 1) if (pdf.fontSize(size).widthOfString(text) <= width) return size;
  return 5;
}

/** White on black across the page, so that nobody takes it for the real thing or for what counts now. */
function writeBand(pdf: Pdf, root: PdfParent, text: string): void {
  const top = pdf.y;
  pdf.font("bold").fontSize(16);
  const height = pdf.heightOfString(text, { width: widthOf(pdf) - 24 }) + 20;
  pdf.markContent("Artifact", { type: "Layout" });
  pdf.rect(MARGIN, top, widthOf(pdf), height).fill(INK);
  pdf.endMarkedContent();
  tagged(pdf, root, "P", () =>
    pdf
      .font("bold")
      .fontSize(16)
      .fillColor("#ffffff")
      .text(text, MARGIN + 12, top + 10, { width: widthOf(pdf) - 24 })
      .fillColor(INK),
  );
  pdf.x = MARGIN;
  pdf.y = top + height + 14;
}

/** The code with the address in words beside it, at the foot of the page. */
function writePage(pdf: Pdf, root: PdfParent, text: PressText, top: number): void {
  const { url } = text;
  let left = MARGIN;
  if (url !== null) {
    const { size, dark } = listQrModules(url);
    const side = QR / size;
    root.add(
      pdf.struct("Figure", { alt: `QR code: ${url}` }, () => {
        for (const [column, row] of dark) pdf.rect(MARGIN + column * side, top + row * side, side, side);
        pdf.fill(INK);
      }),
    );
    left += QR + 12;
  }
  const width = pdf.page.width - MARGIN - left;
  const lines: [string, "bold" | "regular", number][] = [
    [text.page, "bold", 14],
    [url === null ? "" : url.replace(/^https?:\/\//, "").replace(/\/$/, ""), "bold", 14],
    [text.ended === null ? text.validUntil : "", "regular", 13],
    [text.sender, "regular", 13],
    [text.notice === null ? "" : `${text.notice} ${NOTICE_IN_ENGLISH}`, "regular", 10],
  ];
  const said = lines.filter(([words]) => words !== "");
  let y = top + 16;
  const room = pdf.page.height - MARGIN - y;
  const heightAt = (scale: number) =>
    said.reduce(
      (sum, [line, font, size]) =>
        sum +
        GAP +
        pdf
          .font(font)
          .fontSize(size * scale)
          .heightOfString(line, { width }),
      -GAP,
    );
  // Fonts differ in how high their lines are: half a line on a page of its own helps nobody.
  const scale = FOOT_SCALES.find((one) => heightAt(one) <= room) ?? FOOT_SCALES[FOOT_SCALES.length - 1]!;
  for (const [line, font, size] of said) {
    tagged(pdf, root, "P", () =>
      pdf
        .font(font)
        .fontSize(size * scale)
        .fillColor(INK)
        .text(line, left, y, { width }),
    );
    y = pdf.y + GAP;
  }
}

function writePlace(pdf: Pdf, root: PdfParent, sheet: PressSheet, text: PressText): void {
  if (text.ended !== null) return;
  tagged(pdf, root, "H1", () => pdf.font("bold").fontSize(22).fillColor(INK).text(text.headline));
  pdf.moveDown(0.6);
  const { call } = text;
  if (call !== null) tagged(pdf, root, "P", () => pdf.font("regular").fontSize(18).text(call));
  for (const number of sheet.numbers) {
    // On one line, whatever it takes: half a number is a wrong number.
    pdf.font("bold");
    const size = fitSize(pdf, number, sheet.numbers.length === 1 ? 92 : 56);
    tagged(pdf, root, "P", () => pdf.font("bold").fontSize(size).text(number, MARGIN, pdf.y, { lineBreak: false }));
    pdf.x = MARGIN;
    pdf.y += size * 1.2;
  }
  pdf.moveDown(0.4);
  const space = pdf.page.height - MARGIN - QR - 24 - pdf.y;
  pdf.font("regular");
  const size =
    TEXT_SIZES.find((one) => pdf.fontSize(one).heightOfString(text.body, { width: widthOf(pdf) }) <= space) ??
    TEXT_SIZES[TEXT_SIZES.length - 1]!;
  tagged(pdf, root, "P", () =>
    pdf
      .font("regular")
      .fontSize(size)
      // Longer than the page it goes on to the next: an approved text is never cut.
      .text(text.body, MARGIN, pdf.y, { width: widthOf(pdf) }),
  );
}

/** Every place in two columns, by name, on as many pages as it takes. */
function writeList(pdf: Pdf, root: PdfParent, rows: readonly PressRow[], text: PressText): void {
  tagged(pdf, root, "H1", () => pdf.font("bold").fontSize(20).fillColor(INK).text(text.headline));
  pdf.moveDown(0.3);
  const { call } = text;
  if (call !== null) {
    pdf.moveDown(0.3);
    tagged(pdf, root, "P", () => pdf.font("bold").fontSize(14).text(leadOf(call)));
  }
  pdf.moveDown(0.5);
  const list = pdf.struct("Sect");
  root.add(list);
  const width = widthOf(pdf) / 2;
  const bottom = pdf.page.height - MARGIN - 14;
  const foot = QR + 24;
  let top = pdf.y;
  let rest = [...rows];
  while (rest.length > 0) {
    const whole = Math.floor((bottom - top) / LINE);
    // The last page keeps room for the code; where it would not fit, the list goes on to another page.
    const last = Math.max(1, Math.floor((bottom - foot - top) / LINE));
    const isLast = rest.length <= last * 2;
    const lines = isLast ? Math.ceil(rest.length / 2) : Math.min(whole, Math.ceil(rest.length / 2));
    const page = rest.slice(0, lines * 2);
    page.forEach((row, index) => {
      const left = MARGIN + (index < lines ? 0 : width);
      const y = top + (index % lines) * LINE;
      const number = row.numbers.join(", ");
      tagged(pdf, list, "P", () => {
        const shown = number || (row.instead[text.language] ?? "");
        pdf
          .font("regular")
          .fontSize(fitSize(pdf, row.place, 10, NAME - 6))
          .text(row.place, left, y, ONE_LINE);
        pdf.font(number ? "bold" : "regular");
        pdf.fontSize(fitSize(pdf, shown, 10, width - NAME - 8)).text(shown, left + NAME, y, ONE_LINE);
      });
    });
    rest = rest.slice(lines * 2);
    pdf.y = top + lines * LINE;
    if (rest.length > 0 || !isLast) {
      pdf.addPage();
      top = MARGIN;
      pdf.y = MARGIN;
    }
  }
  list.end();
}

/** At the foot of every page: which alert it is of, and which page. */
function numberPages(pdf: Pdf, note: string): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    pdf.markContent("Artifact", { type: "Pagination" });
    const { bottom } = pdf.page.margins;
    pdf.page.margins.bottom = 0;
    pdf
      .font("regular")
      .fontSize(8)
      .fillColor(HINT)
      .text(count === 1 ? note : `${note}, ${page + 1}/${count}`, MARGIN, pdf.page.height - 40, { lineBreak: false });
    pdf.page.margins.bottom = bottom;
    pdf.endMarkedContent();
  }
}

/**
 * @param text the language of the notice; one that its font has the letters of
 * @param alert which alert it is of, and when it was sent, in milliseconds since 1970
 * @returns the bytes
 */
export function writeNotice(
  sheet: PressSheet,
  text: PressText,
  alert: { code: string; sentAt: number },
): Promise<Buffer> {
  const { pdf, root, close } = openPdf({
    title: text.ended ?? text.headline,
    author: text.sender,
    language: text.language,
    at: alert.sentAt,
  });
  if (text.mode !== null) writeBand(pdf, root, text.mode);
  if (text.ended !== null) writeBand(pdf, root, text.ended);
  if (sheet.kind === "whole") writeList(pdf, root, sheet.rows, text);
  else writePlace(pdf, root, sheet, text);
  writePage(pdf, root, text, pdf.page.height - MARGIN - QR - 8);
  root.end();
  numberPages(pdf, alert.code);
  return close();
}
