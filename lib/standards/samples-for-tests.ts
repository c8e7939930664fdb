import fs from "node:fs";
import path from "node:path";

/**
 * Real messages, good and bad. They are other people's records and not in this
 * repository: where a copy lies beside the checkout, the tests read it.
 */
const FOLDER = path.resolve("../shared/cap-samples");

export interface Sample {
  file: string;
  bytes: Buffer;
  /** What its source says of it. */
  verdict: "valid" | "invalid";
  /** What xmllint says by the schema of CAP 1.2; n/a for feeds. */
  schema: "pass" | "fail" | "n/a";
}

export const XSD = path.join(FOLDER, "CAP-v1.2.xsd");
export const haveSamples = fs.existsSync(path.join(FOLDER, "MANIFEST.tsv"));

export function readSamples(): Sample[] {
  if (!haveSamples) return [];
  const [head, ...lines] = fs.readFileSync(path.join(FOLDER, "MANIFEST.tsv"), "utf8").trim().split("\n");
  const columns = head!.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    const cell = (name: string) => cells[columns.indexOf(name)] ?? "";
    return {
      file: cell("path"),
      bytes: fs.readFileSync(path.join(FOLDER, cell("path"))),
      verdict: cell("source_verdict") as Sample["verdict"],
      schema: cell("xmllint_CAP12_xsd").split(" ")[0] as Sample["schema"],
    };
  });
}
