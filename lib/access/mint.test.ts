import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, save, type Story, submit } from "../alerts/story-for-tests";
import { inTransaction } from "../platform/db";
import { appendAudit } from "../record/append";
import { changeRole, setPersonDisabled } from "../people/commands/people";

/** What is looked up again inside a change, after the wait for other writers. */

let story: Story;
let holder: Client;
let owner: Client;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  holder = new Client(story.appUrl);
  owner = new Client(story.ownerUrl);
  await owner.connect();
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await owner.end();
  await story.client.$disconnect();
});

async function waiting(): Promise<string> {
  const dana = await story.actor("dana");
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  await submit(story, dana, id);
  return id;
}

/** What the operator of the machine may do: in one transaction, since one query of several statements is one. */
const REGRANT = `insert into "AccessRequest" (id, kind, "personId", "agencyId", role, "byOperator", "askedBy", "askedAt", state, "decidedAt")
  values (gen_random_uuid(), 'role', 'demo-luis', 'state-911', 'approver', true, 'operator', now(), 'confirmed', now());
  insert into "Membership" values ('demo-luis', 'state-911', 'approver')`;

/** How many connections wait for a row that someone else holds. Asked outside the holder's transaction, which sees it as it was. */
async function inLine(): Promise<number> {
  const [row] = await story.client.$queryRaw<{ count: bigint }[]>`
    select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  return Number(row?.count ?? 0n);
}

/** Runs a change that has to wait for a person's row, lets something happen meanwhile, and lets it go on. */
async function meanwhile<Value>(
  person: string,
  change: () => Promise<Value>,
  happens: () => Promise<unknown>,
): Promise<Value> {
  await holder.query("begin");
  await holder.query(`select id from "Person" where id = $1 for update`, [person]);
  const running = change();
  try {
    while ((await inLine()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await happens();
  } finally {
    await holder.query("commit");
  }
  return running;
}

const state = async (id: string) => (await story.client.alert.findUniqueOrThrow({ where: { id } })).state;

describe("an approval that waits for another writer", () => {
  test.each([
    [
      "was disabled",
      `update "Person" set "disabledAt" = now() where id = 'demo-luis'`,
      `delete from "Membership" where "personId" = 'demo-luis' and role = 'approver';
       update "Person" set "disabledAt" = null where id = 'demo-luis'; ${REGRANT}`,
    ],
    ["lost the role", `delete from "Membership" where "personId" = 'demo-luis' and role = 'approver'`, REGRANT],
    ["was signed out", `update "Session" set "revokedAt" = now() where "personId" = 'demo-luis'`, `select 1`],
  ])("publishes nothing when the approver %s in the meantime", async (_, happens, undo) => {
    const id = await waiting();
    const luis = await story.actor("luis");
    const result = await meanwhile(
      "demo-luis",
      () => approve(story, luis, id),
      () => holder.query(happens),
    );
    await owner.query(undo);
    expect(result.ok).toBe(false);
    expect(result.ok || ["signed-out", "not-permitted"]).toContain(result.ok ? "" : result.code);
    expect(await state(id)).toBe("submitted");
    expect(await story.client.publication.count({ where: { message: { alertId: id } } })).toBe(0);
  });

  test("goes on as it should when nothing happens", async () => {
    const id = await waiting();
    const luis = await story.actor("luis");
    expect(
      await meanwhile(
        "demo-luis",
        () => approve(story, luis, id),
        async () => undefined,
      ),
    ).toMatchObject({ ok: true });
    expect(await state(id)).toBe("published");
  });
});

test("a save of someone who was signed out in the meantime writes nothing", async () => {
  const dana = await story.actor("dana");
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  const result = await meanwhile(
    "demo-dana",
    () => save(story, dana, id, (content) => ({ ...content, validMinutes: 300 })),
    () => holder.query(`update "Session" set "revokedAt" = now() where "personId" = 'demo-dana'`),
  );
  expect(result).toMatchObject({ ok: false, code: "signed-out" });
  expect(await story.client.revision.count({ where: { alertId: id } })).toBe(1);
});

test("a lock that someone holds elsewhere ends a change with an error, and it does not happen later", async () => {
  const sam = await story.actor("sam");
  await holder.query("select pg_advisory_lock(911911)");
  const before = await story.client.auditEvent.count();
  const grant = { personId: "demo-mei", agencyId: "boston", role: "auditor" as const, grant: true };
  try {
    await expect(changeRole(story.client, sam, grant, new Date())).rejects.toThrow();
  } finally {
    await holder.query("select pg_advisory_unlock(911911)");
  }
  // The next change passes, and the given-up one left nothing behind.
  expect((await setPersonDisabled(story.client, sam, { personId: "demo-mei", disabled: false }, new Date())).ok).toBe(
    true,
  );
  expect(await story.client.auditEvent.count()).toBe(before + 1);
  expect(await story.client.membership.count({ where: { personId: "demo-mei", agencyId: "boston" } })).toBe(0);
});

test("a commit that comes through after its time is refused by the database", async () => {
  const before = await story.client.auditEvent.count();
  const late = inTransaction(story.client, async (transaction) => {
    await transaction.$queryRaw`select set_config('callbox.ends_by', (clock_timestamp() - interval '1 second')::text, true)`;
    const entry = { actor: null, action: "sign-out" as const, subject: { type: "test", id: "late" }, summary: "late" };
    await appendAudit(transaction, entry, new Date());
  });
  await expect(late).rejects.toThrow();
  expect(await story.client.auditEvent.count()).toBe(before);
});
