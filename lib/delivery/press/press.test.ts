import { beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { drawPicture } from "../../../components/press/draw-picture";
import { approve, draftFor, followUp, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { connect } from "../../platform/db";
import { countCharacters } from "../../wording/text-length";
import { getPressChoices, getPressSheet } from "./data";
import { writeNotice } from "./notice-pdf";
import { readCode, readPdf, readPicture } from "./paper-for-tests";
import { canPrint } from "./press";
import { type PressSheet, WHOLE } from "./schema";

const URL = "https://911.example.gov";
const NUMBER = "413-555-0142";

let story: Story;
let dana: Actor;
let luis: Actor;
let granby: string;
let published: string;
let sheet: PressSheet;

async function publish(towns: string[], mode: "live" | "exercise" = "live"): Promise<string> {
  const { id } = await draftFor(story, dana, await placesNamed(story.client, ...towns), { mode });
  await submit(story, dana, id);
  const result = await approve(story, luis, id);
  if (!result.ok) throw new Error(result.message);
  return id;
}

/** As two administrators would; how they do it is told elsewhere. */
async function makeApprover(personId: string, agencyId: string): Promise<void> {
  const owner = connect(story.ownerUrl);
  await owner.$executeRaw`alter table "Membership" disable trigger user`;
  await owner.membership.create({ data: { personId, agencyId, role: "approver" } });
  await owner.$executeRaw`alter table "Membership" enable trigger user`;
  await owner.$disconnect();
}

const sheetOf = async (actor: Actor, id: string, of: string, now = new Date()) =>
  (await getPressSheet(story.client, actor, { alertId: id, of, url: URL }, now))?.sheet;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  [granby] = (await placesNamed(story.client, "Granby")) as [string];
  published = await publish(["Granby", "Hadley"]);
  sheet = (await sheetOf(dana, published, granby))!;
});

describe("what a published alert offers", () => {
  test("a place has its post, script, number and page in each language", () => {
    expect(sheet).toMatchObject({ place: "Granby", numbers: [NUMBER], ending: null, newerId: null });
    expect(sheet.texts.map(({ language, url, mode }) => [language, url, mode !== null])).toEqual([
      ["en-US", `${URL}/ma/granby`, true],
      ["es-US", `${URL}/es/ma/granby`, true],
    ]);
    for (const text of sheet.texts) {
      expect(text.post).toContain(NUMBER);
      expect(text.script).toContain(NUMBER);
      expect(text.post).not.toMatch(/[{}]/);
      expect(countCharacters("social", `${text.post} ${text.url}`)).toBeLessThanOrEqual(280);
      expect(text.prints).toBe(true);
    }
  });

  test("the whole alert lists every place with its number, and a county only its texts", async () => {
    const choices = (await getPressChoices(story.client, dana, { alertId: published, url: URL }, new Date()))!;
    expect(choices.places.map(({ name }) => name)).toEqual(["Granby", "Hadley"]);
    expect(choices.first.rows.map(({ place, numbers }) => [place, numbers.length])).toEqual([
      ["Granby", 1],
      ["Hadley", 1],
    ]);
    expect(choices.first.texts[0]!.headline).toBe("911 is not working in 2 places in Massachusetts");
    const county = await sheetOf(dana, published, choices.counties[0]!.of);
    expect(county).toMatchObject({ kind: "county", numbers: [] });
    expect(county!.texts[0]!.script).toMatch(/^Official notice/);
  });

  test("what was published stays as it was approved, whatever the directory says later", async () => {
    await story.client.directNumber.updateMany({ where: { placeId: granby }, data: { status: "down" } });
    expect((await sheetOf(dana, published, granby))?.numbers).toEqual([NUMBER]);
    await story.client.directNumber.updateMany({ where: { placeId: granby }, data: { status: "in-service" } });
  });

  test.each([
    ["a drafter of another agency", "gil", false],
    ["a steward, who takes no messages", "karen", false],
    ["an approver of another agency", "karen", false],
    ["the approver of the agency", "luis", true],
  ])("%s", async (who, key, sees) => {
    if (who.startsWith("an approver")) await makeApprover("demo-karen", "granby");
    const actor = await story.actor(key);
    expect((await sheetOf(actor, published, granby)) !== undefined).toBe(sees);
    expect((await getPressChoices(story.client, actor, { alertId: published, url: URL }, new Date())) !== null).toBe(
      sees,
    );
  });

  test("there is nothing of a draft, of a place it is not for, or of an alert that is not there", async () => {
    const { id } = await draftFor(story, dana, [granby]);
    expect(await sheetOf(dana, id, granby)).toBeUndefined();
    await submit(story, dana, id);
    expect(await sheetOf(dana, id, granby)).toBeUndefined();
    expect(await sheetOf(dana, published, "county:nowhere")).toBeUndefined();
    expect(await sheetOf(dana, "none", granby)).toBeUndefined();
  });
});

describe("paper and picture", () => {
  test("the notice is one page with the number as text and a code that leads to the public page", async () => {
    for (const text of sheet.texts) {
      const pdf = readPdf(await writeNotice(sheet, text, { code: "MA-1", sentAt: 0 }));
      expect(pdf.pages).toBe(1);
      expect(pdf.lines).toContain(NUMBER);
      // No number is broken across lines, in the running text either.
      expect(pdf.lines.filter((line) => /\d-\s*$/.test(line))).toEqual([]);
      expect(pdf.lines.join(" ").split(NUMBER).length).toBeGreaterThan(3);
      expect(pdf.raw).toContain(`/Lang (${text.language})`);
      expect(pdf.lines.join(" ")).toContain(text.sender);
      expect(readCode(pdf.squares)).toBe(text.url);
    }
  });

  test("the list goes on to as many pages as it takes, and leaves nobody out", async () => {
    const [row] = (await sheetOf(dana, published, WHOLE))!.rows;
    const whole = (await sheetOf(dana, published, WHOLE))!;
    const rows = Array.from({ length: 351 }, (_, index) => ({ ...row!, place: `Town ${index + 1}` }));
    const pdf = readPdf(await writeNotice({ ...whole, rows }, whole.texts[0]!, { code: "MA-1", sentAt: 0 }));
    expect(pdf.pages).toBeGreaterThan(3);
    expect(pdf.pages).toBeLessThan(7);
    for (const { place } of rows) expect(pdf.lines, place).toContain(place);
    expect(pdf.lines.filter((line) => line === row!.numbers[0])).toHaveLength(351);
    expect(readCode(pdf.squares)).toBe(`${URL}/`);
  });

  test("the picture has the size that is shown whole, and a code that leads to the public page", async () => {
    const [text] = sheet.texts;
    const { width, height, code } = readPicture(await drawPicture(sheet, text!));
    expect([width, height, code]).toEqual([1200, 630, text!.url]);
  });

  test("an exercise says so and leads nowhere", async () => {
    const id = await publish(["Granby"], "exercise");
    const practice = (await sheetOf(dana, id, granby))!;
    const [text] = practice.texts;
    expect(text).toMatchObject({ mode: "EXERCISE", url: null });
    const pdf = readPdf(await writeNotice(practice, text!, { code: "MA-1", sentAt: 0 }));
    expect(pdf.lines).toContain("EXERCISE");
    expect(pdf.squares).toEqual([]);
    expect(readPicture(await drawPicture(practice, text!)).code).toBeNull();
  });

  test.each([
    ["canceled", "taken-back", " (taken back)"],
    ["update", "replaced", " (replaced)"],
    ["time", "ended", ""],
  ] as const)("after its end by %s it gives out no number and says so", async (how, ending, word) => {
    const id = await publish(["Granby"]);
    let now = new Date();
    let newer: string | null = null;
    if (how === "time") now = new Date(now.getTime() + 86_400_000);
    else {
      const { incidentId } = await story.client.alert.findUniqueOrThrow({ where: { id } });
      newer = await followUp(
        story,
        dana,
        how === "update" ? { incidentId, purpose: "update" } : { incidentId, purpose: "cancellation" },
      );
      await submit(story, dana, newer);
      const result = await approve(story, luis, newer);
      expect(result).toMatchObject({ ok: true });
    }
    const ended = (await sheetOf(dana, id, granby, now))!;
    expect(ended).toMatchObject({ ending, numbers: [], newerId: newer });
    const [text] = ended.texts;
    expect(text!.ended).toBe(`The alert for Granby has ended${word}`);
    const pdf = readPdf(await writeNotice(ended, text!, { code: "MA-1", sentAt: 0 }));
    expect(pdf.lines.join(" ")).toContain(text!.ended!);
    expect(pdf.lines.join(" ")).not.toContain(NUMBER);
    expect((await sheetOf(dana, id, WHOLE, now))!.rows).toMatchObject([{ numbers: [], ending }]);
  });

  test.each([
    ["Departamento Estatal 911: llame al 413-555-0142 (extensión 5).", true],
    ["Nếu 911 không hoạt động", true],
    ["紧急情况请拨打", false],
    ["في حالة الطوارئ", false],
  ])("%s is printed: %s", (text, prints) => expect(canPrint(text)).toBe(prints));
});
