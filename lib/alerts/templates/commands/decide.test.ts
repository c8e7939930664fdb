import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../../access/actor";
import { verifyRecord } from "../../../evidence/verify";
import { connect } from "../../../platform/db";
import { LOCKED, lockField, writeField } from "../../../wording/fields";
import { readTemplate, type TemplateBody } from "../../../wording/schema";
import { refreshAlert } from "../../commands/refresh";
import { submitAlert } from "../../commands/submit";
import { type AlertContent, readContent } from "../../schema";
import { approve, draftFor, openStory, placesNamed, save, type Story } from "../../story-for-tests";
import { decideTemplate } from "./decide";
import { beginTemplate, saveTemplate, submitTemplate, withdrawTemplate } from "./draft";

let story: Story;
let dana: Actor;
let luis: Actor;
let ruth: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis, ruth] = [await story.actor("dana"), await story.actor("luis"), await story.actor("ruth")];
});
afterAll(() => story.client.$disconnect());

const now = () => new Date();
const OUTAGE = { templateId: "outage-shipped-7" };

/** The words of an outage with another last sentence in the long English text. */
function reworded(body: TemplateBody, change: (long: string) => string): TemplateBody {
  const copy = JSON.parse(JSON.stringify(body)) as TemplateBody;
  const place = copy.frames["en-US"]!.place;
  place.long = change(place.long);
  return copy;
}
const CALM = (long: string) => long.replace("Next update by", "Next news by");

async function begin(by: Actor): Promise<{ id: string; body: TemplateBody }> {
  const { id: templateId } = await story.client.template.findFirstOrThrow({
    where: { key: "outage" },
    orderBy: { version: "desc" },
  });
  const result = await beginTemplate(story.client, by, { templateId }, now());
  if (!result.ok) throw new Error(result.message);
  const row = await story.client.templateDraft.findUniqueOrThrow({
    where: { id: result.value.id },
    include: { basedOn: true },
  });
  // The words it began from, whatever an earlier test left in it.
  return { id: row.id, body: readTemplate(row.basedOn.body) };
}

async function send(by: Actor, id: string, body: TemplateBody) {
  const { version, name } = await story.client.templateDraft.findUniqueOrThrow({ where: { id } });
  const saved = await saveTemplate(story.client, by, { id, version, name, body }, now());
  if (!saved.ok) return saved;
  return submitTemplate(story.client, by, { id, version: saved.value.version }, now());
}

describe("words are changed by one person and approved by another", () => {
  test("from the draft to an alert that is written with them", async () => {
    const { id, body } = await begin(dana);
    expect((await begin(ruth)).id).toBe(id);
    const sent = await send(dana, id, reworded(body, CALM));
    expect(sent).toMatchObject({ ok: true });
    const contentHash = sent.ok && "contentHash" in sent.value ? String(sent.value.contentHash) : "";

    // Until it is approved, alerts are written with the version before.
    const places = await placesNamed(story.client, "Rowe");
    expect((await draftFor(story, dana, places)).content.texts["en-US"]!.place.long).toContain("Next update by");

    for (const [actor, hash, code] of [
      [dana, contentHash, "not-permitted"],
      [luis, "0".repeat(64), "content-changed"],
    ] as const) {
      const refused = await decideTemplate(story.client, actor, { id, decision: "approve", contentHash: hash }, now());
      expect(refused).toMatchObject({ ok: false, code });
    }
    expect(await decideTemplate(story.client, luis, { id, decision: "approve", contentHash }, now())).toEqual({
      ok: true,
      value: { version: 2 },
    });
    const heath = await draftFor(story, dana, await placesNamed(story.client, "Heath"));
    expect(heath.content.texts["en-US"]!.place.long).toContain("Next news by");
    const { templateId } = await story.client.alert.findUniqueOrThrow({ where: { id: heath.id } });
    expect(templateId).toBe("outage-2");

    // The alert that was begun before keeps its words, until its author takes the newer ones.
    const rowe = await story.client.alert.findFirstOrThrow({ where: { templateId: OUTAGE.templateId } });
    const wordsOf = async () => {
      const { content, templateId, version } = await story.client.alert.findUniqueOrThrow({ where: { id: rowe.id } });
      return [templateId, version, readContent(content).texts["en-US"]!.place.long.slice(-34, -21)];
    };
    const refresh = (by: Actor, version: number, newest?: boolean) =>
      refreshAlert(story.client, by, { id: rowe.id, version, newest }, now());
    expect(await refresh(dana, 1)).toMatchObject({ ok: true });
    expect(await wordsOf()).toEqual(["outage-shipped-7", 2, expect.stringContaining("Next update")]);
    expect(await refresh(luis, 2, true)).toMatchObject({ ok: false });
    expect(await refresh(dana, 2, true)).toMatchObject({ ok: true });
    expect(await wordsOf()).toEqual(["outage-2", 3, expect.stringContaining("Next news")]);
    expect((await verifyRecord(story.client, now())).problems).toEqual([]);
  });

  test("words that no sample has are not sent", async () => {
    const { id, body } = await begin(dana);
    const joined = writeField(
      body,
      { kind: "text", language: "en-US", audience: "joined", part: "long", index: 0 },
      "Never seen.",
    );
    const refused = await send(dana, id, joined);
    expect(refused).toMatchObject({ ok: false, code: "invalid" });
    expect(refused.ok ? "" : refused.message).toMatch(/no sample alert has \(text\.en-US\.joined\.long\.0\)/);
  });

  test("nobody approves own words, and the refusal is on record", async () => {
    const { id, body } = await begin(ruth);
    const sent = await send(
      ruth,
      id,
      reworded(body, (long) => long.replace(/Next \w+ by/, "Next word by")),
    );
    const contentHash = sent.ok && "contentHash" in sent.value ? String(sent.value.contentHash) : "";
    expect(await decideTemplate(story.client, ruth, { id, decision: "approve", contentHash }, now())).toMatchObject({
      ok: false,
      code: "contributed",
    });
    expect(await story.client.auditEvent.count({ where: { action: "template.approval-refused", subjectId: id } })).toBe(
      1,
    );
    const returned = await decideTemplate(
      story.client,
      luis,
      { id, decision: "return", contentHash, reason: "Leave it out" },
      now(),
    );
    expect(returned).toEqual({ ok: true, value: { version: null } });
    expect(await withdrawTemplate(story.client, ruth, { id, discard: true }, now())).toMatchObject({ ok: true });
  });

  test.each<[string, (body: TemplateBody) => TemplateBody, RegExp]>([
    ["words that nobody changed", (body) => body, /Nothing in it differs/],
    ["a slot that does not exist", (body) => reworded(body, (long) => `${long} {nowhere}`), /Phones cannot show \{ \}/],
    ["a phrase that does not exist", (body) => reworded(body, (long) => `${long} [[nothing]]`), /no phrase "nothing"/],
    [
      "a number typed in",
      (body) => reworded(body, (long) => long.replace("{sender}:", "{sender}, 413-555-0142:")),
      /gives 2 numbers/,
    ],
    [
      "no way to get help",
      (body) => reworded(body, () => "{sender}: 911 is down in {place}, {state}. Do not call 911 to test it."),
      /neither a number nor a place/,
    ],
    [
      "a text that is too long for a phone",
      (body) => ({ ...reworded(body, (long) => `${long} ${"Stay where you are. ".repeat(12)}`), shorter: {} }),
      /CMAMlongtext has \d+ characters/,
    ],
  ])("%s is not sent", async (_, change, words) => {
    const { id, body } = await begin(dana);
    const refused = await send(dana, id, change(body));
    expect(refused.ok ? "" : refused.message).toMatch(words);
    expect((await story.client.templateDraft.findUniqueOrThrow({ where: { id } })).state).toBe("draft");
    expect(await story.client.template.count({ where: { key: "outage" } })).toBe(2);
  });

  test("fifty approvals at once make one version", async () => {
    const { id, body } = await begin(dana);
    const sent = await send(
      dana,
      id,
      reworded(body, (long) => long.replace(/Next \w+ by/, "News by")),
    );
    const contentHash = sent.ok && "contentHash" in sent.value ? String(sent.value.contentHash) : "";
    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        decideTemplate(story.client, luis, { id, decision: "approve", contentHash }, now()),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await story.client.template.count({ where: { key: "outage" } })).toBe(3);
  });
});

test("a draft does not undo a version that came after it was begun", async () => {
  const { id, body } = await begin(dana);
  const sent = await send(
    dana,
    id,
    reworded(body, (long) => long.replace(/(?:Next \w+|News) by/, "More news by")),
  );
  expect(sent).toMatchObject({ ok: true });
  const contentHash = sent.ok && "contentHash" in sent.value ? String(sent.value.contentHash) : "";
  // A newer Callbox ships its wording meanwhile, as the owner of the tables.
  const owner = connect(story.ownerUrl, { connections: 1 });
  const { version } = await story.client.template.findFirstOrThrow({
    where: { key: "outage" },
    orderBy: { version: "desc" },
  });
  const shipped = { id: "outage-shipped-next", key: "outage", version: version + 1, name: "911 outage" };
  await owner.template.create({
    data: { ...shipped, body, approvedBy: "shipped with Callbox", approvedAt: now() },
  });
  await owner.$disconnect();
  const words = new RegExp(`begin again from version ${version + 1}`);
  const refused = await decideTemplate(story.client, luis, { id, decision: "approve", contentHash }, now());
  expect(refused).toMatchObject({ ok: false, message: expect.stringMatching(words) as string });
  expect(await story.client.template.count({ where: { key: "outage" } })).toBe(version + 1);
  const returned = { id, decision: "return", contentHash, reason: "Begin again, please" } as const;
  expect(await decideTemplate(story.client, luis, returned, now())).toMatchObject({ ok: true });
  // Neither sent once more, nor begun from a version that is not in use.
  expect(await send(dana, id, body)).toMatchObject({ ok: false, message: expect.stringMatching(words) as string });
  expect(await withdrawTemplate(story.client, dana, { id, discard: true }, now())).toMatchObject({ ok: true });
  expect(await beginTemplate(story.client, dana, OUTAGE, now())).toMatchObject({ ok: false, code: "content-changed" });
});

test("what a template locks is kept by every draft made from it, and by none from before", async () => {
  const places = await placesNamed(story.client, "Granby");
  const earlier = await draftFor(story, dana, places);
  const { id, body } = await begin(dana);
  const sent = await send(dana, id, writeField(body, lockField("unanswered"), LOCKED));
  const contentHash = sent.ok && "contentHash" in sent.value ? String(sent.value.contentHash) : "";
  // Which sentences are locked is a change like any other: for a second person, and a version of its own.
  const decision = { id, decision: "approve", contentHash } as const;
  expect(await decideTemplate(story.client, dana, decision, now())).toMatchObject({ ok: false });
  expect(await decideTemplate(story.client, luis, decision, now())).toMatchObject({ ok: true });

  const later = await draftFor(story, dana, places);
  const without = (content: AlertContent) => {
    const next = structuredClone(content);
    const parts = next.texts["es-US"]!.place;
    parts.long = parts.long.replace("Si nadie contesta", "Si nadie responde");
    expect(parts.long).not.toBe(content.texts["es-US"]!.place.long);
    return next;
  };
  const sendAfter = async (alert: string, change: (content: AlertContent) => AlertContent) => {
    expect(await save(story, dana, alert, change)).toMatchObject({ ok: true });
    const { version } = await story.client.alert.findUniqueOrThrow({ where: { id: alert } });
    return submitAlert(story.client, dana, { id: alert, version }, now());
  };
  expect(await sendAfter(earlier.id, without)).toMatchObject({ ok: true });
  expect(await sendAfter(later.id, without)).toMatchObject({
    ok: false,
    code: "blocked-by-findings",
    message: expect.stringContaining("A sentence that the template locks") as string,
  });
  expect(await sendAfter(later.id, () => later.content)).toMatchObject({ ok: true });
  // A draft of the version before is held to it from when its author takes the newer one.
  const { version } = await story.client.alert.findUniqueOrThrow({ where: { id: earlier.id } });
  expect(await refreshAlert(story.client, dana, { id: earlier.id, version, newest: true }, now())).toMatchObject({
    ok: true,
  });
  expect(await sendAfter(earlier.id, without)).toMatchObject({ ok: false, code: "blocked-by-findings" });
  const { problems } = await verifyRecord(story.client, now());
  // The version that came from a newer Callbox above was put there by hand.
  expect(problems.filter((problem) => !problem.includes("outage-shipped-next"))).toEqual([]);
  // Nor does one get past the approver that was changed behind everybody's back.
  const owner = new Client({ connectionString: story.ownerUrl });
  await owner.connect();
  await owner.query(`set session_replication_role = replica`);
  await owner.query(`update "Alert" set content = $1 where id = $2`, [without(later.content), later.id]);
  await owner.end();
  expect(await approve(story, luis, later.id)).toMatchObject({ ok: false, code: "blocked-by-findings" });
});

describe("what the database keeps, whatever the code does", () => {
  let raw: Client;
  beforeAll(async () => {
    raw = new Client({ connectionString: story.appUrl });
    await raw.connect();
  });
  afterAll(() => raw.end());

  const DRAFT = `insert into "TemplateDraft" (id, "templateKey", "basedOnId", name, body, state, version, contributors,
    "createdBy", "createdAt", "updatedById", "updatedBy", "updatedAt")
    values ('raw', 'update', 'update-shipped-7', 'Raw', '{}', 'draft', 1, array['demo-dana'], 'x', now(), 'demo-dana', 'x', now())`;

  test("no version without an approved draft, and no approval by an author", async () => {
    const said = (sql: string) =>
      raw.query(sql).then(
        () => "done",
        (error: Error) => error.message,
      );
    expect(
      await said(`insert into "Template" (id, key, version, name, body, "approvedBy", "approvedAt")
        values ('outage-9', 'outage', 9, 'x', '{}', 'shipped with Callbox', now())`),
    ).toContain("comes from an approved draft");
    expect(await said(DRAFT)).toBe("done");
    const change = (set: string) => said(`update "TemplateDraft" set ${set} where id = 'raw'`);
    expect(await change(`contributors = '{demo-luis}'`)).toContain("stays on its list");
    expect(await change(`name = 'Other', "updatedById" = 'demo-luis'`)).toContain("is one of its authors");
    const APPROVED = `state = 'approved', "decidedBy" = 'x', "decidedAt" = now()`;
    expect(await change(`${APPROVED}, "decidedById" = 'demo-luis'`)).toContain("by a person who did not write it");
    expect(await change(`state = 'submitted', "contentHash" = 'h'`)).toBe("done");
    expect(await change(`${APPROVED}, "decidedById" = 'demo-dana'`)).toContain("by a person who did not write it");
    expect(
      await said(`insert into "Template" (id, key, version, name, body, "approvedBy", "approvedAt", "draftId")
        values ('update-2', 'update', 2, 'x', '{}', 'x', now(), 'raw')`),
    ).toContain("is the draft that was approved");
    expect(await change(`state = 'discarded'`)).toBe("done");
    expect(await change(`state = 'draft'`)).toContain("never changed");
    expect(await said(`delete from "TemplateDraft"`)).toMatch(/permission denied|never deleted/);
  });
});
