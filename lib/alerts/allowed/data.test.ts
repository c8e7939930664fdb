import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import type { AllowedChannel, AllowedPurpose } from "../../access/allowance/allowance";
import { addChannel } from "../../delivery/channel-for-tests";
import { loadSiteFacts } from "../../delivery/channels/public-site/data";
import { verifyRecord } from "../../evidence/verify";
import { declareIncident } from "../../incidents/commands/declare";
import { setAllowance } from "../../people/commands/set-allowance";
import { grantByTwo } from "../../people/grants/two-people-for-tests";
import { markConfirmed } from "../../people/sign-in/commands/confirm";
import { DEMONSTRATION_PASSWORD } from "../../../prisma/seed/demonstration";
import { readBundle } from "../bundle";
import { askEmergency } from "../commands/emergency";
import { beginFollowUp } from "../commands/follow-up";
import { prepareAlert } from "../commands/prepare";
import { splitAlert } from "../commands/split";
import { submitAlert } from "../commands/submit";
import { getAlertForReview } from "../data";
import { makeReady } from "../ready/commands/make";
import {
  approval,
  approve,
  closeStory,
  draftFor,
  followUp,
  mark,
  openStory,
  placesNamed,
  readStory,
  type Story,
  submit,
} from "../story-for-tests";
import { decideAlert } from "../commands/decide";
import { describeForbidden, loadDestinations } from "./data";

/** An agency that may not publish something is refused on every way to it, and on every channel it may not use. */

let story: Story;
let sam: Actor;
let dana: Actor;
let luis: Actor;
let gil: Actor;
let granby: string[];

/** What two agencies may not do from now on, by the administrator of the one at the top. */
async function withhold(agencyId: string, purposes: AllowedPurpose[], channels: AllowedChannel[] = []) {
  await markConfirmed(story.client, sam, new Date());
  const input = { agencyId, withheldPurposes: purposes, withheldChannels: channels };
  const set = await setAllowance(story.client, sam, input, new Date());
  if (!set.ok && set.code !== "same") throw new Error(set.message);
}

const declare = (by: Actor, placeIds: string[], mode: "live" | "exercise" = "live") =>
  declareIncident(
    story.client,
    by,
    {
      mode,
      failure: "full",
      textTo911: "fails",
      beganAt: new Date(Date.now() - 480_000).toISOString(),
      evidence: "Calls to twelve dispatch centers",
      placeIds,
      anotherIncident: true,
      ...(mode === "exercise" ? { confirmation: "EXERCISE" } : {}),
    },
    new Date(),
  );

/** A published alert for Granby, by Granby. */
async function published(by = gil, places = granby, mode: "live" | "exercise" = "live") {
  const draft = await draftFor(story, by, places, { mode });
  await submit(story, by, draft.id);
  expect(await approve(story, luis, draft.id)).toMatchObject({ ok: true });
  return draft;
}

const send = async (by: Actor, id: string) => {
  const { version } = await story.client.alert.findUniqueOrThrow({ where: { id } });
  return submitAlert(story.client, by, { id, version }, new Date());
};
const stateOf = async (id: string) => (await story.client.alert.findUniqueOrThrow({ where: { id } })).state;

const FORBIDDEN = {
  ok: false,
  code: "withheld",
  message: expect.stringMatching(
    /^Granby, Massachusetts, Police Department is not allowed to publish 911 outage alerts\. Massachusetts State 911 Department may\. An administrator of Massachusetts State 911 Department can allow it\. /,
  ),
};

beforeAll(async () => {
  story = await openStory(inject("databases"));
  // Pages read through the connection of the process.
  readStory(story);
  sam = await story.actor("sam");
  [dana, luis, gil] = [await story.actor("dana"), await story.actor("luis"), await story.actor("gil")];
  granby = await placesNamed(story.client, "Granby");
});
beforeEach(async () => {
  await withhold("state-911", []);
  await withhold("granby", []);
});
afterAll(() => closeStory(story));

describe("a first alert", () => {
  test("is not begun: from nothing, from an imported message, or from a ready draft; its outage is recorded", async () => {
    const ready = await makeReady(story.client, gil, readyInput(), new Date());
    expect(ready).toMatchObject({ ok: true });
    await withhold("granby", ["outage"]);
    const incident = await declare(gil, granby);
    if (!incident.ok) throw new Error(incident.message);
    const incidentId = incident.value.id;
    expect(await prepareAlert(story.client, gil, { incidentId }, new Date())).toMatchObject(FORBIDDEN);
    const imported = { alert: {} as never, sha256: "" };
    expect(await prepareAlert(story.client, gil, { incidentId, imported }, new Date())).toMatchObject(FORBIDDEN);
    const readyId = ready.ok ? ready.value.id : "";
    expect(await prepareAlert(story.client, gil, { incidentId, readyId }, new Date())).toMatchObject(FORBIDDEN);
    expect(await makeReady(story.client, gil, readyInput(), new Date())).toMatchObject(FORBIDDEN);
    expect(await story.client.alert.count({ where: { incidentId } })).toBe(0);
    // The agency above may, for the same place, and so may the agency itself again.
    expect(await draftFor(story, dana, granby)).toHaveProperty("id");
    await withhold("granby", []);
    expect(await prepareAlert(story.client, gil, { incidentId }, new Date())).toMatchObject({ ok: true });
  });

  test("is not begun where the agency above withholds it from all", async () => {
    await withhold("state-911", ["outage"]);
    const incident = await declare(gil, granby);
    const incidentId = incident.ok ? incident.value.id : "";
    expect(await prepareAlert(story.client, gil, { incidentId }, new Date())).toMatchObject({
      code: "withheld",
      message:
        "Granby, Massachusetts, Police Department is not allowed to publish 911 outage alerts. An administrator of Massachusetts State 911 Department can allow it. No draft was made.",
    });
  });

  test("that was begun before is not sent or split, and one that was sent is not approved or released", async () => {
    const begun = await draftFor(story, dana, await placesNamed(story.client, "Amherst", "Hadley"));
    const sent = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Ludlow"));
    const contentHash = await submit(story, dana, sent.id);
    const two = [await story.actor("sam"), await story.actor("nora")] as const;
    const rule = { kind: "emergency-release" as const, agencyId: "state-911" };
    expect(await grantByTwo(story.client, two, rule)).toMatchObject({ ok: true });
    await withhold("state-911", ["outage"]);

    expect(await send(dana, begun.id)).toMatchObject({ ok: false, code: "withheld" });
    expect(await stateOf(begun.id)).toBe("draft");
    const [first] = begun.content.placeIds;
    expect(
      await splitAlert(story.client, dana, { id: begun.id, version: 1, placeIds: [first!] }, new Date()),
    ).toMatchObject({ ok: false, code: "withheld" });

    expect(await approve(story, luis, sent.id)).toMatchObject({ ok: false, code: "withheld" });
    expect(await stateOf(sent.id)).toBe("submitted");
    const refused = { action: "alert.approval-refused", subjectId: sent.id };
    expect(await story.client.auditEvent.findFirst({ where: refused })).toMatchObject({
      summary: expect.stringContaining("the agency is not allowed to publish this"),
    });
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const reason = "Luis and Ruth do not answer, tried three times";
    const ask = () =>
      askEmergency(
        story.client,
        dana,
        { id: sent.id, contentHash, reason, password: DEMONSTRATION_PASSWORD },
        later(11),
      );
    expect(await ask()).toMatchObject({ ok: false, code: "withheld" });
    // Asked for while it was allowed, it is not released after.
    await withhold("state-911", []);
    expect(await ask()).toMatchObject({ ok: true });
    await withhold("state-911", ["outage"]);
    const release = { ...(await approval(story, sent.id)), emergency: true };
    expect(await decideAlert(story.client, dana, release, later(14))).toMatchObject({ ok: false, code: "withheld" });
    expect(await stateOf(sent.id)).toBe("submitted");
    const review = await getAlertForReview(luis, sent.id);
    expect(review?.forbidden).toMatch(/is not allowed to publish 911 outage alerts/);
  });
});

describe("what follows an agency's own alert is published, whatever was withheld since", () => {
  const publish = async (input: Parameters<typeof beginFollowUp>[2]) => {
    const id = await followUp(story, gil, input);
    await submit(story, gil, id);
    expect(await approve(story, luis, id), input.purpose).toMatchObject({ ok: true });
  };

  test("an update, the all-clear, and a cancellation", async () => {
    const [{ incidentId, content }, other] = [await published(), await published()];
    await withhold("granby", ["outage", "border", "exercise"]);
    await publish({ incidentId, purpose: "update" });
    expect(await mark(story, gil, incidentId, content.placeIds, "restored")).toMatchObject({ ok: true });
    await publish({ incidentId, purpose: "restoration" });
    await publish({ incidentId: other.incidentId, purpose: "cancellation" });
  });

  test("in an exercise, too", async () => {
    const { incidentId } = await published(gil, granby, "exercise");
    await withhold("granby", ["outage", "border", "exercise"]);
    await publish({ incidentId, purpose: "update" });
    await publish({ incidentId, purpose: "cancellation" });
  });
});

test("a border notice is for whoever may publish one; one that follows another stays allowed", async () => {
  const { incidentId } = await published(dana, await placesNamed(story.client, "Northampton"));
  await withhold("state-911", ["border"]);
  const border = { incidentId, purpose: "border" as const };
  expect(await beginFollowUp(story.client, dana, border, new Date())).toMatchObject({
    ok: false,
    code: "withheld",
    message: expect.stringContaining("is not allowed to publish border notices"),
  });
  await withhold("state-911", []);
  const id = await followUp(story, dana, border);
  await withhold("state-911", ["border"]);
  expect(await send(dana, id)).toMatchObject({ ok: false, code: "withheld" });
  await withhold("state-911", []);
  expect(await send(dana, id)).toMatchObject({ ok: true });
  expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  await withhold("state-911", ["border"]);
  expect(await beginFollowUp(story.client, dana, border, new Date())).not.toMatchObject({ code: "withheld" });
});

test("an exercise is for whoever may practice, whatever else is withheld", async () => {
  await withhold("granby", ["exercise"]);
  const before = await story.client.incident.count();
  expect(await declare(gil, granby, "exercise")).toMatchObject({
    ok: false,
    code: "withheld",
    message: expect.stringMatching(/is not allowed to run exercises\. .* Nothing was started\.$/),
  });
  expect(await story.client.incident.count()).toBe(before);
  await withhold("granby", ["outage", "border"]);
  const { id, incidentId } = await draftFor(story, gil, granby, { mode: "exercise" });
  await withhold("granby", ["exercise"]);
  expect(await prepareAlert(story.client, gil, { incidentId }, new Date())).toMatchObject({ code: "withheld" });
  expect(await send(gil, id)).toMatchObject({ ok: false, code: "withheld" });
  await withhold("granby", []);
  expect(await send(gil, id)).toMatchObject({ ok: true });
});

describe("channels", () => {
  const channelsOf = async (alertId: string) =>
    [
      ...new Set(
        (await story.client.delivery.findMany({ where: { alertId }, select: { channelId: true } })).map(
          ({ channelId }) => channelId,
        ),
      ),
    ].sort();
  const siteHas = async (alertId: string) => {
    const { code } = await story.client.alert.findUniqueOrThrow({ where: { id: alertId } });
    const facts = await loadSiteFacts(story.client, "https://911.example", new Date());
    return JSON.stringify(facts).includes(code);
  };

  beforeAll(async () => {
    await addChannel(story.client, {
      id: "desk",
      kind: "file-drop",
      name: "Newsroom desk",
      state: "live",
      settings: { folder: "/srv/alerts" },
    });
    await addChannel(story.client, {
      id: "hook",
      kind: "webhook",
      name: "County page",
      state: "live",
      settings: { url: "https://county.example/911", format: "json", allowed: [] },
    });
  });

  test("an alert goes to none that its agency may not use, which the review says before", async () => {
    await withhold("granby", [], ["file-drop", "public-site"]);
    const draft = await draftFor(story, gil, granby);
    await submit(story, gil, draft.id);
    const review = await getAlertForReview(luis, draft.id);
    expect(review?.destinations.map(({ id, withheld }) => [id, withheld?.may ?? null]).sort()).toEqual([
      ["desk", "Massachusetts State 911 Department"],
      ["hook", null],
      ["public-site", "Massachusetts State 911 Department"],
    ]);
    expect(await approve(story, luis, draft.id)).toMatchObject({ ok: true });
    expect(await channelsOf(draft.id)).toEqual(["hook"]);
    expect(await siteHas(draft.id)).toBe(false);
    const row = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
    expect([...row.withheldFrom].sort()).toEqual(["desk", "public-site"]);
    const entry = { subjectId: draft.id, action: "alert.published" };
    expect((await story.client.auditEvent.findFirstOrThrow({ where: entry })).summary).toMatch(
      /Not sent to .*“Newsroom desk”.*is not allowed to use these channels\./,
    );
    // The database refuses what the code would leave by mistake, and keeps the list.
    const forged = { alertId: draft.id, channelId: "desk", key: "forged", state: "stored", createdAt: new Date() };
    await expect(story.client.delivery.create({ data: forged })).rejects.toThrow(/may not use this channel/);
    await expect(story.client.alert.update({ where: { id: draft.id }, data: { withheldFrom: [] } })).rejects.toThrow(
      /decided when it is published/,
    );
    // Other agencies go there as ever.
    const state = await published(dana, await placesNamed(story.client, "Hatfield"));
    expect(await channelsOf(state.id)).toEqual(["desk", "hook", "public-site"]);
    expect(await siteHas(state.id)).toBe(true);
  });

  test("one that carried an alert of an outage carries what follows, and no other outage", async () => {
    const first = await published();
    expect(await channelsOf(first.id)).toEqual(["desk", "hook", "public-site"]);
    await withhold("granby", [], ["file-drop", "webhook", "public-site"]);
    const cancel = await followUp(story, gil, { incidentId: first.incidentId, purpose: "cancellation" });
    expect((await loadDestinations(story.client, cancel)).map(({ withheld }) => withheld)).toEqual([null, null, null]);
    await submit(story, gil, cancel);
    expect(await approve(story, luis, cancel)).toMatchObject({ ok: true });
    expect(await channelsOf(cancel)).toEqual(["desk", "hook", "public-site"]);
    expect(await siteHas(cancel)).toBe(true);
    const other = await published();
    expect(await channelsOf(other.id)).toEqual([]);
    expect(await siteHas(other.id)).toBe(false);
  });

  test("what another agency published of the same outage counts for nothing, nor where", async () => {
    const { id, incidentId } = await published();
    expect(await channelsOf(id)).toContain("hook");
    await withhold("state-911", [], ["webhook"]);
    // The state tells the neighbors of Granby's outage: the webhook had Granby's alert of it, and none of the state's.
    const border = await followUp(story, await story.actor("ruth"), { incidentId, purpose: "border" });
    const hook = (await loadDestinations(story.client, border)).find((channel) => channel.id === "hook");
    expect(hook).toMatchObject({ began: false, withheld: { may: null } });
    await withhold("boston", ["outage"]);
    const update = { purpose: "update", incident: { id: incidentId, mode: "live" } };
    expect(await describeForbidden(story.client, { agencyId: "boston", ...update })).toMatch(
      /is not allowed to publish/,
    );
    await withhold("boston", []);
    await withhold("granby", ["outage"]);
    expect(await describeForbidden(story.client, { agencyId: "granby", ...update })).toBeNull();
  });
});

test("a wrong number is corrected, whatever was withheld since", async () => {
  const { id, incidentId } = await published();
  await withhold("granby", ["outage", "border", "exercise"]);
  const { bundle } = await story.client.alert.findUniqueOrThrow({ where: { id } });
  const numberId = readBundle(bundle ?? "").messages.flatMap(({ numbers }) => numbers)[0]?.id ?? "";
  const correction = await followUp(story, gil, { incidentId, purpose: "correction", numberId });
  expect((await story.client.alert.findUniqueOrThrow({ where: { id: correction } })).purpose).toBe("correction");
});

test("the record verifies after all of it, and tells of a list that was changed behind it", async () => {
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  const owner = new Client(story.ownerUrl);
  await owner.connect();
  await owner.query(`alter table "Alert" disable trigger user`);
  await owner.query(`update "Alert" set "withheldFrom" = '{}' where cardinality("withheldFrom") > 0`);
  await owner.end();
  expect((await verifyRecord(story.client, new Date())).problems.join(" ")).toMatch(/alert/i);
});

function readyInput() {
  return {
    title: "Granby, every call",
    failure: "full" as const,
    textTo911: "fails" as const,
    placeIds: granby,
    grouping: "place" as const,
    fromAlertId: null,
  };
}
