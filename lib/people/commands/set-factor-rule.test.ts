import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { can } from "../../access/actor";
import { mintForJob } from "../../access/mint";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { markConfirmed } from "../sign-in/commands/confirm";
import { setFactorRule } from "./set-factor-rule";

let story: Story;
let owner: Client;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  owner = new Client(story.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await story.client.$disconnect();
});

/** Who of these can do nothing before a second factor is set up. */
async function enrolling(...keys: string[]): Promise<string[]> {
  const actors = await Promise.all(keys.map(async (key) => [key, await story.actor(key)] as const));
  return actors.flatMap(([key, actor]) => (actor.enrolling && actor.scopes.size === 0 ? [key] : []));
}

test("a rule that everyone needs a second factor is made with proof, is on record, and holds for every role below", async () => {
  const { client } = story;
  const sam = await story.actor("sam");
  const everywhere = { agencyId: "state-911", on: true };
  const set = (input: { agencyId: string; on: boolean }, by = sam) => setFactorRule(client, by, input, new Date());
  expect(await set(everywhere)).toMatchObject({ ok: false, code: "confirm-first" });
  await markConfirmed(client, sam, new Date());
  for (const key of ["dana", "karen"]) {
    const other = await story.actor(key);
    await markConfirmed(client, other, new Date());
    expect(await set(everywhere, other), key).toMatchObject({ ok: false, code: "not-permitted" });
  }
  const all = ["dana", "gil", "karen", "tess", "mei", "luis", "sam"];
  const drafter = await story.actor("gil");
  expect(await set(everywhere)).toMatchObject({ ok: true });
  const entry = await client.auditEvent.findFirst({ where: { action: "agency.factor" } });
  expect(entry).toMatchObject({ agencyId: "state-911", actorId: "demo-sam" });
  expect(entry?.summary).toMatch(/everyone needs a second factor\.$/);
  expect((await verifyRecord(client, new Date())).problems).toEqual([]);
  // In a demonstration, where every password is printed on the first page, nobody is asked to.
  expect(await enrolling(...all)).toEqual([]);

  await owner.query(
    `alter table "Site" disable trigger user; update "Site" set mode = 'real'; alter table "Site" enable trigger user`,
  );
  expect(await enrolling(...all)).toEqual(all);
  // A session that is open is held to it from the next request on.
  const held = await mintForJob(client, drafter.sessionKey);
  expect([held?.enrolling, held && can(held, "alert:draft")]).toEqual([true, false]);
  const factor = { personId: "demo-gil", secret: "sealed", createdAt: new Date(), confirmedAt: new Date() };
  await client.authenticator.create({ data: factor });
  await client.session.update({ where: { id: drafter.sessionKey }, data: { provenAt: new Date() } });
  expect((await mintForJob(client, drafter.sessionKey))?.enrolling).toBe(false);
  await client.authenticator.deleteMany({});

  // Of one agency, it holds there; elsewhere for approvers and administrators as ever.
  const rule = (agencyId: string, on: boolean) =>
    owner.query(`update "Agency" set "everyoneNeedsFactor" = $2 where id = $1`, [agencyId, on]);
  await rule("state-911", false);
  await rule("granby", true);
  expect(await enrolling(...all)).toEqual(["gil", "karen", "luis", "sam"]);
});
