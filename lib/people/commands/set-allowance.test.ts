import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { loadAllowance } from "../../access/allowance/data";
import { verifyRecord } from "../../evidence/verify";
import { allowanceSchema } from "../agency-schema";
import { grantByTwo } from "../grants/two-people-for-tests";
import { markConfirmed } from "../sign-in/commands/confirm";
import { setAllowance } from "./set-allowance";

/** Who may withhold and who may allow, and that the record says what changed. */

let story: Story;
let sam: Actor;
/** An administrator of Granby alone. */
let gil: Actor;

const set = (by: Actor, agencyId: string, withheldPurposes: string[], withheldChannels: string[] = []) =>
  setAllowance(story.client, by, allowanceSchema.parse({ agencyId, withheldPurposes, withheldChannels }), new Date());
const read = async (id: string) => {
  const row = await story.client.agency.findUniqueOrThrow({ where: { id } });
  return [row.withheldPurposes, row.withheldChannels];
};

beforeAll(async () => {
  story = await openStory(inject("databases"));
  sam = await story.actor("sam");
  const nora = await story.actor("nora");
  const asked = { kind: "role" as const, personId: "demo-gil", agencyId: "granby", role: "administrator" as const };
  expect(await grantByTwo(story.client, [sam, nora], asked)).toMatchObject({ ok: true });
  // A session that proved nothing yet.
  sam = await story.actor("sam");
  gil = await story.actor("gil");
});
afterAll(() => story.client.$disconnect());

test("nothing is withheld from any agency of the demonstration", async () => {
  for (const { id } of await story.client.agency.findMany()) {
    expect(await loadAllowance(story.client, id)).toMatchObject({ purposes: {}, channels: {} });
  }
});

test("a drafter and an administrator of another agency change nothing", async () => {
  for (const by of [await story.actor("dana"), await story.actor("karen")]) {
    expect(await set(by, "granby", ["outage"])).toMatchObject({ ok: false, code: "not-permitted" });
  }
  expect(await set(gil, "state-911", ["outage"])).toMatchObject({ ok: false, code: "not-permitted" });
  expect(await set(gil, "boston", ["outage"])).toMatchObject({ ok: false, code: "not-permitted" });
  expect(await read("granby")).toEqual([[], []]);
});

test("an administrator withholds from their own agency without proof, and allows nothing again", async () => {
  expect(await set(gil, "granby", ["border"], ["webhook"])).toEqual({ ok: true, value: null });
  await markConfirmed(story.client, gil, new Date());
  expect(await set(gil, "granby", [], ["webhook"])).toMatchObject({
    ok: false,
    code: "not-permitted",
    message: expect.stringContaining("Only an administrator of Massachusetts State 911 Department can allow"),
  });
  expect(await set(gil, "granby", ["border"], ["webhook"])).toMatchObject({ ok: false, code: "same" });
  expect(await read("granby")).toEqual([["border"], ["webhook"]]);
});

test("the agency above allows it again, after proof, and the record says who and what", async () => {
  expect(await set(sam, "granby", [], ["webhook"])).toMatchObject({ ok: false, code: "confirm-first" });
  expect(await read("granby")).toEqual([["border"], ["webhook"]]);
  await markConfirmed(story.client, sam, new Date());
  expect(await set(sam, "granby", ["outage"], [])).toEqual({ ok: true, value: null });
  expect(await read("granby")).toEqual([["outage"], []]);
  const last = await story.client.auditEvent.findFirstOrThrow({
    where: { action: "agency.allowance", subjectId: "granby" },
    orderBy: { seq: "desc" },
  });
  expect(last).toMatchObject({
    actor: "Sam Okafor",
    summary:
      "Changed what Granby, Massachusetts, Police Department may publish; not allowed any more: 911 outage alerts; allowed again: border notices, Webhook.",
    data: {
      before: { withheldPurposes: ["border"], withheldChannels: ["webhook"] },
      after: { withheldPurposes: ["outage"], withheldChannels: [] },
    },
  });
});

test("no agency is allowed what is withheld above it", async () => {
  expect(await set(sam, "granby", ["outage", "exercise"], [])).toMatchObject({ ok: true });
  expect(await set(sam, "state-911", ["exercise"], [])).toMatchObject({ ok: true });
  await markConfirmed(story.client, sam, new Date());
  const refused = await set(sam, "granby", ["outage"], []);
  expect(refused).toMatchObject({ ok: false, code: "withheld", fields: { exercise: expect.any(String) } });
  // What Granby's own row says stays, for when it is allowed above again.
  expect(await loadAllowance(story.client, "granby")).toMatchObject({
    purposes: { exercise: { by: "Massachusetts State 911 Department", may: null } },
  });
  expect(await loadAllowance(story.client, "boston")).toMatchObject({ purposes: { exercise: { may: null } } });
});

test("the record verifies, and tells of a list that was changed behind it", async () => {
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  const owner = new Client(story.ownerUrl);
  await owner.connect();
  await owner.query(`update "Agency" set "withheldPurposes" = '{}' where id = 'granby'`);
  await owner.end();
  expect((await verifyRecord(story.client, new Date())).problems.join(" ")).toMatch(/agency/i);
});

test("the database knows no other purpose", async () => {
  await expect(
    story.client.agency.update({ where: { id: "boston" }, data: { withheldPurposes: ["update"] } }),
  ).rejects.toThrow(/a_withheld_purpose_is_known/);
});
