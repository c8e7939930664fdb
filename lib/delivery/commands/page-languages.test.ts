import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { changeRole } from "../../people/commands/people";
import { grantByTwo } from "../../people/grants/two-people-for-tests";
import { openStory, placesNamed, type Story } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { connect } from "../../platform/db";
import { loadPageLanguages } from "../../wording/data";
import { loadSiteFacts } from "../channels/public-site/data";
import { placePage } from "../channels/public-site/place-page";
import { correctSentence, recordReview, turnLanguage } from "./page-languages";

/** A language of the public site from off to reviewed and back, as an administrator does it. */

let story: Story;
let sam: Actor;
let granby: string;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  sam = await story.actor("sam");
  [granby = ""] = await placesNamed(story.client, "Granby");
});
afterAll(() => story.client.$disconnect());

const now = () => new Date();
const codesOf = async () =>
  (await loadSiteFacts(story.client, "https://911.example.gov", now())).languages.map(({ code }) => code);
const find = async (code: string) => (await loadPageLanguages(story.client)).find((one) => one.code === code)!;
async function pageIn(code: string): Promise<string> {
  const facts = await loadSiteFacts(story.client, "https://911.example.gov", now());
  const language = facts.languages.find((one) => one.code === code)!;
  return placePage(
    facts,
    facts.places.find(({ id }) => id === granby)!,
    language,
  );
}
const NOTICE = "This translation has not yet been reviewed by a fluent speaker.";

test("only an administrator of the agency at the top decides on languages of the public site", async () => {
  for (const who of ["dana", "luis", "mei"]) {
    const result = await turnLanguage(story.client, await story.actor(who), { code: "vi", isOn: false }, now());
    expect(result, who).toMatchObject({ ok: false, code: "not-permitted" });
  }
  // The same role in a town is not enough.
  const two = [await story.actor("sam"), await story.actor("nora")] as const;
  const role = { kind: "role", personId: "demo-dana", agencyId: "boston", role: "administrator" } as const;
  expect(await grantByTwo(story.client, two, role)).toMatchObject({ ok: true });
  const dana = await story.actor("dana");
  expect(await turnLanguage(story.client, dana, { code: "vi", isOn: false }, now())).toMatchObject({
    ok: false,
    code: "not-permitted",
  });
  expect((await find("vi")).isOn).toBe(true);
  const { kind: _, ...taken } = role;
  expect(await changeRole(story.client, two[0], { ...taken, grant: false }, now())).toMatchObject({ ok: true });
});

test("off is off: no page, no link; on again it carries the notice in both languages", async () => {
  expect(await turnLanguage(story.client, sam, { code: "vi", isOn: false }, now())).toMatchObject({ ok: true });
  expect(await codesOf()).toEqual(["en-US", "es-US", "pt-BR", "zh-Hans", "ht"]);
  expect(await turnLanguage(story.client, sam, { code: "vi", isOn: true }, now())).toMatchObject({ ok: true });
  const page = await pageIn("vi");
  expect(page).toContain(NOTICE);
  expect(page).toContain("Bản dịch này chưa được người thông thạo tiếng Việt duyệt lại.");
  expect(await turnLanguage(story.client, sam, { code: "tlh", isOn: true }, now())).toMatchObject({ ok: false });
  // The console adds work and may not read it.
  const owner = connect(story.ownerUrl);
  const jobs = await owner.$queryRaw<{ key: string }[]>`
    select key from graphile_worker.jobs where task_identifier = 'write-site' and key like '% for vi'`;
  await owner.$disconnect();
  expect(jobs).toHaveLength(1);
});

test("a review takes the notice away, is of the words that were read, and ends with the first change", async () => {
  const { fingerprint } = await find("pt-BR");
  const review = {
    code: "pt-BR",
    words: fingerprint,
    reviewer: "Ana Souza",
    reviewedOn: "2024-06-01",
    what: "Every sentence on the page",
  };
  expect(await recordReview(story.client, sam, { ...review, words: "of other words" }, now())).toMatchObject({
    ok: false,
    code: "wrong-state",
  });
  expect(await recordReview(story.client, sam, { ...review, reviewedOn: "2999-01-01" }, now())).toMatchObject({
    ok: false,
    fields: { reviewedOn: "Give a day that is not in the future." },
  });
  expect(await pageIn("pt-BR")).toContain(NOTICE);
  expect(await recordReview(story.client, sam, review, now())).toMatchObject({ ok: true });
  expect(await pageIn("pt-BR")).not.toContain(NOTICE);
  expect(await pageIn("ht")).toContain(NOTICE);
  expect(await find("pt-BR")).toMatchObject({ review: { reviewer: "Ana Souza", on: "2024-06-01" } });

  const correction = { code: "pt-BR", name: "quiet", sentence: "Numa emergência, ligue para 911" };
  expect(await correctSentence(story.client, sam, { ...correction, sentence: "Ligue" }, now())).toMatchObject({
    ok: false,
    fields: { sentence: "Keep 911 in the sentence." },
  });
  expect(await pageIn("pt-BR")).not.toContain(NOTICE);
  expect(await correctSentence(story.client, sam, correction, now())).toMatchObject({ ok: true });
  const page = await pageIn("pt-BR");
  expect(page).toContain(NOTICE);
  expect(page).toContain("Numa emergência, ligue para 911");
  expect(await find("pt-BR")).toMatchObject({ review: null, isReviewVoid: true });
});

test("all of it is in the record, which verifies", async () => {
  const entries = await story.client.auditEvent.findMany({
    where: { action: { startsWith: "language." } },
    orderBy: { seq: "asc" },
  });
  expect(entries.map(({ summary }) => summary)).toEqual([
    "Turned Vietnamese off for the public site.",
    "Turned Vietnamese on for the public site, not yet reviewed by a fluent speaker.",
    "Recorded that Ana Souza reviewed the Portuguese of the public site on 2024-06-01.",
    "Changed a sentence of Portuguese on the public site; the review by Ana Souza no longer counts.",
  ]);
  expect((await verifyRecord(story.client, now())).problems).toEqual([]);
});
