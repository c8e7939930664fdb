import { createHash } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { loadKit } from "./data";
import { writeKitHtml } from "./html";
import { type Kit, openGaps, writeKitData } from "./kit";
import { writeKitPdf } from "./pdf";

let story: Story;
let kit: Kit;
let checksum: string;
const NOW = Date.now();

beforeAll(async () => {
  story = await openStory(inject("databases"));
  ({ kit, checksum } = (await loadKit(story.client, "state-911", NOW))!);
});

describe("the kit", () => {
  test("has every place, each with its number, its reason, its texts in both languages, and no slot left", () => {
    expect(kit.places).toHaveLength(351);
    const granby = kit.places.find(({ name }) => name === "Granby, MA")!;
    expect(granby.give).toBe("413-555-0142");
    expect(granby.helpOptions).toEqual(["go to the Granby police station"]);
    expect(granby.numbers.map(({ number, service }) => `${number} ${service}`)).toContain("413-555-0144 Non-emergency");
    for (const { texts, name } of kit.places) {
      expect(texts.map(({ language }) => language)).toEqual(["en-US", "es-US"]);
      for (const { short, long } of texts) {
        expect(`${short} ${long}`, name).not.toMatch(/\{|\}/);
        expect(long, name).toContain("______");
      }
    }
  });

  test("never tells to give out a number that is not verified, but shows it with its warning", () => {
    const ware = kit.places.find(({ name }) => name === "Ware, MA")!;
    expect(ware.give).toBeNull();
    expect(ware.numbers[0]!.warning).toMatch(/90 days/);
    const leyden = kit.places.find(({ name }) => name === "Leyden, MA")!;
    expect(leyden.larger.flatMap(({ numbers }) => numbers.map(({ number }) => number))).toContain(leyden.give);
  });

  test("the checksum is of the very bytes that stand in the file", () => {
    const html = writeKitHtml(kit, checksum);
    const data = /<script type="application\/json" id="kit">([\s\S]*?)<\/script>/.exec(html)![1]!;
    expect(data).toBe(writeKitData(kit));
    expect(createHash("sha256").update(data).digest("hex")).toBe(checksum);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(writeKitHtml(kit, checksum)).toBe(html);
  });

  test("the PDF is tagged, has a language and a title, and a sheet for every place", async () => {
    const small = { ...kit, places: kit.places.slice(0, 3) };
    const pdf = (await writeKitPdf(small, checksum)).toString("latin1");
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    expect(pdf).toMatch(/\/StructTreeRoot/);
    expect(pdf).toMatch(/\/Lang \(en-US\)/);
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(5);
  });

  test("names with quotes and angles cannot break the file", () => {
    const evil = { ...kit, agency: `"><script>alert(1)</script>`, places: [] };
    expect(writeKitHtml(evil, checksum)).not.toContain("<script>alert");
  });
});

test.each([
  ["since {since}, until {until}", "since ______, until ______"],
  ["Next update by {nextUpdate}.", "Next update by ______."],
  ["{place} stays", "{place} stays"],
])("gaps of %j", (text, open) => expect(openGaps(text)).toBe(open));
