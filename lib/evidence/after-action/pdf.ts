import path from "node:path";
import PDFDocument from "pdfkit";
import { type AfterAction, LANES } from "./report";

/** The after-action report as one tagged PDF, fit to be read out and filed. */

const FONTS = path.join(process.cwd(), "node_modules", "@uswds", "uswds", "dist", "fonts", "public-sans");
const MARGIN = 54;
const HINT = "#565c65";
const INK = "#1b1b1b";

type Pdf = PDFKit.PDFDocument;

function tagged(pdf: Pdf, parent: PDFKit.PDFStructureElement, tag: string, write: () => void): void {
  parent.add(pdf.struct(tag, {}, write));
}

/** A table whose rows are table rows to a screen reader; cells of a row on one line, or wrapped under each other. */
function writeTable(
  pdf: Pdf,
  parent: PDFKit.PDFStructureElement,
  widths: readonly number[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const table = pdf.struct("Table");
  parent.add(table);
  const write = (cells: readonly string[], tag: "TH" | "TD") => {
    const row = pdf.struct("TR");
    table.add(row);
    pdf.font(tag === "TH" ? "bold" : "regular").fontSize(9);
    const height = Math.max(
      ...cells.map((cell, index) => pdf.heightOfString(cell || " ", { width: (widths[index] ?? 80) - 6 })),
    );
    if (pdf.y + height > pdf.page.height - MARGIN) pdf.addPage();
    const y = pdf.y;
    let x = MARGIN;
    for (const [index, cell] of cells.entries()) {
      const width = widths[index] ?? 80;
      const at = x;
      row.add(pdf.struct(tag, {}, () => pdf.text(cell || " ", at, y, { width: width - 6 })));
      x += width;
    }
    row.end();
    pdf.x = MARGIN;
    pdf.y = y + height + 3;
  };
  write(head, "TH");
  for (const cells of rows) write(cells, "TD");
  table.end();
}

/** @returns the bytes of the report */
export async function writeAfterActionPdf(report: AfterAction): Promise<Buffer> {
  const { incident, timeZone } = report;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    dateStyle: "medium",
    timeStyle: "medium",
    hourCycle: "h23",
  });
  const formatTime = (at: number) => clock.format(at);
  const title = `After-action report: ${incident.title}`;
  const pdf = new PDFDocument({
    size: "LETTER",
    margin: MARGIN,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: "en-US",
    info: { Title: title, Author: incident.agency, CreationDate: new Date(report.madeAt) },
  });
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve) => pdf.on("end", () => resolve(Buffer.concat(chunks))));
  pdf.registerFont("regular", path.join(FONTS, "PublicSans-Regular.woff"));
  pdf.registerFont("bold", path.join(FONTS, "PublicSans-Bold.woff"));
  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const section = (heading: string, write: (parent: PDFKit.PDFStructureElement) => void) => {
    const part = pdf.struct("Sect");
    root.add(part);
    pdf.moveDown(0.8);
    if (pdf.y > pdf.page.height - MARGIN - 80) pdf.addPage();
    pdf.outline.addItem(heading);
    tagged(pdf, part, "H2", () => pdf.font("bold").fontSize(14).fillColor(INK).text(heading, MARGIN));
    pdf.moveDown(0.3);
    write(part);
    part.end();
  };
  const paragraph = (
    parent: PDFKit.PDFStructureElement,
    text: string,
    options: { hint?: boolean; bold?: boolean } = {},
  ) =>
    tagged(pdf, parent, "P", () =>
      pdf
        .font(options.bold ? "bold" : "regular")
        .fontSize(options.hint ? 9 : 11)
        .fillColor(options.hint ? HINT : INK)
        .text(text, MARGIN)
        .fillColor(INK),
    );
  tagged(pdf, root, "H1", () => pdf.font("bold").fontSize(20).text(title));
  paragraph(
    root,
    `${incident.agency}. ${incident.mode === "exercise" ? "An exercise. " : ""}${incident.failure}; text-to-911: ${incident.textTo911.toLowerCase()}. ${incident.places} places. Began ${formatTime(incident.beganAt)}, declared ${formatTime(incident.declaredAt)}, ${incident.closedAt === null ? "still open" : `closed ${formatTime(incident.closedAt)}`}. Times are those of ${timeZone}.`,
  );
  paragraph(root, `How it was known: ${incident.evidence}. Cause: ${incident.cause ?? "not known"}.`);
  paragraph(root, `Made ${formatTime(report.madeAt)} from the record up to entry ${report.record}.`, { hint: true });
  section("How long it took", (part) =>
    writeTable(
      pdf,
      part,
      [270, 70, 60, 104],
      ["Interval", "Minutes", "Target", "Verdict"],
      report.intervals.map(({ name, minutes, target, verdict }) => [
        name,
        minutes === null ? "–" : String(minutes),
        target === null ? "–" : String(target),
        verdict,
      ]),
    ),
  );
  section("Findings", (part) => {
    if (report.findings.length === 0) paragraph(part, "None were noted.");
    for (const { at, text, by } of report.findings) paragraph(part, `${text} (${by}, ${formatTime(at)})`);
  });
  section("What happened", (part) =>
    writeTable(
      pdf,
      part,
      [112, 72, 240, 80],
      ["Time", "Lane", "What", "Who, entry"],
      report.timeline.map(({ at, lane, what, by, entry }) => [
        formatTime(at),
        LANES[lane],
        what,
        [by, entry === null ? "" : `entry ${entry}`].filter(Boolean).join(", "),
      ]),
    ),
  );
  section("What was published", (part) => {
    if (report.published.length === 0) paragraph(part, "No alert was published.");
    for (const alert of report.published) {
      pdf.moveDown(0.4);
      tagged(pdf, part, "H3", () =>
        pdf
          .font("bold")
          .fontSize(11)
          .text(`${alert.title}, ${formatTime(alert.publishedAt)}`, MARGIN),
      );
      paragraph(
        part,
        `${alert.places} places, ${alert.messages} messages, approved by ${alert.approvedBy}. Fingerprint ${alert.contentHash}.`,
        { hint: true },
      );
      for (const { place, count, long, short } of alert.texts) {
        paragraph(
          part,
          `As ${place} got it${count > 1 ? `, and ${count - 1} more places with their own values` : ""}:`,
          { hint: true },
        );
        paragraph(part, long);
        paragraph(part, short);
      }
    }
  });
  root.end();
  pdf.end();
  return done;
}
