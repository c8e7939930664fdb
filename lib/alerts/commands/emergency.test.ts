import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { Client } from "pg";
import type { Actor } from "../../access/actor";
import { grantByTwo } from "../../people/grants/two-people-for-tests";
import { proveAlert } from "../../evidence/proof/data";
import { verifyRecord } from "../../evidence/verify";
import { DEMONSTRATION_PASSWORD } from "../../../prisma/seed/demonstration";
import { listAlerts } from "../data";
import {
  approval,
  closeStory,
  draftFor,
  openStory,
  placesNamed,
  readStory,
  type Story,
  submit,
} from "../story-for-tests";
import { decideAlert } from "./decide";
import { askEmergency } from "./emergency";

/** Release by one person, through the very functions that the buttons call. */

let story: Story;
let dana: Actor;
let sam: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  // Lists read through the connection of the process.
  readStory(story);
  [dana, sam] = [await story.actor("dana"), await story.actor("sam")];
});
afterAll(() => closeStory(story));

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const allow = async () =>
  grantByTwo(story.client, [sam, await story.actor("nora")], { kind: "emergency-release", agencyId: "state-911" });
const reason = "Luis and Ruth do not answer, tried three times";

async function waiting() {
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  return { id, contentHash: await submit(story, dana, id) };
}
const ask = (alert: { id: string; contentHash: string }, now: Date, by = dana) =>
  askEmergency(story.client, by, { ...alert, reason, password: DEMONSTRATION_PASSWORD }, now);
const release = async ({ id }: { id: string }, now: Date, by = dana) =>
  decideAlert(story.client, by, { ...(await approval(story, id)), emergency: true }, now);

test("is off unless the agency allows it", async () => {
  const alert = await waiting();
  expect(await ask(alert, later(11))).toMatchObject({ ok: false, code: "no-emergency" });
  expect(await release(alert, later(14))).toMatchObject({ ok: false, code: "no-emergency" });
});

test("takes the minutes of the agency, two confirmations two minutes apart, and says so for ever", async () => {
  expect(await allow()).toMatchObject({ ok: true });
  const alert = await waiting();
  expect(await ask(alert, later(9))).toMatchObject({ ok: false, code: "too-early" });
  expect(await release(alert, later(11))).toMatchObject({ ok: false, code: "too-early" });
  expect(await askEmergency(story.client, dana, { ...alert, reason, password: "not it" }, later(11))).toMatchObject({
    ok: false,
    code: "wrong-password",
  });
  expect(await ask(alert, later(11))).toMatchObject({ ok: true });
  // Everyone who reads alerts is told, and can still approve or return it.
  expect((await listAlerts(await story.actor("luis"))).find(({ id }) => id === alert.id)?.emergency).toMatchObject({
    by: "Dana Whitcomb",
    reason,
  });
  expect(await release(alert, later(12))).toMatchObject({ ok: false, code: "too-early" });
  expect(await release(alert, later(14))).toMatchObject({ ok: true, value: { state: "published" } });
  const events = await story.client.auditEvent.findMany({ where: { subjectId: alert.id }, orderBy: { seq: "asc" } });
  const emergency = events.filter(({ summary }) => summary.startsWith("EMERGENCY"));
  expect(emergency.map(({ action }) => action)).toEqual(["alert.emergency-asked", "alert.approved"]);
  expect(await story.client.decision.findFirst({ where: { alertId: alert.id } })).toMatchObject({ emergency: true });
  expect((await proveAlert(story.client, alert.id))?.ok).toBe(true);
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
});

test("an edit, another person or another agency makes it void", async () => {
  const alert = await waiting();
  expect(await ask(alert, later(11), await story.actor("gil"))).toMatchObject({ ok: false, code: "not-found" });
  expect(await ask(alert, later(11))).toMatchObject({ ok: true });
  expect(await release(alert, later(14), await story.actor("ruth"))).toMatchObject({ ok: false, code: "too-early" });
  expect(await ask({ ...alert, contentHash: "a".repeat(64) }, later(14))).toMatchObject({ code: "content-changed" });
});

test("the database keeps it too, whatever the code does", async () => {
  const alert = await waiting();
  const owner = new Client(story.ownerUrl);
  await owner.connect();
  const insert = `insert into "Decision" (id, "alertId", "personId", decision, "contentHash", confirmations, emergency, at)
    values ('x', $1, 'demo-dana', 'approve', $2, '[]', $3, now())`;
  await expect(owner.query(insert, [alert.id, alert.contentHash, true])).rejects.toMatchObject({
    constraint: "an_emergency_takes_two_confirmations_minutes_apart",
  });
  await expect(owner.query(insert, [alert.id, alert.contentHash, false])).rejects.toMatchObject({
    constraint: "an_approver_did_not_contribute",
  });
  await owner.end();
});
