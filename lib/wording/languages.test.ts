import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { readBundle } from "../alerts/bundle";
import { loadAlert } from "../alerts/data";
import { findProblems } from "../alerts/findings";
import { connect } from "../platform/db";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../alerts/story-for-tests";
import { verifyRecord } from "../evidence/verify";
import { valuesOf } from "../standards/cap/model";
import { readCap } from "../standards/cap/read";
import { listLanguages } from "./data";
import { type LanguageWords, languageWordsSchema, translatePhrase } from "./languages";
import { OUTAGE_TEMPLATE } from "./outage";
import { SHIPPED_LANGUAGES } from "./shipped-languages";
import { AUDIENCES, PARTS, type Texts } from "./texts";

/** Latin letters as their Arabic look-alikes would stand: long, from right to left, outside every alphabet of ours. */
const mirror = (text: string) =>
  text
    .split(/(\{\w+\}|\[\[\w+\]\])/)
    .map((piece, index) =>
      index % 2 === 1
        ? piece
        : piece.replace(/[a-z]/g, (letter) => String.fromCodePoint(0x0627 + letter.codePointAt(0)! - 97)),
    )
    .join("");

const english = SHIPPED_LANGUAGES[0]!;
const THIRD: LanguageWords = {
  ...english,
  code: "ar-US",
  name: "العربية",
  direction: "rtl",
  phones: false,
  and: " و ",
  help: mirror("go to a police station"),
  phrases: { "day and night": mirror("always"), "{place} dispatch center": mirror("center") },
  lexicon: undefined,
};

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

test("every site begins with the shipped languages", async () => {
  expect(await listLanguages(story.client)).toEqual(SHIPPED_LANGUAGES);
});

test("a phrase that is not translated stays as the directory has it", () => {
  const spanish = SHIPPED_LANGUAGES[1]!;
  expect(translatePhrase("day and night", spanish)).toBe("las 24 horas");
  expect(translatePhrase("8 to 16", spanish)).toBe("8 to 16");
  expect(translatePhrase("constructor", spanish)).toBe("constructor");
});

test("what is no pattern is no lexicon", () => {
  const broken = { ...english, lexicon: { ...english.lexicon, hazard: "(" } };
  expect(languageWordsSchema.safeParse(broken).success).toBe(false);
});

describe("a third language, written from right to left", () => {
  test("is rows only: it goes from the template to the published bytes", async () => {
    const owner = new Client(story.ownerUrl);
    await owner.connect();
    await owner.query(`insert into "Language" (code, position, words) values ('ar-US', 3, $1)`, [
      JSON.stringify(THIRD),
    ]);
    await owner.query(
      `insert into "Translation" (subject, "subjectId", field, language, text) values ('agency', 'state-911', 'name', 'ar-US', $1)`,
      [`${mirror("state department")} Massachusetts`],
    );
    await owner.end();
    const first = OUTAGE_TEMPLATE.frames["en-US"]!;
    const third = Object.fromEntries(
      AUDIENCES.map((audience) => [
        audience,
        Object.fromEntries(
          // The short text leaves out what makes it too long in this language.
          PARTS.map((part) => [
            part,
            part === "short" ? "{senderShort}: 911 {placeShort} {number}" : mirror(first[audience][part]),
          ]),
        ),
      ]),
    ) as Texts[string];
    for (const audience of ["noNumber", "county"] as const) third[audience].short = "{senderShort}: 911 {placeShort}";
    third.county.short = "{senderShort}: 911 {inCountyShort}";
    const shipper = connect(story.ownerUrl);
    // As the owner of the database ships one; the console's own role adds none that nobody approved.
    await shipper.template.create({
      data: {
        id: "outage-2",
        key: "outage",
        version: 2,
        name: "911 outage",
        approvedBy: "test",
        approvedAt: new Date(),
        body: {
          ...OUTAGE_TEMPLATE,
          phrases: { ...OUTAGE_TEMPLATE.phrases, "ar-US": OUTAGE_TEMPLATE.phrases["en-US"]! },
          texting: { ...OUTAGE_TEMPLATE.texting, "ar-US": OUTAGE_TEMPLATE.texting["en-US"]! },
          frames: { ...OUTAGE_TEMPLATE.frames, "ar-US": third },
        },
      },
    });
    await shipper.$disconnect();

    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id, content } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Boston"));
    expect(Object.keys(content.texts).sort()).toEqual(["ar-US", "en-US", "es-US"]);
    await submit(story, dana, id);
    const { row, facts } = (await loadAlert(story.client, id))!;
    const bundle = readBundle(row.bundle!);
    const problems = findProblems(bundle, { facts, content, now: Date.now() });
    expect(problems.map(({ rule }) => rule)).toContain("TXT-002");
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });

    // WEA takes English and Spanish only (WEA-009); the texts of the place are kept for everything else.
    const languagesOf = async (audience: string) => {
      const { xml } = await story.client.message.findFirstOrThrow({ where: { alertId: id, audience } });
      return readCap(xml!).alert!.info;
    };
    expect((await languagesOf("phones")).map(({ language }) => language)).toEqual(["en-US", "es-US"]);
    const granby = bundle.messages.find(({ place }) => place === "Granby")!;
    expect(granby.texts[2]!.parts.long).toContain("413-555-0142");
    expect(granby.texts[2]!.parts.description).toContain(mirror("always"));
    const stations = await languagesOf("broadcasters");
    expect(stations.map(({ language }) => language)).toEqual(["en-US", "es-US", "ar-US"]);
    expect(stations[2]!.senderName).toContain(mirror("state department"));
    expect(valuesOf(stations[2]!.parameter, "CMAMlongtext")[0]).toContain(mirror("ext update"));
    // What was published is what was approved; only what this test wrote past the console stands out.
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([
      "The agency state-911 is not what the record says.",
      "The template outage-2 is in no entry of the record.",
    ]);
  });
});
