import { HINT, INK, MARGIN, openPdf, type Pdf, type PdfParent, tagged } from "../../platform/pdf";
import { type Kit, type KitNumber, type KitPlace, formatKitDay } from "./kit";

/** The kit as one tagged PDF: the steps, the list of all places, and one sheet a place. */

/** Lines of one column of the list. */
const ROWS = 58;
const WARN = "#9c3d10";

function formatUntil({ verifiedUntil, warning, network }: KitNumber, kit: Kit): string {
  const until =
    verifiedUntil === null ? "never answered a test call" : `good until ${formatKitDay(verifiedUntil, kit.timeZone)}`;
  return [
    until,
    ...(warning && verifiedUntil !== null ? [warning] : []),
    ...(network ? ["on the 911 network"] : []),
  ].join("; ");
}

function writeNumbers(pdf: Pdf, parent: PdfParent, numbers: readonly KitNumber[], kit: Kit, of = ""): void {
  for (const number of numbers) {
    pdf.moveDown(0.3);
    tagged(pdf, parent, "P", () => {
      pdf.font("bold").fontSize(13).fillColor(INK).text(number.number, { continued: true });
      pdf
        .font("regular")
        .fontSize(10)
        .text(`   ${number.service}${of}, ${number.desk}, ${number.hours}`, { continued: true });
      pdf
        .fillColor(number.warning ? WARN : HINT)
        .text(`   ${formatUntil(number, kit)}`)
        .fillColor(INK);
    });
  }
}

function writePlace(pdf: Pdf, root: PdfParent, place: KitPlace, kit: Kit): void {
  pdf.addPage();
  pdf.outline.addItem(place.name);
  const sheet = pdf.struct("Sect");
  root.add(sheet);
  tagged(pdf, sheet, "H2", () => pdf.font("bold").fontSize(20).text(place.name));
  tagged(pdf, sheet, "P", () =>
    pdf.font("regular").fontSize(10).fillColor(HINT).text(`${place.county}. ${place.why}`).fillColor(INK),
  );
  pdf.moveDown(0.5);
  tagged(pdf, sheet, "P", () =>
    pdf
      .font("bold")
      .fontSize(16)
      .text(place.give ? `Give out ${place.give}` : "Give out no number; name places to go."),
  );
  if (place.giveUntil !== null) {
    const day = formatKitDay(place.giveUntil, kit.timeZone);
    tagged(pdf, sheet, "P", () =>
      pdf
        .font("regular")
        .fontSize(10)
        .text(`Good until ${day}. Called again on: __________, answered by: ____________________`),
    );
  }
  pdf.moveDown(0.5);
  writeNumbers(pdf, sheet, place.numbers, kit);
  for (const { name, numbers } of place.larger) writeNumbers(pdf, sheet, numbers, kit, ` of ${name}`);
  if (place.helpOptions.length > 0) {
    tagged(pdf, sheet, "P", () =>
      pdf
        .font("regular")
        .fontSize(11)
        .text(`In an emergency people can also ${place.helpOptions.join("; ")}.`),
    );
  }
  for (const { language, short, long } of place.texts) {
    pdf.moveDown(0.7);
    tagged(pdf, sheet, "H3", () =>
      pdf
        .font("bold")
        .fontSize(11)
        .text(language.startsWith("es") ? "Spanish" : "English"),
    );
    for (const text of [long, short]) {
      tagged(pdf, sheet, "P", () => pdf.font("regular").fontSize(11).text(text));
      pdf.moveDown(0.3);
    }
  }
  pdf.moveDown(1);
  tagged(pdf, sheet, "P", () =>
    pdf
      .font("regular")
      .fontSize(10)
      .text("Read aloud and approved:  ______________________    ______________________    Time: __________"),
  );
  sheet.end();
}

function writeList(pdf: Pdf, root: PdfParent, kit: Kit): void {
  pdf.addPage();
  pdf.outline.addItem("Every place, with the number to give out");
  const list = pdf.struct("Sect");
  root.add(list);
  tagged(pdf, list, "H2", () => pdf.font("bold").fontSize(16).text("Every place, with the number to give out"));
  pdf.moveDown(0.3);
  const byName = [...kit.places].sort((left, right) => left.name.localeCompare(right.name, "en"));
  const width = (pdf.page.width - 2 * MARGIN) / 2;
  byName.forEach(({ name, give }, index) => {
    const position = index % (ROWS * 2);
    if (index > 0 && position === 0) pdf.addPage();
    const top = MARGIN + 30 + (position % ROWS) * 11;
    tagged(pdf, list, "P", () => {
      const left = MARGIN + (position < ROWS ? 0 : width);
      pdf
        .font("bold")
        .fontSize(9)
        .text(give ?? "no number", left, top, { width: 80, lineBreak: false });
      pdf.font("regular").text(name, left + 84, top, { width: width - 90, lineBreak: false });
    });
  });
  list.end();
}

/**
 * @param checksum sha256 of the kit's data, in hex; on the first sheet
 * @param key public key of the site, which verifies the offline file
 * @returns the bytes
 */
export function writeKitPdf(kit: Kit, checksum: string, key: string): Promise<Buffer> {
  const day = formatKitDay(kit.madeAt, kit.timeZone);
  const { pdf, root, close } = openPdf({
    title: `Callbox kit, ${kit.agency}, ${day}`,
    author: kit.agency,
    language: "en-US",
    at: kit.madeAt,
  });
  pdf.outline.addItem("What to do");
  tagged(pdf, root, "H1", () =>
    pdf.font("bold").fontSize(22).fillColor(INK).text("If 911 fails and Callbox cannot be reached"),
  );
  tagged(pdf, root, "P", () => pdf.font("regular").fontSize(12).text(`${kit.agency}. Made on ${day}.`));
  if (kit.demonstration) {
    tagged(pdf, root, "P", () =>
      pdf
        .font("bold")
        .fontSize(12)
        .fillColor(WARN)
        .text("Demonstration. Numbers are invented (555-01xx) and ring nowhere.")
        .fillColor(INK),
    );
  }
  pdf.moveDown();
  kit.steps.forEach((step, index) => {
    tagged(pdf, root, "P", () =>
      pdf
        .font("regular")
        .fontSize(12)
        .text(`${index + 1}.  ${step}`),
    );
    pdf.moveDown(0.4);
  });
  tagged(pdf, root, "P", () =>
    pdf
      .font("regular")
      .fontSize(9)
      .fillColor(HINT)
      .text(`Checksum (sha256) of the data: ${checksum}. Key of the site, which verifies the offline file: ${key}`)
      .fillColor(INK),
  );
  writeList(pdf, root, kit);
  for (const place of kit.places) writePlace(pdf, root, place, kit);
  root.end();
  const { count } = pdf.bufferedPageRange();
  const mode = kit.demonstration ? "DEMONSTRATION. " : "";
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    pdf.markContent("Artifact", { type: "Pagination" });
    const bottom = pdf.page.margins.bottom;
    pdf.page.margins.bottom = 0;
    pdf
      .font("regular")
      .fontSize(8)
      .fillColor(HINT)
      .text(
        `${mode}${kit.agency}, made on ${day}, page ${page + 1} of ${count}, checksum ${checksum.slice(0, 16)}`,
        MARGIN,
        752,
        { lineBreak: false },
      );
    pdf.page.margins.bottom = bottom;
    pdf.endMarkedContent();
  }
  return close();
}
