import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { closeStory, openStory, placesNamed, readStory, type Story } from "../../../alerts/story-for-tests";
import type { Actor } from "../../../access/actor";
import { can } from "../../../access/actor";
import { mintForJob } from "../../../access/mint";
import { setAgencyRule } from "../../../directory/commands/agency-rules";
import { verifyRecord } from "../../../evidence/verify";
import { callOffExercise, planExercise } from "../../../exercises/commands/plan";
import { planSchema } from "../../../exercises/schema";
import { connect } from "../../../platform/db";
import { setAlternates } from "../../commands/alternates";
import { findSetupLink, setPassword } from "../../commands/passwords";
import { changeRole, invitePerson, renewSetupLink, setPersonDisabled } from "../../commands/people";
import { endAccess } from "../../commands/leave";
import { markConfirmed } from "../../sign-in/commands/confirm";
import { listRequests } from "../data";
import { type AskAccess, REQUEST_MS } from "../schema";
import { askAccess } from "./ask";
import { decideAccess } from "./decide";
import { grantByOperator, renewLinkByOperator } from "./operator";

let story: Story;
let app: Client;
let sam: Actor;
let nora: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  // Lists read through the connection of the process.
  readStory(story);
  app = new Client(story.appUrl);
  await app.connect();
  [sam, nora] = [await proven("sam"), await proven("nora")];
});
afterAll(async () => {
  await app.end();
  await closeStory(story);
});

async function proven(who: string): Promise<Actor> {
  const actor = await story.actor(who);
  await markConfirmed(story.client, actor, new Date());
  return (await mintForJob(story.client, actor.sessionKey))!;
}
const APPROVER = { kind: "role", personId: "demo-mei", agencyId: "boston", role: "approver" } as const;
const ask = (by: Actor, input: Omit<AskAccess, "reason">, now = new Date()) =>
  askAccess(story.client, by, { reason: "Nights need a third one.", ...input }, now);
const decide = (by: Actor, id: string, decision: "confirm" | "decline" | "withdraw", now = new Date()) =>
  decideAccess(story.client, by, { id, decision }, now);
const roles = async (personId: string) =>
  (await story.client.membership.findMany({ where: { personId } })).map(({ agencyId, role }) => `${agencyId} ${role}`);
async function asked(by: Actor, input: Omit<AskAccess, "reason">, now = new Date()): Promise<string> {
  const result = await ask(by, input, now);
  if (!result.ok) throw new Error(result.message);
  return result.value.id;
}

describe("approver and administrator", () => {
  test("are not given by one, in any way the console has", async () => {
    const grant = { personId: "demo-mei", agencyId: "boston", role: "approver" as const, grant: true };
    expect(await changeRole(story.client, sam, grant, new Date())).toMatchObject({ code: "two-people" });
    const invited = await invitePerson(
      story.client,
      sam,
      { name: "Joan", email: "joan@callbox.example", agencyId: "boston", roles: ["drafter", "administrator"] },
      new Date(),
    );
    expect(invited).toMatchObject({ ok: true, value: { waiting: ["administrator"] } });
    expect(await roles(invited.ok ? invited.value.personId : "")).toEqual(["boston drafter"]);
    const rule = { agencyId: "boston", rule: "emergencyRelease" as const, on: true };
    expect(await setAgencyRule(story.client, sam, rule, new Date())).toMatchObject({ code: "two-people" });
  });

  test("are asked for with proof of who asks, confirmed by another administrator, and on record with both", async () => {
    const unproven = await story.actor("sam");
    expect(await ask(unproven, APPROVER)).toMatchObject({ code: "confirm-first" });
    const id = await asked(sam, APPROVER);
    expect(await ask(sam, APPROVER)).toMatchObject({ code: "taken" });
    expect((await listRequests(nora, new Date())).find((one) => one.id === id)).toMatchObject({
      title: "Make Mei Tanaka an approver of Boston, Massachusetts, Police Department",
      isMine: false,
    });
    expect(await decide(sam, id, "confirm")).toMatchObject({ code: "two-people" });
    expect(await decide(await story.actor("nora"), id, "confirm")).toMatchObject({ code: "confirm-first" });
    expect(await decide(await story.actor("dana"), id, "confirm")).toMatchObject({ code: "not-found" });
    expect(await roles("demo-mei")).toEqual(["state-911 auditor"]);
    expect(await decide(nora, id, "confirm")).toMatchObject({ ok: true });
    expect((await roles("demo-mei")).sort()).toEqual(["boston approver", "state-911 auditor"]);
    expect(can(await story.actor("mei"), "alert:approve", "boston")).toBe(true);
    const entry = await story.client.auditEvent.findFirstOrThrow({
      where: { action: "role.granted" },
      orderBy: { seq: "desc" },
    });
    expect(entry).toMatchObject({ actorId: "demo-nora", agencyId: "boston" });
    expect(entry.summary).toBe("Gave Mei Tanaka the role approver. Sam Okafor asked, Nora Quinn confirmed.");
    expect(await decide(nora, id, "confirm")).toMatchObject({ code: "gone" });
  });

  test("wait no longer once they were taken back, declined, or a week is over", async () => {
    const grant = { ...APPROVER, personId: "demo-tess" };
    const first = await asked(sam, grant);
    expect(await decide(nora, first, "withdraw")).toMatchObject({ code: "not-permitted" });
    expect(await decide(sam, first, "withdraw")).toMatchObject({ ok: true });
    expect(await decide(nora, first, "confirm")).toMatchObject({ code: "gone" });
    const second = await asked(sam, grant);
    expect(await decide(nora, second, "decline")).toMatchObject({ ok: true });
    const third = await asked(sam, grant);
    const late = new Date(Date.now() + REQUEST_MS + 1000);
    expect(await decide(nora, third, "confirm", late)).toMatchObject({ code: "gone" });
    await markConfirmed(story.client, sam, late);
    expect(await ask(sam, grant, late)).toMatchObject({ ok: true });
    await markConfirmed(story.client, sam, new Date());
    expect(await roles("demo-tess")).toEqual(["state-911 steward"]);
  });

  test("are confirmed by nobody for themselves", async () => {
    expect(await ask(sam, { ...APPROVER, personId: "demo-sam" })).toMatchObject({ code: "own-account" });
    const id = await asked(sam, { ...APPROVER, personId: "demo-nora" });
    expect(await decide(nora, id, "confirm")).toMatchObject({ code: "own-account" });
    expect(await decide(sam, id, "withdraw")).toMatchObject({ ok: true });
  });
});

test("an account that may approve is let in again by two, and its second factor reset by two", async () => {
  const luis = "demo-luis";
  expect(await setPersonDisabled(story.client, sam, { personId: luis, disabled: true }, new Date())).toMatchObject({
    ok: true,
  });
  const enable = { personId: luis, disabled: false };
  expect(await setPersonDisabled(story.client, nora, enable, new Date())).toMatchObject({ code: "two-people" });
  expect(await decide(nora, await asked(sam, { kind: "restore", personId: luis }), "confirm")).toMatchObject({
    ok: true,
  });
  expect((await story.client.person.findUniqueOrThrow({ where: { id: luis } })).disabledAt).toBeNull();

  expect(await ask(sam, { kind: "factor-reset", personId: luis })).toMatchObject({ code: "same" });
  await story.client.passkey.create({
    data: { id: "k", personId: luis, name: "k", publicKey: new Uint8Array(1), transports: [], createdAt: new Date() },
  });
  const reset = await asked(sam, { kind: "factor-reset", personId: luis });
  expect(await decide(sam, reset, "confirm")).toMatchObject({ code: "two-people" });
  expect(await decide(nora, reset, "confirm")).toMatchObject({ ok: true });
  expect(await story.client.passkey.count({ where: { personId: luis } })).toBe(0);
});

describe("a one-time link to an account that may approve or administer", () => {
  const works = async (token: string | null) =>
    token !== null && (await findSetupLink(story.client, token, new Date())) !== null;
  const confirmed = async (id: string) => {
    const result = await decide(nora, id, "confirm");
    if (!result.ok) throw new Error(result.message);
    return result.value.token;
  };
  const LUIS = { personId: "demo-luis" };

  test("is made by two, whether the person has a second factor or not, and shown to whoever confirms", async () => {
    for (const step of ["granted", "reset"]) {
      if (step === "reset") {
        const key = { id: "l", name: "l", publicKey: new Uint8Array(1), transports: [], createdAt: new Date() };
        await story.client.passkey.create({ data: { ...key, ...LUIS } });
        const before = await confirmed(await asked(sam, { kind: "link", ...LUIS }));
        await confirmed(await asked(sam, { kind: "factor-reset", ...LUIS }));
        expect(await works(before)).toBe(false);
      }
      expect(await renewSetupLink(story.client, sam, LUIS, new Date()), step).toMatchObject({ code: "two-people" });
      const id = await asked(sam, { kind: "link", ...LUIS });
      expect(await decide(sam, id, "confirm")).toMatchObject({ code: "two-people" });
      expect(await decide(await story.actor("nora"), id, "confirm")).toMatchObject({ code: "confirm-first" });
      const first = await confirmed(id);
      expect(await works(first)).toBe(true);
      const second = await confirmed(await asked(sam, { kind: "link", ...LUIS }));
      expect([await works(first), await works(second)]).toEqual([false, true]);
    }
    const { summary } = await story.client.auditEvent.findFirstOrThrow({
      where: { action: "person.invited" },
      orderBy: { seq: "desc" },
    });
    expect(summary).toMatch(
      /^Made a new one-time link for Luis .*; earlier ones ended. Sam Okafor asked, Nora Quinn c/,
    );
    expect(await ask(sam, { kind: "link", personId: "demo-gil" })).toMatchObject({ code: "same" });
  });

  test("that the asker still knows ends with the grant, and whoever confirmed it is shown a new one", async () => {
    const input = { name: "Nell", email: "nell@callbox.example", agencyId: "boston", roles: ["approver" as const] };
    const invited = await invitePerson(story.client, sam, input, new Date());
    if (!invited.ok) throw new Error(invited.message);
    const { personId, token: known } = invited.value;
    expect(await works(known)).toBe(true);
    const { id } = await story.client.accessRequest.findFirstOrThrow({ where: { personId } });
    const shown = await confirmed(id);
    expect([await works(known), await works(shown)]).toEqual([false, true]);
    const password = "copper lantern uphill 42 sparrow";
    expect(await setPassword(story.client, { token: known, password }, new Date())).toMatchObject({
      code: "link-ended",
    });
    // And the asker gets no other one by a plain role that moves the account.
    const above = { personId, agencyId: "state-911", role: "auditor" as const, grant: true };
    expect(await changeRole(story.client, sam, above, new Date())).toMatchObject({ ok: true, value: { token: null } });
    expect(await works(shown)).toBe(false);
  });

  test("that the asker used before the grant gives no way in afterwards: password, passkeys and sessions end, and the app stays", async () => {
    const { client } = story;
    const input = { name: "Otto", email: "otto@callbox.example", agencyId: "boston", roles: ["drafter", "approver"] as const }; // prettier-ignore
    const invited = await invitePerson(client, sam, input, new Date());
    if (!invited.ok) throw new Error(invited.message);
    const { personId, token } = invited.value;
    const password = "copper lantern uphill 42 sparrow";
    expect(await setPassword(client, { token, password }, new Date())).toMatchObject({ ok: true });
    const now = { createdAt: new Date() };
    await client.passkey.create({
      data: { id: "otto", personId, name: "o", publicKey: new Uint8Array(1), transports: [], ...now },
    });
    await client.authenticator.create({ data: { personId, secret: "sealed", confirmedAt: new Date(), ...now } });
    const { id } = await client.accessRequest.findFirstOrThrow({ where: { personId } });
    const shown = await confirmed(id);
    expect(await works(shown)).toBe(true);
    const left = await client.person.findUniqueOrThrow({
      where: { id: personId },
      include: { passkeys: true, authenticator: true },
    });
    expect([left.passwordHash, left.passkeys.length, left.authenticator !== null]).toEqual([null, 0, true]);
    const { summary } = await client.auditEvent.findFirstOrThrow({
      where: { action: "role.granted" },
      orderBy: { seq: "desc" },
    });
    expect(summary).toContain(
      "Another administrator had made a link to this account, so its password, passkeys and sessions ended.",
    );
    // What the person sets up from then on is the person's: a further role ends nothing of it.
    expect(await setPassword(client, { token: shown ?? "", password }, new Date())).toMatchObject({ ok: true });
    const more = { kind: "role", personId, agencyId: "boston", role: "administrator" } as const;
    expect(await confirmed(await asked(sam, more))).toBeNull();
    expect((await client.person.findUniqueOrThrow({ where: { id: personId } })).passwordHash).not.toBeNull();
  });

  test("of a drafter takes two as well where one person may release an alert", async () => {
    const dana = { personId: "demo-dana" };
    const sure = await proven("sam");
    const alone = await renewSetupLink(story.client, sure, dana, new Date());
    expect(await works(alone.ok ? alone.value.token : null)).toBe(true);
    await confirmed(await asked(sam, { kind: "emergency-release", agencyId: "state-911" }));
    expect(await works(alone.ok ? alone.value.token : null)).toBe(false);
    expect(await renewSetupLink(story.client, sure, dana, new Date())).toMatchObject({ code: "two-people" });
    expect(await works(await confirmed(await asked(sam, { kind: "link", ...dana })))).toBe(true);
  });
});

describe("the database refuses, whoever writes past the console", () => {
  const attempt = async (...statements: string[]) => {
    try {
      await app.query("begin");
      for (const statement of statements) await app.query(statement);
      return "nothing refused it";
    } catch (error) {
      const { constraint, code, message } = error as { constraint?: string; code?: string; message: string };
      return constraint ?? (code === "42501" ? "permission denied" : message);
    } finally {
      await app.query("rollback");
    }
  };
  const request = (asker: string, state = "waiting", more = "") =>
    `insert into "AccessRequest" (id, kind, "personId", "agencyId", role, "askedById", "askedBy", "askedAt", state${more ? `, ${more.split("=")[0]}` : ""})
     values ('r', 'role', 'demo-karen', 'boston', 'approver', ${asker}, 'x', now(), '${state}'${more ? `, ${more.split("=")[1]}` : ""})`;
  const confirm = (by: string) =>
    `update "AccessRequest" set state = 'confirmed', "decidedById" = '${by}', "decidedAt" = now() where id = 'r'`;
  const grant = `insert into "Membership" values ('demo-karen', 'boston', 'approver')`;
  const link = (by: string) =>
    `insert into "SetupLink" ("tokenHash", "personId", "madeById", "expiresAt") values ('t', 'demo-luis', '${by}', now() + interval '1 hour')`;
  const linkRequest = `insert into "AccessRequest" (id, kind, "personId", "agencyId", "askedById", "askedBy", "askedAt", state)
     values ('r', 'link', 'demo-luis', 'boston', 'demo-sam', 'x', now(), 'waiting')`;

  test.each<[string, string[], string]>([
    ["a role that nobody asked for", [grant], "a_sensitive_role_takes_two_people"],
    ["a role that only one asked for", [request("'demo-sam'"), grant], "a_sensitive_role_takes_two_people"],
    ["one's own confirmation", [request("'demo-sam'"), confirm("demo-sam")], "access_takes_two_people"],
    ["a confirmation by no administrator", [request("'demo-sam'"), confirm("demo-dana")], "access_takes_two_people"],
    ["a request by no administrator", [request("'demo-dana'")], "access_takes_two_people"],
    ["a request that is born confirmed", [request("'demo-sam'", "confirmed")], "access_takes_two_people"],
    [
      "a grant in the operator's name",
      [request("null", "confirmed", `"byOperator"=true`), grant],
      "access_takes_two_people",
    ],
    [
      "a role by turning one into another",
      [`update "Membership" set role = 'approver' where "personId" = 'demo-karen'`],
      "permission denied",
    ],
    [
      "the use of a confirmation for another role",
      [
        request("'demo-sam'"),
        confirm("demo-nora"),
        `insert into "Membership" values ('demo-karen', 'boston', 'administrator')`,
      ],
      "a_sensitive_role_takes_two_people",
    ],
    [
      "letting an approver in again",
      [
        `update "Person" set "disabledAt" = now() where id = 'demo-ruth'`,
        `update "Person" set "disabledAt" = null where id = 'demo-ruth'`,
      ],
      "restoring_takes_two_people",
    ],
    [
      "release by one person",
      [`update "Agency" set "emergencyRelease" = true where id = 'boston'`],
      "emergency_release_takes_two_people",
    ],
    ["a link to an approver, by one", [link("demo-sam")], "a_link_to_power_takes_two_people"],
    [
      "a confirmed link in the asker's name",
      [linkRequest, confirm("demo-nora"), link("demo-sam")],
      "a_link_to_power_takes_two_people",
    ],
    ["a link of whoever confirmed it", [linkRequest, confirm("demo-nora"), link("demo-nora")], "nothing refused it"],
    ["forgetting who asked", [`delete from "AccessRequest"`], "permission denied"],
    ["two who are administrators", [request("'demo-sam'"), confirm("demo-nora"), grant], "nothing refused it"],
  ])("%s", async (_, statements, why) => expect(await attempt(...statements)).toBe(why));

  test("a confirmation is good for one transaction", async () => {
    await app.query(request("'demo-sam'"));
    await app.query(confirm("demo-nora"));
    expect(await attempt(grant)).toBe("a_sensitive_role_takes_two_people");
    expect(await attempt(`update "AccessRequest" set state = 'confirmed' where id = 'r'`)).toBe(
      "access_takes_two_people",
    );
    // Of this hand-made row the record knows nothing; the owner takes it away.
    const owner = new Client(story.ownerUrl);
    await owner.connect();
    await owner.query(`alter table "AccessRequest" disable trigger an_access_request_is_kept`);
    await owner.query(`delete from "AccessRequest" where id = 'r'`);
    await owner.query(`alter table "AccessRequest" enable trigger an_access_request_is_kept`);
    await owner.end();
  });
});

test("whoever runs the machine grants the second administrator, on record as such; the console cannot", async () => {
  const input = { email: "tess@callbox.example", role: "administrator" as const, agencyId: "state-911" };
  await expect(grantByOperator(story.client, input, new Date())).rejects.toThrow(/operator of the machine/);
  const owner = connect(story.ownerUrl);
  expect(await grantByOperator(owner, input, new Date())).toMatchObject({ ok: true, value: { token: null } });
  expect(await grantByOperator(owner, input, new Date())).toMatchObject({ code: "same" });
  await owner.$disconnect();
  const entry = await story.client.auditEvent.findFirstOrThrow({
    where: { action: "role.granted" },
    orderBy: { seq: "desc" },
  });
  expect(entry).toMatchObject({ actorId: null, data: { byOperator: true } });
  expect(entry.summary).toContain("On the command line, by the operator of the machine");
});

test("who leaves loses everything in one act, and what waits with it; the record verifies", async () => {
  const { client } = story;
  const now = new Date();
  const personId = "demo-ruth";
  const open = { personId, createdAt: now };
  // One of each: roles, a session, an app, a passkey, recovery codes, a link to a provider, a one-time link …
  await decide(nora, await asked(sam, { ...APPROVER, personId, role: "administrator" }), "confirm");
  const ruth = await story.actor("ruth");
  await client.authenticator.create({ data: { ...open, secret: "sealed", confirmedAt: now } });
  await client.passkey.create({
    data: { ...open, id: "ruth", name: "key", publicKey: new Uint8Array(1), transports: [] },
  });
  await client.recoveryCode.create({ data: { ...open, hash: "h" } });
  const issuer = "https://login.example.gov";
  await client.linkedSignIn.create({ data: { ...open, issuer, subject: "ruth", provider: "State" } });
  const link = await decide(nora, await asked(sam, { kind: "link", personId }), "confirm");
  const token = link.ok ? (link.value.token ?? "") : "";
  expect(await findSetupLink(client, token, now)).not.toBeNull();
  // … what waits about and from the person, a place as an alternate, and parts in exercises, one of them over.
  await asked(sam, { ...APPROVER, personId, agencyId: "granby" });
  const channel = {
    id: "c",
    agencyId: "boston",
    kind: "webhook",
    name: "Desk",
    state: "off",
    settings: {},
    createdAt: now,
  };
  const provider = {
    id: "p",
    name: "State",
    issuer,
    clientId: "x",
    clientAuth: "none",
    settings: {},
    state: "off",
    createdAt: now,
  };
  await client.channel.create({ data: channel });
  await client.signInProvider.create({ data: provider });
  const ask = { askedById: personId, askedBy: "Ruth", askedAt: now };
  await client.channel.update({ where: { id: "c" }, data: ask });
  await client.signInProvider.update({ where: { id: "p" }, data: ask });
  const sure = await proven("sam");
  await setAlternates(client, sure, { agencyId: "state-911", minutes: 5, personIds: ["demo-luis", personId] }, now);
  const exercises: string[] = [];
  for (const title of ["To come", "Over"]) {
    const startsAt = new Date(now.getTime() + 3_600_000).toISOString();
    const plan = await planExercise(client, await story.actor("gil"), planSchema.parse({
      change: null, agencyId: "granby", title, startsAt, brief: "Calls to 911 do not get through.", failure: "full",
      textTo911: "fails", placeIds: await placesNamed(client, "Granby"), injects: [],
      players: [{ personId: "demo-gil", part: "declares" }, { personId: "demo-gil", part: "drafts" }, { personId, part: "approves" }],
      targets: { declared: 5, submitted: 2, published: 3, update: null },
    }), now); // prettier-ignore
    if (!plan.ok) throw new Error(JSON.stringify(plan));
    exercises.push(plan.value.id);
  }
  const [toCome = "", over = ""] = exercises;
  await callOffExercise(client, await story.actor("gil"), { id: over, why: "No time for it." }, now);

  expect(await endAccess(client, await story.actor("sam"), { personId }, now)).toMatchObject({ code: "confirm-first" });
  const left = async () => ({
    roles: await client.membership.count({ where: { personId } }),
    sessions: await client.session.count({ where: { personId, revokedAt: null } }),
    apps: await client.authenticator.count({ where: { personId } }),
    passkeys: await client.passkey.count({ where: { personId } }),
    codes: await client.recoveryCode.count({ where: { personId } }),
    links: await client.setupLink.count({ where: { personId, usedAt: null } }),
    providers: await client.linkedSignIn.count({ where: { personId, endedAt: null } }),
    waiting: await client.accessRequest.count({
      where: { state: "waiting", OR: [{ personId }, { askedById: personId }] },
    }),
    channels: await client.channel.count({ where: { askedById: personId, state: { not: "live" } } }),
    turning: await client.signInProvider.count({ where: { askedById: personId, state: { not: "on" } } }),
    alternate: await client.agencyAlternate.count({ where: { personId } }),
    parts: await client.exercisePlayer.count({ where: { personId, exerciseId: toCome } }),
  });
  const before = await left();
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
  const leftAt = new Date();
  expect(await endAccess(client, sure, { personId }, leftAt)).toMatchObject({ ok: true });
  expect(await left()).toEqual(Object.fromEntries(Object.keys(before).map((what) => [what, 0])));
  expect(await mintForJob(client, ruth.sessionKey)).toBeNull();
  expect(await findSetupLink(client, token, now)).toBeNull();
  expect(await client.person.findUnique({ where: { id: personId } })).toMatchObject({
    passwordHash: null,
    disabledAt: leftAt,
  });
  // What was called off stays as it was planned; and nobody else's place is touched.
  expect(await client.exercisePlayer.count({ where: { personId, exerciseId: over } })).toBe(1);
  expect(await client.agencyAlternate.count({ where: { personId: "demo-luis" } })).toBe(1);
  const { problems } = await verifyRecord(story.client, new Date());
  // What was made by hand ended on record, so nothing is left over.
  expect(problems).toEqual([]);
});

test("whoever runs the machine makes a link for one of two administrators, on record as such, and leaves the second factor; the console cannot", async () => {
  const { client } = story;
  const input = { email: "nora@callbox.example" };
  await expect(renewLinkByOperator(client, input, new Date())).rejects.toThrow(/takes two administrators/);
  const app = { personId: "demo-nora", secret: "sealed", createdAt: new Date(), confirmedAt: new Date() };
  await client.authenticator.create({ data: app });
  const owner = connect(story.ownerUrl);
  const made = await renewLinkByOperator(owner, input, new Date());
  if (!made.ok) throw new Error(made.message);
  const entry = await client.auditEvent.findFirstOrThrow({
    where: { action: "person.invited" },
    orderBy: { seq: "desc" },
  });
  expect(entry).toMatchObject({ actorId: null, subjectId: "demo-nora", data: { byOperator: true } });
  expect(entry.summary).toContain("On the command line, by the operator of the machine");
  const password = "copper lantern uphill 42 sparrow";
  const set = await setPassword(owner, { token: made.value.token, password }, new Date());
  expect(set).toMatchObject({ ok: true, value: { personId: "demo-nora" } });
  expect(await client.authenticator.count({ where: { personId: "demo-nora" } })).toBe(1);
  for (const [email, code] of [
    ["nobody@callbox.example", "not-found"],
    ["gone@callbox.example", "gone"],
    ["roleless@callbox.example", "no-role"],
  ] as const) {
    if (code !== "not-found")
      await client.person.create({
        data: {
          name: email,
          email,
          homeAgencyId: "boston",
          createdAt: new Date(),
          disabledAt: code === "gone" ? new Date() : null,
        },
      });
    expect(await renewLinkByOperator(owner, { email }, new Date())).toMatchObject({ ok: false, code });
  }
  await owner.$disconnect();
});
