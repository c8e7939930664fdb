import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { seedRealSite } from "../../../../prisma/seed";
import type { Actor } from "../../../access/actor";
import { can } from "../../../access/actor";
import { mintActor, mintForJob } from "../../../access/mint";
import { verifyRecord } from "../../../evidence/verify";
import { connect, type PrismaClient } from "../../../platform/db";
import { copyDatabase } from "../../../platform/test-database";
import { attemptSignIn, SECRET } from "../../attempt-for-tests";
import { setPassword } from "../../commands/passwords";
import { changeRole } from "../../commands/people";
import { SoftwareKey } from "../authenticator-for-tests";
import { addPasskey, removeFactor, renewRecoveryCodes } from "./enroll";
import { confirmIdentity, markConfirmed } from "./confirm";
import { offerRegistration } from "./passkey";
import { proveCode } from "./totp";

const SITE = { secret: SECRET, url: "https://callbox.example.gov", name: "Callbox" };
const PASSWORD = "copper lantern uphill 42 sparrow";
let client: PrismaClient;
beforeAll(async () => {
  const { appUrl } = await copyDatabase(inject("databases"), { empty: true });
  client = connect(appUrl);
  const agency = {
    id: "agency", code: "AG", name: "An Agency", shortName: "Agency MA",
    sender: "alerts@agency.example", web: null, jurisdictionId: "25",
  }; // prettier-ignore
  const names = { siteName: "A site", administratorName: "Ada First", administratorEmail: "ada@agency.example" };
  const token = await seedRealSite(client, { ...names, agency, translations: { name: {}, shortName: {} } }, new Date());
  expect(await setPassword(client, { token, password: PASSWORD }, new Date())).toMatchObject({ ok: true });
});
afterAll(() => client.$disconnect());

async function signIn(): Promise<Actor> {
  const result = await attemptSignIn(client, "ada@agency.example", PASSWORD);
  if (!result.ok) throw new Error(result.message);
  return (await mintActor(client, result.value.sessionId, new Date(), false))!;
}

test("the administrator of a real site can do nothing before a second factor is set up, and again after it is removed", async () => {
  const ada = await signIn();
  expect([ada.enrolling, can(ada, "people:manage"), ada.scopes.size]).toEqual([true, false, 0]);
  const grant = { personId: ada.personId, agencyId: "agency", role: "drafter" as const, grant: true };
  expect(await changeRole(client, ada, grant, new Date())).toMatchObject({ code: "not-permitted" });
  // Nothing reaches the public without one either.
  expect(await confirmIdentity(client, ada, { password: PASSWORD }, new Date(), true)).toMatchObject({
    code: "second-factor",
  });
  const key = new SoftwareKey(SITE.url);
  const answer = key.register(await offerRegistration(client, SITE, ada, new Date()));
  expect(await addPasskey(client, SITE, ada, { name: "key", answer }, new Date())).toMatchObject({ ok: true });
  const proven = (await mintForJob(client, ada.sessionKey))!;
  expect([proven.enrolling, can(proven, "people:manage")]).toEqual([false, true]);
  // The password alone is half a sign-in from now on.
  const half = await attemptSignIn(client, "ada@agency.example", PASSWORD);
  expect(half).toMatchObject({ ok: true, value: { half: true } });
  expect(await mintActor(client, half.ok ? half.value.sessionId : "", new Date(), false)).toBeNull();
  const passkeyId = key.id.toString("base64url");
  expect(await removeFactor(client, proven, { passkeyId }, new Date())).toMatchObject({ ok: true });
  expect((await mintForJob(client, ada.sessionKey))?.enrolling).toBe(true);
  expect((await verifyRecord(client, new Date())).problems).toEqual([]);
});

describe("of one's own factors", () => {
  /** A session that proved who it is at this moment. */
  const provenAt = async (actor: Actor, at: Date) => {
    await markConfirmed(client, actor, at);
    return (await mintForJob(client, actor.sessionKey))!;
  };
  const long = () => new Date(Date.now() - 5 * 60_000 - 1000);
  let ada: Actor;
  let codes: readonly string[];
  let passkeyId: string;
  beforeAll(async () => {
    const key = new SoftwareKey(SITE.url);
    passkeyId = key.id.toString("base64url");
    ada = await signIn();
    const answer = key.register(await offerRegistration(client, SITE, ada, new Date()));
    const added = await addPasskey(client, SITE, ada, { name: "key", answer }, new Date());
    codes = (added.ok && added.value.codes) || [];
    expect(codes).toHaveLength(10);
  });
  const prove = async (code: string) => {
    const half = await attemptSignIn(client, "ada@agency.example", PASSWORD);
    if (!half.ok) throw new Error(half.message);
    return proveCode(client, SECRET, { sessionId: half.value.sessionId, code, device: undefined }, new Date());
  };

  test("none is removed and no code renewed without proof in the last five minutes", async () => {
    const stale = await provenAt(ada, long());
    const refused = { ok: false, code: "confirm-first" };
    expect(await removeFactor(client, stale, { passkeyId }, new Date())).toMatchObject(refused);
    expect(await renewRecoveryCodes(client, SECRET, stale, new Date())).toMatchObject(refused);
    expect(await client.passkey.count({ where: { personId: ada.personId } })).toBe(1);
    expect(await prove(codes[0] ?? "")).toMatchObject({ ok: true });
  });

  test("new recovery codes work, and earlier ones work no more", async () => {
    const renewed = await renewRecoveryCodes(client, SECRET, await provenAt(ada, new Date()), new Date());
    const fresh = renewed.ok ? renewed.value.codes : [];
    expect([fresh.length, fresh.filter((code) => codes.includes(code)).length]).toEqual([10, 0]);
    expect(await prove(codes[1] ?? "")).toMatchObject({ code: "wrong-code" });
    expect(await prove(fresh[0] ?? "")).toMatchObject({ ok: true });
    expect((await verifyRecord(client, new Date())).problems).toEqual([]);
  });
});
