import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { writeCap } from "./cap/write";
import { readCap } from "./cap/read";
import { checkFile } from "./check";
import { isStopping } from "./rule";
import { haveSamples, readSamples } from "./samples-for-tests";

const stopping = (bytes: Buffer) => checkFile(bytes).findings.filter(isStopping);
const samples = readSamples();
const nameOf = (file: string) => path.basename(file);

/** The rule each broken file must be refused with. Where our reading differs from its source, DISAGREEMENTS.md says why. */
const REFUSED: Record<string, string> = {
  "bushfire_invalid.edxlde": "CAP-041",
  "canada_errors.cap": "CAP-011",
  "invalid.cap": "CAP-041",
  "invalid.rss": "FEED-004",
  "invalid_element.atom": "FEED-002",
  "no_entries.atom": "FEED-002",
  "no_id.atom": "FEED-001",
  "no_link.atom": "FEED-002",
  "no_title.atom": "FEED-001",
  "noaa_errors.cap": "CAP-041",
  "weather_invalid.atom": "CAP-003",
  "xee.atom": "CAP-042",
  "xee.cap": "CAP-042",
};

describe.runIf(haveSamples)("real messages", () => {
  test("the list of broken ones is the manifest's", () => {
    const broken = samples.filter(({ verdict }) => verdict === "invalid").map(({ file }) => nameOf(file));
    expect(Object.keys(REFUSED).sort()).toEqual(broken.sort());
  });

  test.each(Object.entries(REFUSED))("%s is refused by %s", (name, rule) => {
    const { bytes } = samples.find(({ file }) => nameOf(file) === name)!;
    expect(checkFile(bytes).ok).toBe(false);
    expect(stopping(bytes).map((finding) => finding.rule)).toContain(rule);
  });

  const good = samples.filter(({ verdict, schema }) => verdict === "valid" && schema === "pass");
  test.each(good.map((sample) => [nameOf(sample.file), sample] as const))(
    "%s is valid CAP 1.2: no must of the CAP family is broken",
    (_, { bytes }) => {
      const broken = stopping(bytes).filter(({ rule }) => rule.startsWith("CAP-") || rule.startsWith("XML-"));
      expect(broken).toEqual([]);
    },
  );

  const older = samples.filter(({ verdict, schema }) => verdict === "valid" && schema === "fail");
  test.each(older.map((sample) => [nameOf(sample.file), sample] as const))(
    "%s is of an older version: it is read, and the only must of the CAP family says so",
    (_, { bytes }) => {
      const broken = stopping(bytes).filter(({ rule }) => rule.startsWith("CAP-") || rule.startsWith("XML-"));
      expect(broken.map(({ rule }) => rule)).toEqual(["CAP-001"]);
      expect(checkFile(bytes).messages).toHaveLength(1);
    },
  );

  test("nothing is lost on reading and writing, and what is written keeps the form", () => {
    for (const { bytes, schema } of samples.filter((sample) => sample.schema !== "n/a")) {
      const { alert } = readCap(bytes);
      if (!alert || schema !== "pass") continue;
      const again = readCap(writeCap(alert));
      expect(again.findings).toEqual([]);
      // Empty optional elements are left out when writing (CAP-037); all else comes back.
      const dropEmpty = (value: unknown): unknown =>
        Array.isArray(value)
          ? value.map(dropEmpty)
          : value !== null && typeof value === "object"
            ? Object.fromEntries(
                Object.entries(value)
                  .filter(([key, entry]) => entry !== "" || key === "value")
                  .map(([key, entry]) => [key, dropEmpty(entry)]),
              )
            : value;
      expect(again.alert).toEqual(dropEmpty(alert));
    }
  });
});

describe("findings have places", () => {
  const message = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml");

  test("the example keeps every rule", () => {
    const check = checkFile(message, { now: Date.UTC(2024, 5, 18, 17, 28), meant: "Actual" });
    expect(check.findings).toEqual([]);
    expect(check).toMatchObject({ ok: true, kind: "cap", ipaws: true, signature: { verdict: "absent" } });
  });

  test.each([
    [
      "a text that is too long",
      "911 is down in Granby",
      `${"a".repeat(80)} 911 is down in Granby`,
      "WEA-001",
      "info[0].parameter[CMAMtext]",
      "CMAMtext",
    ],
    [
      "an open outline",
      "42.2000,-72.5000</polygon>",
      "42.2001,-72.5000</polygon>",
      "CAP-031",
      "info[0].area[0].polygon[0]",
      "<polygon>",
    ],
    ["a status nobody knows", "<status>Actual", "<status>actual", "CAP-041", "status", "<status>"],
    ["an element out of order", "<scope>Public</scope>", "", "CAP-041", "scope", "<alert"],
  ])("%s", (_, from, to, rule, place, line) => {
    const text = message.toString("utf8");
    expect(text).toContain(from);
    const check = checkFile(Buffer.from(text.replace(from, to)));
    const found = check.findings.find((finding) => finding.rule === rule)!;
    expect(found).toMatchObject({ path: place });
    const at = check.text
      .split("\n")
      .slice(found.line! - 1, found.line! + 1)
      .join("\n");
    expect(at).toContain(line);
    expect(check.ok).toBe(false);
  });

  test("a text that is not XML gives line and column", () => {
    const [found] = checkFile(Buffer.from("<alert>\n  <a></b>\n</alert>")).findings;
    expect(found).toMatchObject({ rule: "XML-001", line: 2 });
    expect(found!.column).toBeGreaterThan(1);
  });
});

describe("messages that do not mean to go through IPAWS", () => {
  test("are checked as CAP alone", () => {
    const text = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8");
    const plain = text.replace(/<code>.*<\/code>/, "").replace(/<parameter>[\s\S]*?<\/parameter>/g, "");
    const check = checkFile(Buffer.from(plain));
    expect(check).toMatchObject({ ok: true, ipaws: false });
  });
});

/** Inputs of a review that laid public bug reports against the product, where the shared folder is beside this one. */
const CASES = "../shared/cases/standards";
describe.runIf(fs.existsSync(CASES))("what a review found", () => {
  test.each<[file: string, ok: boolean, rule?: string]>([
    ["c01-element-inside-description.xml", false, "CAP-041"],
    ["c02-element-inside-cmamtext.xml", false, "CAP-041"],
    ["c04-attribute-on-info.xml", false, "CAP-041"],
    ["c07-html-regex-400kB.xml", true],
    ["c08-derefuri-regex-200kB.xml", true, "CAP-030"],
    ["c09-weahandling-constructor.xml", false, "WEA-004"],
    ["c11-references-1MB.xml", false, "CAP-015"],
    ["c12-wea-only-without-eas-org.xml", true],
    ["c13-nws-advisory-all-blocked.xml", true],
    ["c14-nws-tornado-wea.xml", true],
    ["c15-nwem-without-description.xml", false, "IPAWS-017"],
    ["c16-nwem-120-hours.xml", false, "IPAWS-018"],
    ["c18-200-vertices.xml", true],
    ["c19-private-cog-to-cog.xml", true],
    ["c20-blank-cmamtext.xml", false, "WEA-001"],
    ["c21-empty-language.xml", true, "CAP-037"],
    ["c23-self-crossing-polygon.xml", true, "CAP-031"],
    ["c24-empty-references-on-alert.xml", true, "CAP-037"],
    ["c25-circle-in-pretty-print.xml", true],
    ["c27-empty-geocode.xml", true, "CAP-037"],
    ["c28-empty-mimetype.xml", true, "CAP-029"],
    ["c29-base64-digest.xml", true, "CAP-029"],
    ["c30-coordinates-without-zero.xml", true],
    ["c32-offset-14-30.xml", false, "CAP-006"],
    ["c33-language-with-space.xml", true],
    ["c35-namespace-with-bracket.xml", true],
    ["c36-feed-embeds-valid-alert.atom", true, "FEED-007"],
    ["c41-identifier-forges-a-line.xml", false, "CAP-003"],
    ["c42-html-in-cmamtext.xml", true, "CAP-038"],
    ["c43-emoji-in-cmamtext.xml", true, "CB-003"],
    ["c46-swapped-lat-lon.xml", true, "EAS-017"],
  ])("%s", (file, ok, rule) => {
    const check = checkFile(fs.readFileSync(path.join(CASES, file)));
    const found = check.findings.map((finding) => finding.rule);
    expect([check.ok, rule === undefined || found.includes(rule)]).toEqual([ok, true]);
    expect(found.length).toBeLessThan(60);
    expect(check.signature.verdict).toBe("absent");
  });

  test("c40: what is read is written with every element the schema asks for", () => {
    const { alert } = readCap(fs.readFileSync(path.join(CASES, "c40-empty-areadesc-rewritten.xml")));
    expect(writeCap(alert!)).toContain("<areaDesc></areaDesc>");
  });
});
