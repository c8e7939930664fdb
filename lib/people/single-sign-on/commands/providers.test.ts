import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../../alerts/story-for-tests";
import type { Actor } from "../../../access/actor";
import { mintForJob } from "../../../access/mint";
import { verifyRecord } from "../../../evidence/verify";
import { unseal } from "../../../record/site-secret";
import { SECRET } from "../../attempt-for-tests";
import { markConfirmed } from "../../sign-in/commands/confirm";
import { type ProviderForm, providerFormSchema } from "../schema";
import { askProvider, confirmProvider, endProviderAsk, providerSecretOf, removeProvider, saveProvider, turnProviderOff } from "./providers"; // prettier-ignore

const SITE = { secret: SECRET, host: "callbox.example.gov" };
const FORM = {
  name: "The State",
  issuer: "https://login.example.gov",
  clientId: "console",
  clientAuth: "secret",
  secret: "a client secret",
  prompt: "",
} satisfies ProviderForm;

let story: Story;
let owner: Client;
let sam: Actor;
let nora: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  owner = new Client(story.ownerUrl);
  await owner.connect();
  [sam, nora] = [await proven("sam"), await proven("nora")];
});
afterAll(async () => {
  await owner.end();
  await story.client.$disconnect();
});

async function proven(who: string): Promise<Actor> {
  const actor = await story.actor(who);
  await markConfirmed(story.client, actor, new Date());
  return (await mintForJob(story.client, actor.sessionKey))!;
}
const save = (by: Actor, more: Partial<ProviderForm> = {}) =>
  saveProvider(story.client, SITE, by, providerFormSchema.parse({ ...FORM, ...more }), new Date());
const row = (id: string) => story.client.signInProvider.findUniqueOrThrow({ where: { id } });

/** One that is on. */
async function turnedOn(): Promise<string> {
  const saved = await save(sam);
  if (!saved.ok) throw new Error(saved.message);
  const { id } = saved.value;
  await askProvider(story.client, sam, { id }, new Date());
  const given = { id, askedAt: (await row(id)).askedAt!.getTime() };
  expect(await confirmProvider(story.client, nora, given, new Date())).toMatchObject({ ok: true });
  return id;
}

describe("a provider", () => {
  test("is set up by an administrator of the agency at the top, who proved a moment ago who it is", async () => {
    expect(await save(await proven("dana"))).toMatchObject({ code: "not-permitted" });
    expect(await save(await story.actor("sam"))).toMatchObject({ code: "confirm-first" });
    await owner.query(`insert into "AccessRequest" (id, kind, "personId", "agencyId", role, "byOperator", "askedBy", "askedAt", state, "decidedAt")
      values ('op', 'role', 'demo-gil', 'granby', 'administrator', true, 'operator', now(), 'confirmed', now());
      insert into "Membership" values ('demo-gil', 'granby', 'administrator')`);
    expect(await save(await proven("gil"))).toMatchObject({ code: "not-permitted" });
    expect(await story.client.signInProvider.count()).toBe(0);
  });

  test("keeps its secret sealed, and the one it has when none is given", async () => {
    const saved = await save(sam);
    const id = saved.ok ? saved.value.id : "";
    const before = await row(id);
    expect(before.secrets).not.toContain("a client secret");
    expect(unseal(SECRET, providerSecretOf(id), before.secrets!)).toBe(`{"secret":"a client secret"}`);
    expect(() => unseal(SECRET, providerSecretOf("sso-9"), before.secrets!)).toThrow();
    expect(await save(sam, { id, secret: "", name: "Another name" })).toMatchObject({
      ok: true,
      value: { waits: false },
    });
    expect((await row(id)).secrets).toBe(before.secrets);
    expect(await save(sam, { id, clientAuth: "key", secret: "" })).toMatchObject({ ok: true });
    const keyed = await row(id);
    expect(keyed.certificate).toContain("BEGIN CERTIFICATE");
    // The same key as long as it is one with a key, so that what was registered stays right.
    await save(sam, { id, clientAuth: "key", secret: "", acrValues: "a" });
    expect((await row(id)).certificate).toBe(keyed.certificate);
    expect(await save(sam, { id, secret: "" })).toMatchObject({ fields: { secret: /client secret/ } });
    const entries = await story.client.auditEvent.findMany({ where: { subjectId: id } });
    expect(JSON.stringify(entries, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value))).not.toContain("a client secret"); // prettier-ignore
  });

  test.each<[Partial<ProviderForm>, string, RegExp]>([
    [{ issuer: "http://login.example.gov" }, "issuer", /https/],
    [{ issuer: "https://192.168.0.1" }, "issuer", /not on the public internet/],
    [{ issuer: "https://me@login.example.gov" }, "issuer", /user name/],
    [{ groups: "duty" }, "groups", /Line 1: write the group/],
    [{ groups: "duty = drafter, MA911\nduty = king, MA911" }, "groups", /Line 2: there is no role “king”/],
    [{ groups: "duty = drafter, NOWHERE" }, "groups", /no agency with the code NOWHERE/],
    [{ groups: "duty = drafter, MA911" }, "groupsClaim", /claim/],
  ])("with %j is refused beside the field, and nothing is written", async (more, field, says) => {
    const count = await story.client.signInProvider.count();
    const refused = await save(sam, more);
    expect(refused).toMatchObject({ ok: false, code: "invalid" });
    expect(refused.ok ? "" : refused.fields?.[field]).toMatch(says);
    expect(await story.client.signInProvider.count()).toBe(count);
  });

  test("is turned on by two, each after proof, and off by one", async () => {
    const saved = await save(sam);
    const id = saved.ok ? saved.value.id : "";
    expect(await askProvider(story.client, await story.actor("sam"), { id }, new Date())).toMatchObject({ code: "confirm-first" }); // prettier-ignore
    await askProvider(story.client, sam, { id }, new Date());
    const given = { id, askedAt: (await row(id)).askedAt!.getTime() };
    expect(await confirmProvider(story.client, sam, given, new Date())).toMatchObject({ code: "own-request" });
    expect(await confirmProvider(story.client, await story.actor("nora"), given, new Date())).toMatchObject({ code: "confirm-first" }); // prettier-ignore
    expect(await confirmProvider(story.client, nora, { id, askedAt: 1 }, new Date())).toMatchObject({ code: "gone" });
    expect(await endProviderAsk(story.client, nora, { id }, new Date())).toMatchObject({ ok: true });
    expect(await confirmProvider(story.client, nora, given, new Date())).toMatchObject({ code: "gone" });
    await askProvider(story.client, sam, { id }, new Date());
    const again = { id, askedAt: (await row(id)).askedAt!.getTime() };
    expect(await confirmProvider(story.client, nora, again, new Date())).toMatchObject({ ok: true });
    expect(await turnProviderOff(story.client, sam, { id }, new Date())).toMatchObject({ ok: true });
    expect((await row(id)).state).toBe("off");
    expect(await removeProvider(story.client, sam, { id }, new Date())).toMatchObject({ ok: true });
    expect((await row(id)).secrets).toBeNull();
  });

  test("is confirmed within seven days, while whoever asked still administers the agency at the top", async () => {
    const saved = await save(sam);
    const id = saved.ok ? saved.value.id : "";
    const turn = () =>
      story.client.signInProvider.update({
        where: { id },
        data: { state: "on", confirmedById: "demo-nora", confirmedBy: "N", confirmedAt: new Date() },
      });
    const long = new Date(Date.now() - 7 * 86_400_000);
    const ask = { askedById: "demo-sam", askedBy: "Sam", askedAt: long };
    await story.client.signInProvider.update({ where: { id }, data: ask });
    const given = { id, askedAt: long.getTime() };
    expect(await confirmProvider(story.client, nora, given, new Date())).toMatchObject({ code: "gone" });
    await expect(turn()).rejects.toThrow(/within seven days/);
    expect(await askProvider(story.client, sam, { id }, new Date())).toMatchObject({ ok: true });
    await story.client.signInProvider.update({
      where: { id },
      data: { askedById: "demo-dana", askedBy: "Dana", askedAt: new Date() },
    });
    await expect(turn()).rejects.toThrow(/One administrator of the agency at the top asks/);
    expect(await endProviderAsk(story.client, nora, { id }, new Date())).toMatchObject({ ok: true });
  });

  test("that is changed is off until another administrator confirms what it is now; a new name is no such change", async () => {
    const id = await turnedOn();
    expect(await save(sam, { id, secret: "", name: "Renamed" })).toMatchObject({ value: { waits: false } });
    expect((await row(id)).state).toBe("on");
    for (const more of [
      { issuer: "https://other.example.gov" },
      { secret: "another secret" },
      { factorValues: "mfa" },
    ]) {
      const before = await turnedOn();
      expect(await save(nora, { id: before, secret: "", ...more })).toMatchObject({ value: { waits: true } });
      expect(await row(before)).toMatchObject({ state: "off", askedBy: "Nora Quinn", confirmedBy: null });
    }
  });
});

describe("the database holds the same", () => {
  test.each([
    ["on from the start", `insert into "SignInProvider" select 'x', name, issuer, "clientId", "clientAuth", settings, secrets, certificate, 'on', now(), null, 'demo-sam', 'Sam', now(), 'demo-nora', 'Nora', now() from "SignInProvider" limit 1`, "a_provider_is_turned_on_by_two_people"],
    ["on without anyone", `update "SignInProvider" set state = 'on' where id = 'OFF'`, "a_provider_is_turned_on_by_two_people"],
    ["on by one", `update "SignInProvider" set state = 'on', "askedById" = 'demo-sam', "askedBy" = 'Sam', "askedAt" = now(), "confirmedById" = 'demo-sam', "confirmedBy" = 'Sam', "confirmedAt" = now() where id = 'OFF'`, "a_provider_is_turned_on_by_two_people"],
    ["on by someone who is no administrator", `update "SignInProvider" set "askedById" = 'demo-sam', "askedBy" = 'Sam', "askedAt" = '2026-01-01' where id = 'OFF'; update "SignInProvider" set state = 'on', "confirmedById" = 'demo-dana', "confirmedBy" = 'Dana', "confirmedAt" = now() where id = 'OFF'`, "a_provider_is_turned_on_by_two_people"],
    ["another issuer while it is on", `update "SignInProvider" set issuer = 'https://evil.example' where id = 'ON'`, "a_provider_changes_by_two_people"],
    ["values that count as a second factor while it is on", `update "SignInProvider" set settings = '{"factorValues":["pwd"]}' where id = 'ON'`, "a_provider_changes_by_two_people"],
    ["other people in its history", `update "SignInProvider" set "askedById" = 'demo-dana' where id = 'ON'`, "a_provider_is_turned_on_by_two_people"],
    ["a link brought back", `insert into "LinkedSignIn" values ('i', 's', 'demo-dana', 'x', now(), null, now()); update "LinkedSignIn" set "endedAt" = null`, "a_link_that_ended_stays_ended"],
    ["a link of nobody", `insert into "LinkedSignIn" values ('', 's', 'demo-dana', 'x', now())`, "a_link_names_issuer_and_subject"],
  ])("%s", async (_, sql, name) => {
    const [on, off] = [await turnedOn(), await save(sam)];
    const statement = sql.replaceAll("'ON'", `'${on}'`).replaceAll("'OFF'", `'${off.ok ? off.value.id : ""}'`);
    await expect(owner.query(statement)).rejects.toMatchObject({ constraint: name });
  }); // prettier-ignore

  test("a link that was slipped in by hand is found by verification", async () => {
    const link = (sql: string) => owner.query(sql);
    expect((await verifyRecord(story.client, new Date())).problems.filter((line) => line.includes("demo-mei"))).toEqual([]); // prettier-ignore
    await link(`insert into "LinkedSignIn" values ('https://evil.example', 'me', 'demo-mei', 'x', now())`);
    const { problems } = await verifyRecord(story.client, new Date());
    expect(problems.join("\n")).toContain("demo-mei");
  });
});
