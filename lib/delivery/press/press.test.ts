import { beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { drawPicture } from "../../../components/press/draw-picture";
import { type Bundle, type BundleMessage, readBundle } from "../../alerts/bundle";
import { approve, draftFor, followUp, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { connect } from "../../platform/db";
import { countCharacters } from "../../wording/text-length";
import { recordReview, turnLanguage } from "../commands/page-languages";
import { NOTICE_IN_ENGLISH } from "../../wording/pages/page-language";
import { PAGE_LANGUAGES } from "../../wording/pages/shipped-pages";
import { SHIPPED_LANGUAGES } from "../../wording/shipped-languages";
import { loadPageLanguages } from "../../wording/data";
import { getPressChoices, getPressSheet } from "./data";
import { writeNotice } from "./notice-pdf";
import { readCode, readPdf, readPicture } from "./paper-for-tests";
import { writeList } from "./list";
import { canPrint, describePlace, type PressFacts } from "./press";
import { type PressSheet, WHOLE } from "./schema";

const URL = "https://911.example.gov";
const NUMBER = "413-555-0142";

let story: Story;
let dana: Actor;
let luis: Actor;
let granby: string;
let published: string;
let sheet: PressSheet;
let bundle: Bundle;

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
  bundle = readBundle((await story.client.alert.findUniqueOrThrow({ where: { id: published } })).bundle ?? "");
});

/** In the languages the alert was approved in. */
const approved = () => sheet.texts.filter(({ translated }) => !translated);

describe("what a published alert offers", () => {
  test("a place has its post, script, number and page in each language", () => {
    expect(sheet).toMatchObject({ place: "Granby", numbers: [NUMBER], ending: null, newerId: null });
    expect(sheet.texts.map(({ language, url, mode }) => [language, url, mode !== null])).toEqual([
      ["en-US", `${URL}/ma/granby`, true],
      ["es-US", `${URL}/es/ma/granby`, true],
      ["pt-BR", `${URL}/pt/ma/granby`, true],
      ["zh-Hans", `${URL}/zh/ma/granby`, true],
      ["ht", `${URL}/ht/ma/granby`, true],
      ["vi", `${URL}/vi/ma/granby`, true],
    ]);
    for (const text of approved()) {
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
    // The county may be a place of the alert as well: no two choices of one list read the same.
    expect(choices.counties.map(({ name }) => name)).toEqual(["Hampshire County, radio and television"]);
    expect(choices.first.rows.map(({ place, numbers }) => [place, numbers.length])).toEqual([
      ["Granby", 1],
      ["Hadley", 1],
    ]);
    expect(choices.first.texts[0]!.headline).toBe("911 is not working in 2 places in Massachusetts");
    const county = await sheetOf(dana, published, choices.counties[0]!.of);
    expect(county).toMatchObject({ kind: "county", numbers: [] });
    expect(county!.texts[0]!.script).toMatch(/^Official notice/);
  });

  test("the list that is copied says what it is, when its numbers are for, until when and who says so", async () => {
    const whole = (await sheetOf(dana, published, WHOLE))!;
    const english = writeList(whole, whole.texts[0]!);
    expect(english).toMatch(/^Demonstration, not a real outage\./);
    expect(english).toContain("911 is not working in 2 places in Massachusetts\nIn an emergency call:\n\nGranby: 413");
    expect(english).toMatch(/Valid until .+\.\nMassachusetts/);
  });

  test("whatever can be copied of an exercise says that it is one, in every language", async () => {
    const id = await publish(["Granby", "Hadley"], "exercise");
    const choices = (await getPressChoices(story.client, dana, { alertId: id, url: URL }, new Date()))!;
    for (const of of [WHOLE, ...[...choices.places, ...choices.counties].map((choice) => choice.of)]) {
      const one = (await sheetOf(dana, id, of))!;
      for (const text of one.texts) {
        const copied = [text.post, text.script, ...(one.kind === "whole" ? [writeList(one, text)] : [])];
        for (const words of copied.filter(Boolean))
          expect(words, `${of} ${text.language}`).toMatch(/EXERCISE|EJERCICIO/);
        expect(text.mode, `${of} ${text.language}`).toMatch(/EXERCISE|EJERCICIO/);
      }
    }
    for (const { xml } of await story.client.message.findMany({ where: { alertId: id } })) {
      expect(Buffer.from(xml!).toString("utf8")).toContain("<status>Exercise</status>");
    }
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
    for (const text of approved()) {
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
    ["Departamento Estatal 911: llame al 413-555-0142 (extensión 5).", "es-US", true],
    ["Nếu 911 không hoạt động", "vi", true],
    ["紧急情况请拨打 911", "zh-Hans", true],
    // Its font has the signs of another Chinese, in the shapes of this one.
    ["緊急情況請撥打", "zh-Hant", false],
    ["紧急情况请拨打", "en-US", false],
    ["في حالة الطوارئ", "ar", false],
  ])("%s in %s is printed: %s", (text, language, prints) => expect(canPrint(text, language)).toBe(prints));
});

describe("languages of the public pages that no alert is written in", () => {
  const NOTICES = {
    "pt-BR": "Esta tradução ainda não foi revisada",
    "zh-Hans": "尚未",
    ht: "",
    vi: "Bản dịch này chưa được",
  };
  const plain = (words: string) => words.replace(/\s/g, "").normalize("NFC");
  const inPages = (of: PressSheet) => of.texts.filter(({ translated }) => translated);

  test("each has a post with the number, the time and that nobody fluent reviewed it, as long as a post may be", () => {
    for (const text of inPages(sheet)) {
      expect(text.post, text.language).toContain(NUMBER);
      expect(text.post).toContain("Granby");
      expect(text.notice).toContain(NOTICES[text.language as keyof typeof NOTICES]);
      expect(text.post).toContain(text.notice!);
      expect(text.post).not.toMatch(/[{}]/);
      expect(text.body).not.toMatch(/[{}]/);
      expect(countCharacters("social", `${text.post} ${text.url}`), text.post).toBeLessThanOrEqual(280);
      expect(text.script).toBe("");
    }
  });

  test("each has a notice with the number and every letter, and a picture with the code", async () => {
    for (const text of inPages(sheet)) {
      expect(text.prints, text.language).toBe(true);
      const pdf = readPdf(await writeNotice(sheet, text, { code: "MA-1", sentAt: 0 }));
      expect(pdf.pages, text.language).toBe(1);
      expect(pdf.lines).toContain(NUMBER);
      const read = plain(pdf.lines.join(""));
      for (const words of [text.headline, text.validUntil, text.notice!, ...text.body.split("\n\n")])
        expect(read, words).toContain(plain(words));
      expect(read).toContain(plain(NOTICE_IN_ENGLISH));
      expect(readCode(pdf.squares)).toBe(text.url);
      expect(readPicture(await drawPicture(sheet, text)).code).toBe(text.url);
    }
  });

  test("the list of all places is in them as well", async () => {
    const whole = (await sheetOf(dana, published, WHOLE))!;
    expect(inPages(whole).map(({ language }) => language)).toEqual(["pt-BR", "zh-Hans", "ht", "vi"]);
    const chinese = whole.texts.find(({ language }) => language === "zh-Hans")!;
    const pdf = readPdf(await writeNotice(whole, chinese, { code: "MA-1", sentAt: 0 }));
    expect(pdf.lines).toContain("Hadley");
    // Its letters are higher than Latin ones, and the foot of the page has room for no more lines.
    expect(pdf.pages).toBe(1);
    expect(Object.keys(whole.rows[0]!.instead)).toEqual(whole.texts.map(({ language }) => language));
  });

  test("once a review is recorded nothing says that there was none; once off, there is nothing", async () => {
    const sam = await story.actor("sam");
    const { fingerprint } = (await loadPageLanguages(story.client)).find(({ code }) => code === "vi")!;
    const review = {
      code: "vi",
      words: fingerprint,
      reviewer: "Lan Pham",
      reviewedOn: "2026-11-02",
      what: "Every sentence of the pages",
    };
    expect(await recordReview(story.client, sam, review, new Date())).toMatchObject({ ok: true });
    const text = (await sheetOf(dana, published, granby))!.texts.find(({ language }) => language === "vi")!;
    expect(text.notice).toBeNull();
    expect(text.post).not.toContain(NOTICES.vi);
    const pdf = readPdf(await writeNotice(sheet, text, { code: "MA-1", sentAt: 0 }));
    expect(pdf.lines.join("").replace(/\s/g, "")).not.toContain("fluentspeaker");
    expect(await turnLanguage(story.client, sam, { code: "vi", isOn: false }, new Date())).toMatchObject({ ok: true });
    expect((await sheetOf(dana, published, granby))!.texts.map(({ language }) => language)).not.toContain("vi");
  });

  test("a place without a number is told where to go, and one where 911 works again that it does", () => {
    const pages = PAGE_LANGUAGES.map((language) => ({ ...language, isReviewed: true }));
    const message = (change: Partial<BundleMessage>): BundleMessage => ({ ...granbyMessage(), ...change });
    const facts = (): PressFacts => ({
      bundle: { ...bundle, status: "Actual", messages: [] },
      sentAt: 0,
      endsAt: 3_600_000,
      failure: "partial",
      languages: [...SHIPPED_LANGUAGES],
      pages,
      urlOf: null,
    });
    const granbyMessage = () => bundle.messages.find(({ audience }) => audience === "phones")!;
    const tell = (change: Partial<BundleMessage>, name = "Granby") =>
      describePlace(facts(), {
        of: granby,
        kind: "place",
        id: granby,
        name,
        state: "Massachusetts",
        path: "",
        message: message(change),
        ending: null,
        newerId: null,
      }).texts.filter(({ translated }) => translated);
    for (const [index, text] of tell({ numbers: [] }).entries()) {
      const { site } = PAGE_LANGUAGES[index]!.words;
      expect(text.post).toContain(site.callFirst);
      expect(text.post).toContain(site.noneToKeep);
      expect([text.call, text.notice]).toEqual([null, null]);
      expect(`${text.post} ${text.body}`).toContain(site.notTestAlone);
      expect(`${text.post} ${text.body}`).not.toContain(site.notTest);
    }
    // Nobody reviewed them and the name is long: the post says it in fewer words, and where to go.
    pages.forEach((page) => (page.isReviewed = false));
    for (const numbers of [[], granbyMessage().numbers])
      for (const [index, text] of tell({ numbers }, "Village of Grosse Pointe Shores, a Michigan City").entries()) {
        expect(countCharacters("social", text.post), text.post).toBeLessThanOrEqual(280);
        expect(text.post).toContain(PAGE_LANGUAGES[index]!.words.notice);
        expect(text.post).toContain("911");
        expect(text.post).toContain("Grosse Pointe Shores");
      }
    pages.forEach((page) => (page.isReviewed = true));
    for (const [index, text] of tell({ tells: "all-clear", numbers: [] }).entries()) {
      const { site } = PAGE_LANGUAGES[index]!.words;
      expect(text.headline).toBe(site.restored.replace("{place}", "Granby"));
      expect(text.post).toContain(site.quiet);
      expect(text.post).not.toContain(site.noneToKeep);
      expect(text.post).not.toContain(site.notTest);
    }
  });

  test("an exercise, which has no public pages, is told in the languages it was approved in", async () => {
    const practice = (await sheetOf(dana, await publish(["Granby"], "exercise"), granby))!;
    expect(inPages(practice)).toEqual([]);
  });
});
