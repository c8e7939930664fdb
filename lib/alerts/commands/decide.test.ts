import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { reportStatus } from "../../directory/commands/report-status";
import { recordTestCall } from "../../directory/commands/test-call";
import { declareIncident } from "../../incidents/commands/declare";
import { verifyRecord } from "../../evidence/verify";
import { decideAlert } from "./decide";
import { discardAlert } from "./discard";
import { prepareAlert } from "./prepare";
import { beginFollowUp } from "./follow-up";
import { saveAlert } from "./save";
import { submitAlert } from "./submit";
import { getAlertForEdit, getAlertForReview, parseBundle } from "../data";
import { readContent } from "../schema";
import { parseCapTime } from "../../standards/cap/time";
import {
  approval,
  approve,
  draftFor,
  followUp,
  openStory,
  placesNamed,
  save,
  type Story,
  submit,
} from "../story-for-tests";

/** More of them in the nightly run. */
const RACES = Number(process.env.CALLBOX_RACE_RUNS ?? 12);

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

const towns = () => placesNamed(story.client, "Granby", "Amherst", "Boston");
const shortened = (text: string) => (content: Parameters<typeof saveAlert>[2]["content"]) => {
  const texts = structuredClone(content.texts);
  texts["en-US"]!.place.short = text;
  return { ...content, texts };
};
const SHORT = "{senderShort}: 911 is down in {placeShort}. Emergency? Call {number}. Don't test it.";

describe("the journey in the database", () => {
  test("from an outage to published bytes, a cancellation, and a record that verifies", async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id, incidentId } = await draftFor(story, dana, await towns());
    const hash = await submit(story, dana, id);
    const result = await approve(story, luis, id);
    expect(result).toEqual({ ok: true, value: { state: "published", messages: 5 } });

    const alert = await story.client.alert.findUniqueOrThrow({
      where: { id },
      include: { messages: { include: { publications: true } }, decisions: true },
    });
    expect(alert.contentHash).toBe(hash);
    expect(alert.decisions.map(({ contentHash, decision }) => [contentHash, decision])).toEqual([[hash, "approve"]]);
    for (const message of alert.messages) {
      expect(message.publications).toHaveLength(1);
      expect(message.publications[0]).toMatchObject({
        channel: "cap-export",
        sha256: message.sha256,
        publishedBy: "Luis Ferreira",
      });
    }

    const cancelId = await followUp(story, dana, { incidentId, purpose: "cancellation" });
    await submit(story, dana, cancelId);
    expect((await approve(story, luis, cancelId)).ok).toBe(true);
    const all = await story.client.message.findMany({ where: { alertId: cancelId } });
    const [canceled, texts] = [
      all.filter(({ msgType }) => msgType === "Cancel"),
      all.filter(({ msgType }) => msgType === "Alert"),
    ];
    // Phones show no text for a Cancel, so each place gets one beside it.
    expect(texts.map(({ audience }) => audience)).toEqual(["phones", "phones", "phones"]);
    for (const { xml } of texts) expect(Buffer.from(xml!).toString()).not.toContain("<references>");
    for (const message of canceled) {
      const original = alert.messages.find(
        ({ placeId, audience }) => placeId === message.placeId && audience === message.audience,
      )!;
      const xml = Buffer.from(message.xml!).toString();
      expect(xml).toContain("<msgType>Cancel</msgType>");
      expect(xml).toContain(
        `<references>state911@callbox.example,${original.identifier},${original.sent}</references>`,
      );
      expect(parseCapTime(message.sent!)).toBeGreaterThanOrEqual(parseCapTime(original.sent!)!);
    }
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).state).toBe("canceled");

    const verified = await verifyRecord(story.client, new Date());
    expect(verified.problems).toEqual([]);
    const actions = await story.client.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(actions.map(({ action }) => action)).toEqual([
      "alert.prepared",
      "alert.submitted",
      "alert.approved",
      "alert.published",
      "alert.canceled",
    ]);
  });

  test("places without a usable number are named, and block until someone decides", async () => {
    const dana = await story.actor("dana");
    const { id, content } = await draftFor(story, dana, await placesNamed(story.client, "Ware", "Gosnold", "Granby"));
    const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
    const refused = await submitAlert(story.client, dana, { id, version: row.version }, new Date());
    expect(refused).toMatchObject({ ok: false, code: "blocked-by-findings" });
    expect(!refused.ok && refused.message).toContain("Ware");
    const [ware] = await placesNamed(story.client, "Ware");
    const saved = await save(story, dana, id, () => ({
      ...content,
      numbers: { [ware!]: { choice: "no-number" as const, reason: "Nobody could be reached there today." } },
    }));
    expect(saved.ok).toBe(true);
    await submit(story, dana, id);
  });
});

describe("two people", () => {
  test("the submitter and an earlier contributor are refused, and the refusal is on record", async () => {
    const [dana, ruth] = [await story.actor("dana"), await story.actor("ruth")];
    const { id } = await draftFor(story, dana, await towns());
    await save(story, ruth, id, shortened(SHORT));
    await submit(story, dana, id);
    expect(await approve(story, ruth, id)).toMatchObject({ ok: false, code: "contributed" });
    expect(await approve(story, dana, id)).toMatchObject({ ok: false, code: "not-permitted" });
    const refusals = await story.client.auditEvent.findMany({
      where: { subjectId: id, action: "alert.approval-refused" },
      orderBy: { seq: "asc" },
    });
    expect(refusals.map(({ actor }) => actor)).toEqual(["Ruth Adeyemi", "Dana Whitcomb"]);
    expect(await story.client.decision.count({ where: { alertId: id } })).toBe(0);
  });

  test("who submits own work as the only step is a contributor too", async () => {
    const ruth = await story.actor("ruth");
    const { id } = await draftFor(story, ruth, await towns());
    await submit(story, ruth, id);
    expect(await approve(story, ruth, id)).toMatchObject({ ok: false, code: "contributed" });
  });

  test.each([
    ["a wrong password", { password: "not it" }, "wrong-password"],
    ["no password", { password: undefined }, "wrong-password"],
    ["a missing confirmation", { confirmations: [] }, "incomplete"],
    ["another fingerprint", { contentHash: "a".repeat(64) }, "content-changed"],
  ])("%s publishes nothing", async (_, change, code) => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await towns());
    await submit(story, dana, id);
    const decision = { ...(await approval(story, id)), ...change };
    expect(await decideAlert(story.client, luis, decision, new Date())).toMatchObject({ ok: false, code });
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).state).toBe("submitted");
  });

  test("a return keeps the draft and its reason; a rejection ends it", async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await towns());
    await submit(story, dana, id);
    const base = { ...(await approval(story, id)), password: undefined };
    const returned = await decideAlert(
      story.client,
      luis,
      { ...base, decision: "return", reason: "Boston's number is old." },
      new Date(),
    );
    expect(returned).toMatchObject({ ok: true, value: { state: "draft" } });
    await submit(story, dana, id);
    const again = await approval(story, id);
    await decideAlert(story.client, luis, { ...again, decision: "reject", reason: "Not needed." }, new Date());
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).state).toBe("rejected");
    expect(await save(story, dana, id, shortened(SHORT))).toMatchObject({ ok: false, code: "wrong-state" });
    expect(await discardAlert(story.client, dana, { id }, new Date())).toMatchObject({
      ok: false,
      code: "wrong-state",
    });
  });
});

describe("what is approved is what was read", () => {
  test("an edit after submission voids the review", async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await towns());
    await submit(story, dana, id);
    const before = await approval(story, id);
    expect((await save(story, dana, id, shortened(SHORT))).ok).toBe(true);
    expect(await decideAlert(story.client, luis, before, new Date())).toMatchObject({ ok: false, code: "wrong-state" });
    await submit(story, dana, id);
    expect(await decideAlert(story.client, luis, before, new Date())).toMatchObject({
      ok: false,
      code: "content-changed",
    });
    expect(await story.client.auditEvent.count({ where: { subjectId: id, action: "alert.review-voided" } })).toBe(1);
  });

  test("a number that failed after submission is not published", async () => {
    const [dana, luis, karen] = [await story.actor("dana"), await story.actor("luis"), await story.actor("karen")];
    const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
    await submit(story, dana, id);
    const number = await story.client.directNumber.findUniqueOrThrow({ where: { id: "demo-2501526535-1" } });
    for (const answeredBy of ["nobody", "nobody again"]) {
      await recordTestCall(
        story.client,
        karen,
        { numberId: number.id, result: "out-of-service", answeredBy },
        new Date(),
      );
    }
    const result = await approve(story, luis, id);
    expect(result).toMatchObject({ ok: false });
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).state).toBe("submitted");
    await recordTestCall(
      story.client,
      karen,
      { numberId: number.id, result: "right-desk", answeredBy: "dispatcher" },
      new Date(),
    );
    expect((await approve(story, luis, id)).ok).toBe(true);
  });

  test("what changed under an alert that waits is on its pages before anyone confirms it, as approval says it", async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await placesNamed(story.client, "Amherst", "Heath"));
    await submit(story, dana, id);
    (globalThis as { callboxDb?: unknown }).callboxDb = story.client;
    const sinceSent = async () => [
      (await getAlertForReview(luis, id))?.sinceSent,
      (await getAlertForEdit(dana, id))?.sinceSent,
    ];
    expect(await sinceSent()).toEqual([null, null]);
    const { bundle } = await story.client.alert.findUniqueOrThrow({ where: { id } });
    const heath = parseBundle(bundle)!.messages.find(({ place }) => place === "Heath")!;
    const [number] = heath.numbers;
    const overloaded = { id: number!.id, status: "overloaded" as const };
    expect(await reportStatus(story.client, dana, overloaded, new Date())).toMatchObject({ ok: true });
    const [review, edit] = await sinceSent();
    expect(review).toMatchObject({ code: "content-changed", changes: [{ places: ["Heath"] }] });
    expect(edit).toEqual(review);
    const refused = await approve(story, luis, id);
    expect(refused).toMatchObject({ ok: false, code: "content-changed" });
    expect(!refused.ok && refused.message).toContain(`Heath: ${review!.changes[0]!.what}`);
  });

  test(`${RACES} races of an edit against an approval: what is published was approved, and was shown`, async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const outcomes = { published: 0, edited: 0 };
    let delay = 40;
    for (let round = 0; round < RACES; round += 1) {
      const { id } = await draftFor(story, dana, await placesNamed(story.client, "Amherst"));
      await submit(story, dana, id);
      const shown = await approval(story, id);
      // The edit starts later after it won and earlier after it lost, so that each side wins some rounds on any machine.
      const start = delay;
      const late = new Promise((resolve) => setTimeout(resolve, start));
      const [edit, decision] = await Promise.all([
        late.then(() => save(story, dana, id, shortened(SHORT))),
        decideAlert(story.client, luis, shown, new Date()),
      ]);
      expect(edit.ok !== decision.ok).toBe(true);
      const alert = await story.client.alert.findUniqueOrThrow({ where: { id }, include: { messages: true } });
      if (decision.ok) {
        outcomes.published += 1;
        delay *= 0.7;
        expect([alert.state, alert.contentHash]).toEqual(["published", shown.contentHash]);
        for (const { xml } of alert.messages) expect(Buffer.from(xml!).toString()).not.toContain("Don't test it");
      } else {
        outcomes.edited += 1;
        delay = delay * 1.4 + 10;
        expect([alert.state, alert.contentHash]).toEqual(["draft", null]);
        for (const { xml } of alert.messages) expect(xml).toBeNull();
      }
    }
    expect(outcomes.published + outcomes.edited).toBe(RACES);
    expect(Math.min(outcomes.published, outcomes.edited), JSON.stringify(outcomes)).toBeGreaterThan(RACES / 20);
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  });

  test("fifty approvals at once: one publication, and the others are told", async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await towns());
    await submit(story, dana, id);
    const decision = await approval(story, id);
    const results = await Promise.all(
      Array.from({ length: 50 }, () => decideAlert(story.client, luis, decision, new Date())),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results) if (!result.ok) expect(["wrong-state", "throttled"]).toContain(result.code);
    expect(await story.client.publication.count({ where: { message: { alertId: id } } })).toBe(5);
    expect(await story.client.decision.count({ where: { alertId: id } })).toBe(1);
  });
});

describe("who may, and where", () => {
  test("a drafter of Granby may not draft for Boston, not even by a forged id", async () => {
    const gil = await story.actor("gil");
    const result = await declareIncident(
      story.client,
      gil,
      {
        mode: "live",
        failure: "full",
        textTo911: "fails",
        beganAt: new Date().toISOString(),
        evidence: "By phone",
        placeIds: await placesNamed(story.client, "Boston"),
      },
      new Date(),
    );
    expect(result).toMatchObject({ ok: false, code: "outside-jurisdiction" });
    expect(!result.ok && result.message).toContain("Boston");
  });

  test("an alert of the state does not exist for Granby, by any act", async () => {
    const [dana, gil] = [await story.actor("dana"), await story.actor("gil")];
    const { id, incidentId, content } = await draftFor(story, dana, await towns());
    const now = new Date();
    const attempts = [
      await saveAlert(story.client, gil, { id, version: 1, title: "Mine now", content }, now),
      await submitAlert(story.client, gil, { id, version: 1 }, now),
      await discardAlert(story.client, gil, { id }, now),
      await beginFollowUp(story.client, gil, { incidentId, purpose: "update" }, now),
      await prepareAlert(story.client, gil, { incidentId }, now),
      await decideAlert(story.client, gil, await approval(story, id), now),
    ];
    for (const attempt of attempts) expect(attempt).toMatchObject({ ok: false, code: "not-found" });
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).version).toBe(1);
  });

  test("an approver of the state may approve for Granby", async () => {
    const [gil, luis] = [await story.actor("gil"), await story.actor("luis")];
    const { id } = await draftFor(story, gil, await placesNamed(story.client, "Granby"));
    await submit(story, gil, id);
    expect((await approve(story, luis, id)).ok).toBe(true);
  });

  test("a save cannot move an alert to other places or give a foreign number", async () => {
    const dana = await story.actor("dana");
    const { id, content } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
    const [boston] = await placesNamed(story.client, "Boston");
    const [granby] = content.placeIds;
    expect(await save(story, dana, id, () => ({ ...content, placeIds: [boston!] }))).toMatchObject({
      ok: false,
      code: "places-fixed",
    });
    const foreign = await story.client.directNumber.findFirstOrThrow({ where: { placeId: boston! } });
    const choice = { choice: "override" as const, numberId: foreign.id, reason: "It seemed a good idea." };
    expect(await save(story, dana, id, () => ({ ...content, numbers: { [granby!]: choice } }))).toMatchObject({
      ok: false,
      code: "foreign-number",
    });
  });

  test("two editors: the later one gets the earlier text, and both stay in the history", async () => {
    const [dana, ruth] = [await story.actor("dana"), await story.actor("ruth")];
    const { id, content } = await draftFor(story, dana, await towns());
    const first = await saveAlert(
      story.client,
      ruth,
      { id, version: 1, title: "By Ruth", content: shortened(SHORT)(content) },
      new Date(),
    );
    const second = await saveAlert(story.client, dana, { id, version: 1, title: "By Dana", content }, new Date());
    expect(first).toMatchObject({ ok: true, value: { version: 2 } });
    expect(second).toMatchObject({ ok: true, value: { collision: { by: "Ruth Adeyemi", title: "By Ruth" } } });
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).title).toBe("By Ruth");
    // As the composer does for "Keep theirs": mine on top of theirs, then theirs again.
    const theirs = second.ok ? second.value.collision! : null;
    const [title, kept] = [theirs!.title, theirs!.content];
    await saveAlert(story.client, dana, { id, version: 2, title: "By Dana", content }, new Date());
    await saveAlert(story.client, dana, { id, version: 3, title, content: kept }, new Date());
    const history = await story.client.revision.findMany({ where: { alertId: id }, orderBy: { version: "asc" } });
    expect(history.slice(2).map((one) => readContent(one.content))).toEqual([content, kept]);
    // What waits for approval says so, since a save would take it back.
    expect(theirs!.submitted).toBe(false);
    await submit(story, dana, id);
    expect(await saveAlert(story.client, ruth, { id, version: 1, title: "Late", content }, new Date())).toMatchObject({
      ok: true,
      value: { collision: { submitted: true } },
    });
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).state).toBe("submitted");
  });
});

describe("an exercise", () => {
  test("is marked Exercise in every message and is confirmed by a typed word", async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await towns(), { mode: "exercise" });
    await submit(story, dana, id);
    const decision = { ...(await approval(story, id)), phrase: "exercise" };
    expect(await decideAlert(story.client, luis, decision, new Date())).toMatchObject({ ok: false, code: "phrase" });
    expect((await approve(story, luis, id)).ok).toBe(true);
    const messages = await story.client.message.findMany({ where: { alertId: id } });
    for (const { xml } of messages) {
      const text = Buffer.from(xml!).toString();
      expect(text).toContain("<status>Exercise</status>");
      expect(text).toMatch(/<note>Exercise: .*Not a real outage/);
    }
  });
});
