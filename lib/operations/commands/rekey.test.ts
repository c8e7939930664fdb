import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { connect, type PrismaClient } from "../../platform/db";
import { sealedAbout } from "../../people/sign-in/data";
import { hashRecoveryCode } from "../../people/sign-in/recovery";
import { providerSecretOf } from "../../people/single-sign-on/commands/providers";
import { sitePublicHex } from "../../record/site-key";
import { seal, unseal } from "../../record/site-secret";
import { rekey } from "./rekey";

const [OLD, NEW] = ["the old secret, of more than thirty-two", "the new secret, of more than thirty-two"];
const NOW = new Date();

let story: Story;
let owner: PrismaClient;
let dana: string;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  owner = connect(story.ownerUrl, { connections: 1 });
  const actor = await story.actor("dana");
  dana = actor.personId;
  const agency = await owner.agency.findFirstOrThrow({ where: { parentId: null } });
  await owner.channel.create({
    data: {
      id: "hook",
      kind: "webhook",
      name: "Hook",
      state: "exercise",
      whole: false,
      agencyId: agency.id,
      settings: {},
      secrets: seal(OLD, "channel hook", "its key"),
      createdAt: NOW,
    },
  });
  await owner.signInProvider.create({
    data: {
      id: "sso-1",
      name: "State",
      issuer: "https://id.example.gov",
      clientId: "callbox",
      clientAuth: "secret",
      settings: {},
      secrets: seal(OLD, providerSecretOf("sso-1"), "its secret"),
      state: "off",
      createdAt: NOW,
    },
  });
  await owner.authenticator.create({
    data: { personId: dana, secret: seal(OLD, sealedAbout(dana), "its seed"), createdAt: NOW, lastCounter: 7 },
  });
  await owner.recoveryCode.create({
    data: { hash: hashRecoveryCode(OLD, dana, "ABCD"), personId: dana, createdAt: NOW },
  });
});
afterAll(async () => {
  await owner.$disconnect();
  await story.client.$disconnect();
});

const held = async () => ({
  channel: (await owner.channel.findUniqueOrThrow({ where: { id: "hook" } })).secrets!,
  provider: (await owner.signInProvider.findUniqueOrThrow({ where: { id: "sso-1" } })).secrets!,
  app: (await owner.authenticator.findUniqueOrThrow({ where: { personId: dana } })).secret,
  codes: await owner.recoveryCode.count(),
  sessions: await owner.session.count({ where: { revokedAt: null } }),
  entries: await owner.auditEvent.count(),
});

const opened = (secret: string, { channel, provider, app }: Awaited<ReturnType<typeof held>>) => [
  unseal(secret, "channel hook", channel),
  unseal(secret, providerSecretOf("sso-1"), provider),
  unseal(secret, sealedAbout(dana), app),
];

/** Whether a live channel can still not be led elsewhere by one person. */
const isGuarded = () =>
  owner.channel
    .update({ where: { id: "hook" }, data: { state: "live" } })
    .then(() => false)
    .catch((error: unknown) => /one administrator asks/i.test(String(error)));

test("a wrong old secret changes nothing, and leaves the guards where they were", async () => {
  const before = await held();
  await expect(rekey(owner, { from: "some other secret of thirty-two letters", to: NEW }, NOW)).rejects.toThrow();
  expect(await held()).toEqual(before);
  expect(await isGuarded()).toBe(true);
});

test("what is sealed opens with the new secret alone; sessions and recovery codes end; the record says both keys", async () => {
  const before = await held();
  expect(before.sessions).toBeGreaterThan(0);
  const done = await rekey(owner, { from: OLD, to: NEW }, NOW);
  expect(done).toMatchObject({ sealed: 3, sessions: before.sessions, withoutCodes: 1 });
  const after = await held();
  expect(opened(NEW, after)).toEqual(["its key", "its secret", "its seed"]);
  expect(() => opened(OLD, after)).toThrow();
  expect(after).toMatchObject({ codes: 0, sessions: 0, entries: before.entries + 1 });
  // A code that was used works no second time.
  expect((await owner.authenticator.findUniqueOrThrow({ where: { personId: dana } })).lastCounter).toBe(7);
  expect(await isGuarded()).toBe(true);
  const entry = await owner.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
  expect([entry.action, entry.data]).toMatchObject([
    "site.rekeyed",
    {
      checkpointKeyBefore: sitePublicHex(OLD, "checkpoints"),
      checkpointKeyAfter: sitePublicHex(NEW, "checkpoints"),
      kitKeyAfter: sitePublicHex(NEW, "offline kit"),
    },
  ]);
  expect(JSON.stringify([entry.summary, entry.data])).not.toMatch(/its (?:key|seed|secret)|secret, of more/);
  expect((await verifyRecord(owner, NOW)).problems).toEqual([]);
});
