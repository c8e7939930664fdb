import { createHash } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { loadKit } from "./data";
import { writeKitHtml } from "./html";
import { type Kit, openGaps, writeKitData } from "./kit";
import { writeKitPdf } from "./pdf";
import { kitKey, signKit, verifyKit } from "./sign";

let story: Story;
let kit: Kit;
let checksum: string;
const NOW = Date.now();
const SECRET = "a secret of a site, as long as it has to be";
const KEY = kitKey(SECRET);

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
    const html = writeKitHtml(kit, checksum, KEY);
    const data = /<script type="application\/json" id="kit">([\s\S]*?)<\/script>/.exec(html)![1]!;
    expect(data).toBe(writeKitData(kit));
    expect(createHash("sha256").update(data).digest("hex")).toBe(checksum);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(writeKitHtml(kit, checksum, KEY)).toBe(html);
  });

  test("the PDF is tagged, has a language and a title, and a sheet for every place", async () => {
    const small = { ...kit, places: kit.places.slice(0, 3) };
    const pdf = (await writeKitPdf(small, checksum, KEY)).toString("latin1");
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    expect(pdf).toMatch(/\/StructTreeRoot/);
    expect(pdf).toMatch(/\/Lang \(en-US\)/);
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(5);
    // A bookmark for the steps, the list and each sheet.
    expect(pdf).toMatch(/\/Outlines \d+ 0 R/);
    for (const title of ["What to do", ...small.places.map(({ name }) => name)])
      expect(pdf).toContain(`/Title (${title})`);
  });

  test("what the sheet says to give out is what its texts give out", () => {
    for (const { give, texts, name } of kit.places) {
      const [english] = texts;
      if (give) expect(english?.short, name).toContain(give);
      else expect(english?.short, name).not.toMatch(/\d{3}-\d{3}-\d{4}/);
    }
  });

  test("every place is found by name without a script, and each number has its date", () => {
    const html = writeKitHtml(kit, checksum, KEY);
    for (const { id, name } of kit.places) expect(html).toContain(`<a href="#r${id}">${name}</a>`);
    expect(html).not.toContain("County County");
    const granby = /<section data-name="granby, ma[\s\S]*?<\/section>/.exec(html)![0];
    expect(granby).toMatch(
      /Give out: <span class="number give">413-555-0142<\/span>, good until <span data-until="\d+">/,
    );
  });

  test("the signature covers every character of the file, and is this site's", () => {
    const small = { ...kit, places: kit.places.slice(0, 2) };
    const file = signKit(writeKitHtml(small, checksum, KEY), SECRET);
    expect(verifyKit(file, KEY)).toBe(true);
    expect(verifyKit(file, kitKey("another secret of another site, as long"))).toBe(false);
    expect(verifyKit(writeKitHtml(small, checksum, KEY), KEY)).toBe(false);
    const steps = [
      [small.places[0]!.give ?? small.places[0]!.name, "413-555-0199"],
      ["Call the agencies around you", "Call nobody"],
      ["never call 911 to test it", "call 911 to test it"],
      ['id="kit"', 'id="kit" '],
    ] as const;
    for (const [from, to] of steps) {
      expect(file).toContain(from);
      expect(verifyKit(file.replace(from, to), KEY), from).toBe(false);
    }
    for (let at = 0; at < file.length; at += 997) {
      const altered = file.slice(0, at) + (file[at] === "x" ? "y" : "x") + file.slice(at + 1);
      expect(verifyKit(altered, KEY), String(at)).toBe(false);
    }
  });

  test("names with quotes and angles cannot break the file", () => {
    const evil = { ...kit, agency: `"><script>alert(1)</script>`, places: [] };
    expect(writeKitHtml(evil, checksum, KEY)).not.toContain("<script>alert");
  });
});

test.each([
  ["since {since}, until {until}", "since ______, until ______"],
  ["Next update by {nextUpdate}.", "Next update by ______."],
  ["{place} stays", "{place} stays"],
])("gaps of %j", (text, open) => expect(openGaps(text)).toBe(open));
