import { afterAll, beforeAll, expect, inject, test } from "vitest";
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
import { addPasskey, removeFactor } from "./enroll";
import { confirmIdentity } from "./confirm";
import { offerRegistration } from "./passkey";

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
