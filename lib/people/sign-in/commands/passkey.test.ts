import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../../alerts/story-for-tests";
import type { Actor } from "../../../access/actor";
import { mintActor, mintForJob } from "../../../access/mint";
import { verifyRecord } from "../../../evidence/verify";
import { SECRET } from "../../attempt-for-tests";
import { type Lies, SoftwareKey } from "../authenticator-for-tests";
import { CHALLENGE_MS } from "../challenge";
import { isConfirmed, markConfirmed } from "./confirm";
import { addPasskey, removeFactor } from "./enroll";
import { confirmByPasskey, offerPasskeys, offerRegistration, signInByPasskey } from "./passkey";

const SITE = { secret: SECRET, url: "https://callbox.example.gov", name: "Callbox" };
const FROM = { browser: "Chrome on Linux", place: "203.0.113.0/24" };

let story: Story;
let key: SoftwareKey;
let luis: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  key = new SoftwareKey(SITE.url);
  luis = await fresh("luis");
  const answer = key.register(await offerRegistration(story.client, SITE, luis, new Date()));
  const added = await addPasskey(story.client, SITE, luis, { name: "security key", answer }, new Date());
  expect(added).toMatchObject({ ok: true });
  expect(added.ok && added.value.codes).toHaveLength(10);
});
afterAll(() => story.client.$disconnect());

/** A person who proved just now who they are. */
async function fresh(who: string): Promise<Actor> {
  const actor = await story.actor(who);
  await markConfirmed(story.client, actor, new Date());
  return (await mintForJob(story.client, actor.sessionKey))!;
}

/** Luis, signed in by the key. */
async function proven(): Promise<Actor> {
  const result = await signInWith();
  if (!result.ok) throw new Error(result.message);
  return (await mintActor(story.client, result.value.sessionId, new Date(), false))!;
}

const signInWith = async (lies: Lies = {}, now = new Date()) => {
  const options = await offerPasskeys(story.client, SITE, null, new Date());
  return signInByPasskey(story.client, SITE, { ...FROM, answer: key.answer(options, lies) }, now);
};

describe("signing in by passkey", () => {
  test("is let through whole, and says so on record and in the person's history", async () => {
    const result = await signInWith();
    if (!result.ok) throw new Error(result.message);
    expect(result.value).toMatchObject({ personId: "demo-luis", half: false });
    expect(await mintActor(story.client, result.value.sessionId, new Date(), false)).not.toBeNull();
    const entry = await story.client.auditEvent.findFirstOrThrow({
      where: { action: "sign-in.accepted" },
      orderBy: { seq: "desc" },
    });
    expect(entry.summary).toBe("Signed in by a passkey with Chrome on Linux from 203.0.113.0/24.");
    expect(await story.client.signInEvent.count({ where: { personId: "demo-luis", method: "passkey" } })).toBe(1);
  });

  test.each<[string, Lies]>([
    ["another address", { origin: "https://callbox.example.evil" }],
    ["a challenge that is not ours", { challenge: Buffer.alloc(54).toString("base64url") }],
    ["a counter that stands still", { counter: 1 }],
    ["a counter that goes back", { counter: 0 }],
    ["nobody's finger or PIN", { unverified: true }],
  ])("with %s is refused", async (_, lies) => {
    const before = key.counter;
    expect(await signInWith(lies)).toMatchObject({ ok: false, code: "wrong-passkey" });
    key.counter = Math.max(before, key.counter);
    // The same key without the lie is let through, so the lie was what was refused.
    expect(await signInWith()).toMatchObject({ ok: true });
  });

  test("an answer works once, also when it comes twice at the same moment", async () => {
    const options = await offerPasskeys(story.client, SITE, null, new Date());
    const answer = key.answer(options);
    const both = await Promise.all(
      [1, 2].map(() => signInByPasskey(story.client, SITE, { ...FROM, answer }, new Date())),
    );
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await signInByPasskey(story.client, SITE, { ...FROM, answer }, new Date())).toMatchObject({ ok: false });
    // The same challenge again, signed anew with a higher counter: it is used up.
    const again = key.answer(options);
    expect(await signInByPasskey(story.client, SITE, { ...FROM, answer: again }, new Date())).toMatchObject({
      ok: false,
      code: "wrong-passkey",
    });
  });

  test("an answer that comes too late is refused", async () => {
    expect(await signInWith({}, new Date(Date.now() + CHALLENGE_MS + 1000))).toMatchObject({ code: "wrong-passkey" });
  });

  test("a disabled person is refused", async () => {
    await story.client.person.update({ where: { id: "demo-luis" }, data: { disabledAt: new Date() } });
    expect(await signInWith()).toMatchObject({ code: "wrong-passkey" });
    // Let in again by the owner of the tables, since it would take two administrators.
    await story.client.membership.deleteMany({ where: { personId: "demo-luis" } });
    await story.client.person.update({ where: { id: "demo-luis" }, data: { disabledAt: null } });
  });
});

describe("proving again by passkey", () => {
  test("counts for five minutes in this session, and only the own key in the own session does", async () => {
    const actor = await proven();
    const now = new Date();
    const offer = () => offerPasskeys(story.client, SITE, actor, now);
    expect(isConfirmed(actor, now)).toBe(false);
    const other = await story.actor("dana");
    expect(await confirmByPasskey(story.client, SITE, other, key.answer(await offer()), now)).toMatchObject({
      code: "wrong-passkey",
    });
    // A challenge for signing in proves nothing here.
    const foreign = key.answer(await offerPasskeys(story.client, SITE, null, now));
    expect(await confirmByPasskey(story.client, SITE, actor, foreign, now)).toMatchObject({ code: "wrong-passkey" });
    expect(await confirmByPasskey(story.client, SITE, actor, key.answer(await offer()), now)).toMatchObject({
      ok: true,
    });
    const row = await story.client.session.findFirstOrThrow({ where: { confirmedAt: now } });
    expect(row.personId).toBe("demo-luis");
  });
});

describe("adding a passkey", () => {
  test.each<[string, Lies]>([
    ["from another address", { origin: "https://callbox.example.evil" }],
    ["with an invented challenge", { challenge: Buffer.alloc(54).toString("base64url") }],
    ["without finger or PIN", { unverified: true }],
  ])("%s is refused", async (_, lies) => {
    const mei = await fresh("mei");
    const answer = new SoftwareKey(SITE.url).register(
      await offerRegistration(story.client, SITE, mei, new Date()),
      lies,
    );
    expect(await addPasskey(story.client, SITE, mei, { name: "key", answer }, new Date())).toMatchObject({
      code: "wrong-passkey",
    });
  });

  test("takes proof of who adds it, so that an open session is not enough; the record verifies", async () => {
    const mei = await story.actor("mei");
    const one = new SoftwareKey(SITE.url);
    const answer = one.register(await offerRegistration(story.client, SITE, mei, new Date()));
    const add = (actor: Actor) => addPasskey(story.client, SITE, actor, { name: "key", answer }, new Date());
    expect(await add(mei)).toMatchObject({ code: "confirm-first" });
    await markConfirmed(story.client, mei, new Date());
    const proven = (await mintForJob(story.client, mei.sessionKey))!;
    const elsewhere = await story.actor("mei");
    expect(await add(proven)).toMatchObject({ ok: true });
    // Sessions in which nobody proved it are nobody's now.
    expect(await mintForJob(story.client, elsewhere.sessionKey)).toBeNull();
    expect(await mintForJob(story.client, mei.sessionKey)).not.toBeNull();
    expect(
      await removeFactor(story.client, proven, { passkeyId: one.id.toString("base64url") }, new Date()),
    ).toMatchObject({ ok: true });
    const { problems } = await verifyRecord(story.client, new Date());
    // Luis was disabled and lost his roles by hand above; nothing else differs.
    expect(problems.filter((line) => !line.includes("demo-luis"))).toEqual([]);
  });
});
