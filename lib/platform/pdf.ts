import path from "node:path";
import PDFDocument from "pdfkit";

/** Tagged PDF on letter paper in the site's fonts, as every printed sheet begins. */

export type Pdf = PDFKit.PDFDocument;
export type PdfParent = PDFKit.PDFStructureElement;

/** Points. */
export const MARGIN = 54;
export const INK = "#1b1b1b";
export const HINT = "#565c65";

const PACKAGES = path.join(process.cwd(), "node_modules");
const LATIN = path.join(PACKAGES, "@uswds", "uswds", "dist", "fonts", "public-sans");
const CHINESE = path.join(PACKAGES, "@embedpdf", "fonts-sc", "fonts");

/** The files of the fonts that a language is set in. Chinese has one of its own, which has Latin letters as well. */
export const fontsOf = (language: string): { regular: string; bold: string } =>
  language.split("-")[0] === "zh"
    ? { regular: path.join(CHINESE, "NotoSansHans-Regular.otf"), bold: path.join(CHINESE, "NotoSansHans-Bold.otf") }
    : { regular: path.join(LATIN, "PublicSans-Regular.ttf"), bold: path.join(LATIN, "PublicSans-Bold.ttf") };

/**
 * @param about.at the moment it is of, in milliseconds since 1970, so that the same content is the same bytes
 * @returns the document, the element everything stands in, and `close`, which ends it and gives its bytes
 */
export function openPdf({
  title,
  author,
  language,
  at,
}: {
  title: string;
  author: string;
  language: string;
  at: number;
}) {
  const pdf = new PDFDocument({
    size: "LETTER",
    margin: MARGIN,
    pdfVersion: "1.7",
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Author: author, CreationDate: new Date(at), ModDate: new Date(at) },
  });
  const { regular, bold } = fontsOf(language);
  pdf.registerFont("regular", regular);
  pdf.registerFont("bold", bold);
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve) => pdf.on("end", () => resolve(Buffer.concat(chunks))));
  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const close = (): Promise<Buffer> => {
    pdf.end();
    return done;
  };
  return { pdf, root, close };
}

/** A paragraph with its tag, so that a screen reader knows what it is. */
export function tagged(pdf: Pdf, parent: PdfParent, tag: string, write: () => void): void {
  parent.add(pdf.struct(tag, {}, write));
}
