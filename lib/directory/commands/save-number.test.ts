import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { draftFor, openStory, type Story } from "../../alerts/story-for-tests";
import { loadAlert } from "../../alerts/data";
import { choosePlaces } from "../../alerts/plan";
import { findProblems } from "../../alerts/findings";
import { buildBundle } from "../../alerts/content";
import type { Actor } from "../../access/actor";
import { verifyRecord } from "../../evidence/verify";
import { loadConflicts } from "../data";
import { recordTestCall } from "./test-call";
import { reportStatus } from "./report-status";
import { retireNumber } from "./retire-number";
import { retireHelpOption, saveHelpOption } from "./help-option";
import { saveNumber } from "./save-number";
import { setAgencyRule, setVerificationDays } from "./agency-rules";
import { settleConflict } from "./settle-conflict";
import type { RecordTestCall } from "../schema";

let story: Story;
let karen: Actor;
let tess: Actor;
let sam: Actor;
let mei: Actor;
let gil: Actor;
const GRANBY = "2501526535";
const BOSTON = "2502507000";
const now = () => new Date();

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [karen, tess, sam, mei, gil] = (await Promise.all(
    ["karen", "tess", "sam", "mei", "gil"].map((key) => story.actor(key)),
  )) as [Actor, Actor, Actor, Actor, Actor];
});
afterAll(() => story.client.$disconnect());

const form = (change: object = {}) => ({
  placeId: GRANBY,
  phone: "413-555-0147",
  service: "police" as const,
  desk: "Granby police desk",
  hours: "day and night",
  lines: 2,
  languages: ["en"],
  takesTexts: false,
  sharedWith911: false,
  preference: 2,
  ...change,
});
const numberOf = (id: string) => story.client.directNumber.findUniqueOrThrow({ where: { id } });
const good = (numberId: string, change: Partial<RecordTestCall> = {}): RecordTestCall => ({
  numberId,
  result: "right-desk",
  answeredBy: "dispatcher",
  ...change,
});

describe("a number", () => {
  test("is added unverified, verified by a call, changed in place, and replaced with its history kept", async () => {
    const added = await saveNumber(story.client, karen, form(), now());
    expect(added).toMatchObject({ ok: true, value: { unverified: true } });
    const { id } = (added as { value: { id: string } }).value;
    expect(await numberOf(id)).toMatchObject({ verifiedUntil: null, ownerId: "granby", e164: "+14135550147" });
    expect(await recordTestCall(story.client, karen, good(id), now())).toEqual({ ok: true, value: { validDays: 90 } });
    const verified = await numberOf(id);
    expect(verified.verifiedUntil!.getTime() - verified.lastCalledAt!.getTime()).toBe(90 * 86_400_000);

    const changed = await saveNumber(story.client, karen, { ...form({ id, version: 1, desk: "Other desk" }) }, now());
    expect(changed).toMatchObject({ ok: true, value: { id, unverified: false } });
    expect(await numberOf(id)).toMatchObject({ desk: "Other desk", verifiedUntil: verified.verifiedUntil, version: 2 });

    const stale = await saveNumber(story.client, karen, { ...form({ id, version: 1 }) }, now());
    expect(stale).toMatchObject({ ok: false, code: "stale" });

    const other = await saveNumber(story.client, karen, form({ id, version: 2, phone: "413-555-0148" }), now());
    expect(other).toMatchObject({ ok: true, value: { unverified: true } });
    const successor = await numberOf((other as { value: { id: string } }).value.id);
    expect(successor).toMatchObject({ replacesId: id, verifiedUntil: null, e164: "+14135550148" });
    expect(await numberOf(id)).toMatchObject({ retiredBy: "Karen Boucher", retiredWhy: "Replaced by 413-555-0148." });
    expect(await story.client.testCall.count({ where: { numberId: id } })).toBe(1);
    const changes = await story.client.numberChange.findMany({ where: { numberId: id }, orderBy: { at: "asc" } });
    expect(changes.map(({ action }) => action)).toEqual(["added", "changed", "retired"]);
    expect(changes[1]).toMatchObject({
      before: { desk: "Granby police desk" },
      after: { desk: "Other desk" },
      by: "Karen Boucher",
    });
    expect(
      await retireNumber(story.client, karen, { id: successor.id, reason: "No longer staffed." }, now()),
    ).toMatchObject({ ok: true });
  });

  test("that is given another service is verified anew, and its history stays with the old one", async () => {
    const added = await saveNumber(
      story.client,
      karen,
      form({ phone: "413-555-0149", service: "non-emergency" }),
      now(),
    );
    const { id } = (added as { value: { id: string } }).value;
    await recordTestCall(story.client, karen, good(id), now());
    const again = form({ id, version: 1, phone: "413-555-0149", service: "dispatch" });
    const changed = await saveNumber(story.client, karen, again, now());
    expect(changed).toMatchObject({ ok: true, value: { unverified: true } });
    const successor = await numberOf((changed as { value: { id: string } }).value.id);
    expect(successor).toMatchObject({ replacesId: id, verifiedUntil: null, service: "dispatch", e164: "+14135550149" });
    expect(await numberOf(id)).toMatchObject({ retiredWhy: "Entered anew for dispatch." });
    await retireNumber(story.client, karen, { id: successor.id, reason: "No longer staffed." }, now());
  });

  test.each([
    ["another agency's place", form({ placeId: BOSTON, phone: "617-555-0171" }), "not-permitted"],
    ["a place that is not there", form({ placeId: "nowhere" }), "gone"],
    ["911", form({ phone: "911" }), "invalid"],
    ["a real number in a demonstration", form({ phone: "413-467-9222" }), "invalid"],
    ["the same number again", form({ phone: "413-555-0142", service: "dispatch" }), "twice"],
    ["a number that is not there", form({ id: "nothing", version: 1 }), "gone"],
    ["a number of another place", form({ id: `demo-${BOSTON}-1`, version: 1 }), "gone"],
  ])("%s is refused and nothing is written", async (_, input, code) => {
    const before = await story.client.numberChange.count();
    expect(await saveNumber(story.client, karen, input, now())).toMatchObject({ ok: false, code });
    expect(await story.client.numberChange.count()).toBe(before);
  });

  test("an auditor changes nothing, a drafter calls and reports but does not edit", async () => {
    const id = `demo-${GRANBY}-1`;
    expect(await saveNumber(story.client, mei, form(), now())).toMatchObject({ code: "not-permitted" });
    expect(await recordTestCall(story.client, mei, good(id), now())).toMatchObject({ code: "not-permitted" });
    expect(await reportStatus(story.client, mei, { id, status: "down" }, now())).toMatchObject({
      code: "not-permitted",
    });
    expect(await saveNumber(story.client, gil, form(), now())).toMatchObject({ code: "not-permitted" });
    expect(await recordTestCall(story.client, gil, good(id), now())).toMatchObject({ ok: true });
    expect(await reportStatus(story.client, gil, { id: `demo-${BOSTON}-1`, status: "down" }, now())).toMatchObject({
      code: "not-permitted",
    });
  });
});

describe("test calls", () => {
  test("two failures in a row take a number out of use, a good one brings it back", async () => {
    const id = `demo-${BOSTON}-1`;
    const fail = (minutes: number) =>
      recordTestCall(
        story.client,
        tess,
        { numberId: id, result: "no-answer", answeredBy: "nobody" },
        new Date(Date.now() + minutes * 60_000),
      );
    await fail(0);
    expect(await numberOf(id)).toMatchObject({ failures: 1 });
    await fail(1);
    expect(await numberOf(id)).toMatchObject({ failures: 2 });
    await recordTestCall(story.client, tess, good(id), new Date(Date.now() + 2 * 60_000));
    expect(await numberOf(id)).toMatchObject({ failures: 0 });
  });

  test("one that was kept on a phone is kept once, with its own time, and not from another age", async () => {
    const calledAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
    const call = good(`demo-${GRANBY}-1`, {
      calledAt,
      clientKey: crypto.randomUUID(),
      lines: 3,
      note: "From the corridor",
    });
    expect(await recordTestCall(story.client, karen, call, now())).toMatchObject({ ok: true });
    expect(await recordTestCall(story.client, karen, call, now())).toMatchObject({ ok: true });
    const rows = await story.client.testCall.findMany({ where: { clientKey: call.clientKey! } });
    expect(rows).toMatchObject([{ lines: 3, note: "From the corridor", calledAt: new Date(calledAt) }]);
    for (const days of [-1, 15]) {
      const at = new Date(Date.now() - days * 86_400_000).toISOString();
      expect(await recordTestCall(story.client, karen, { ...call, calledAt: at }, now())).toMatchObject({
        code: "invalid",
      });
    }
  });

  test("an agency's own length holds for calls from then on; what was kept verified before stays", async () => {
    const id = `demo-${GRANBY}-1`;
    const before = await numberOf(id);
    expect(await setVerificationDays(story.client, karen, { agencyId: "granby", days: 30 }, now())).toMatchObject({
      code: "not-permitted",
    });
    expect(await setVerificationDays(story.client, sam, { agencyId: "granby", days: 30 }, now())).toMatchObject({
      ok: true,
    });
    expect((await numberOf(id)).verifiedUntil).toEqual(before.verifiedUntil);
    expect(await recordTestCall(story.client, karen, good(id), now())).toEqual({ ok: true, value: { validDays: 30 } });
    const after = await numberOf(id);
    expect(after.verifiedUntil!.getTime() - after.lastCalledAt!.getTime()).toBe(30 * 86_400_000);
  });
});

test("a line that is reported down acts on open drafts at once", async () => {
  const dana = await story.actor("dana");
  const { id, content } = await draftFor(story, dana, [GRANBY]);
  const chosen = async () =>
    choosePlaces((await loadAlert(story.client, id))!.facts, content, Date.now())[0]!.selection;
  expect((await chosen()).outcome).toBe("ready");
  await reportStatus(story.client, karen, { id: `demo-${GRANBY}-1`, status: "down" }, now());
  expect(await chosen()).toMatchObject({ outcome: "blocked", why: expect.stringMatching(/out of service/) });
  await reportStatus(story.client, karen, { id: `demo-${GRANBY}-1`, status: "in-service" }, now());
  const row = await numberOf(`demo-${GRANBY}-1`);
  expect([row.statusBy, row.status]).toEqual(["Karen Boucher", "in-service"]);
});

test("a conflict is told to the approver until someone settles it, once", async () => {
  const dana = await story.actor("dana");
  const { id, content } = await draftFor(story, dana, [GRANBY]);
  const rules = async () => {
    const { facts } = (await loadAlert(story.client, id))!;
    const bundle = buildBundle(facts, content, Date.now());
    return findProblems(bundle, { facts, content, now: Date.now() }).map(({ rule }) => rule);
  };
  expect(await rules()).toContain("DIR-005");
  const [conflict] = await loadConflicts(story.client, [GRANBY]);
  expect(conflict).toMatchObject({ kind: "two-agencies", placeIds: [GRANBY] });
  const input = {
    key: conflict!.key,
    decision: "kept-one" as const,
    keepId: `demo-${GRANBY}-1`,
    reason: "The list of 2023 is out of date.",
  };
  expect(await settleConflict(story.client, gil, input, now())).toMatchObject({ code: "not-permitted" });
  expect(await settleConflict(story.client, karen, { ...input, keepId: "other" }, now())).toMatchObject({
    code: "invalid",
  });
  expect(await settleConflict(story.client, karen, input, now())).toMatchObject({ ok: true });
  expect(await settleConflict(story.client, karen, input, now())).toMatchObject({ code: "gone" });
  expect(await numberOf(`demo-${GRANBY}-3`)).toMatchObject({ retiredWhy: "The list of 2023 is out of date." });
  expect(await rules()).not.toContain("DIR-005");
});

test("other ways to get help are added, changed and taken out of use, each on record", async () => {
  const helpOption = {
    placeId: GRANBY,
    kind: "kiosk" as const,
    works: true,
    hours: "",
    wording: { "en-US": "use the call box at the library", "es-US": "use la caja de la biblioteca" },
    preference: 3,
  };
  const added = await saveHelpOption(story.client, karen, helpOption, now());
  const { id } = (added as { value: { id: string } }).value;
  expect(await saveHelpOption(story.client, karen, { ...helpOption, id, works: false }, now())).toMatchObject({
    ok: true,
  });
  expect(await saveHelpOption(story.client, karen, { ...helpOption, id, placeId: BOSTON }, now())).toMatchObject({
    code: "not-permitted",
  });
  expect(await retireHelpOption(story.client, gil, { id }, now())).toMatchObject({ code: "not-permitted" });
  expect(await retireHelpOption(story.client, karen, { id }, now())).toMatchObject({ ok: true });
  expect(await retireHelpOption(story.client, karen, { id }, now())).toMatchObject({ code: "gone" });
  const actions = await story.client.auditEvent.findMany({
    where: { action: { startsWith: "help-option." } },
    orderBy: { seq: "asc" },
  });
  expect(actions.map(({ action }) => action)).toEqual([
    "help-option.added",
    "help-option.changed",
    "help-option.retired",
  ]);
});

test("an agency's rule: a number is verified by someone else than who entered it", async () => {
  const added = await saveNumber(story.client, karen, form({ phone: "413-555-0149", preference: 9 }), now());
  const { id } = (added as { value: { id: string } }).value;
  const { ownerId } = await numberOf(id);
  const rule = (on: boolean) =>
    setAgencyRule(story.client, sam, { agencyId: ownerId!, rule: "othersVerify", on }, now());
  const seals = async () => (await verifyRecord(story.client, now())).problems;
  const before = await seals();
  expect(await rule(true)).toEqual({ ok: true, value: null });
  expect(await seals()).toEqual(before);
  const own = await recordTestCall(story.client, karen, good(id), now());
  expect(own).toMatchObject({ ok: false, code: "not-permitted" });
  expect(own.ok ? "" : own.message).toContain("someone else makes the call that verifies it");
  expect((await numberOf(id)).verifiedUntil).toBeNull();
  // That nobody answered is worth knowing, whoever called.
  expect(await recordTestCall(story.client, karen, good(id, { result: "no-answer" }), now())).toMatchObject({
    ok: true,
  });
  expect(await recordTestCall(story.client, tess, good(id), now())).toMatchObject({ ok: true });
  expect((await numberOf(id)).verifiedUntil).not.toBeNull();
  // Without the rule the call counts.
  expect(await rule(false)).toEqual({ ok: true, value: null });
  expect(await recordTestCall(story.client, karen, good(id), now())).toMatchObject({ ok: true });
  await rule(true);
  await story.client.$executeRaw`update "Agency" set "othersVerify" = false where id = ${ownerId}`;
  expect(await seals()).toEqual([...before, expect.stringContaining(ownerId!)]);
  await rule(false);
});
