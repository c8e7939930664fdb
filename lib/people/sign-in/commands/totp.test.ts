import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../../alerts/story-for-tests";
import { mintActor } from "../../../access/mint";
import { verifyRecord } from "../../../evidence/verify";
import { DEMONSTRATION_PASSWORD } from "../../../../prisma/seed/demonstration";
import { attemptSignIn, SECRET } from "../../attempt-for-tests";
import { writeRefusals } from "../../commands/refusals";
import { confirmIdentity, markConfirmed } from "./confirm";
import { beginApp, confirmApp } from "./enroll";
import { formatRecoveryCode, hashRecoveryCode, RECOVERY_BYTES } from "../recovery";
import { codeSchema } from "../schema";
import { deviceCookie } from "./password";
import { proveCode } from "./totp";

const STEP = 30_000;
let story: Story;
/** The phone: the library of the other side, with the key as a person types it. */
let phone: TOTP;
let codes: readonly string[];
let clock = Math.ceil(Date.now() / STEP) * STEP + 1000;

beforeAll(async () => {
  process.env.NEXTAUTH_SECRET = SECRET;
  process.env.NEXTAUTH_URL = "http://localhost:3000";
  process.env.DATABASE_URL = "postgresql://nothing";
  story = await openStory(inject("databases"));
  const dana = await story.actor("dana");
  await markConfirmed(story.client, dana, new Date(clock));
  const begun = await beginApp(story.client, SECRET, dana, "Callbox", new Date(clock));
  if (!begun.ok) throw new Error(begun.message);
  phone = new TOTP({ secret: begun.value.secret.replaceAll(" ", "") });
  expect(begun.value.uri).toContain("otpauth://totp/Callbox:dana%40callbox.example?issuer=Callbox");
  expect(begun.value.qr.path.length).toBeGreaterThan(1000);
  const wrong = await confirmApp(story.client, SECRET, dana, "000000", new Date(clock));
  expect(wrong).toMatchObject({ ok: false, code: "wrong-code" });
  const done = await confirmApp(story.client, SECRET, dana, at(clock), new Date(clock));
  if (!done.ok) throw new Error(done.message);
  codes = done.value.codes!;
  expect(new Set(codes).size).toBe(10);
});
afterAll(() => story.client.$disconnect());

const at = (timestamp: number) => phone.generate({ timestamp });
const later = () => new Date((clock += 10 * STEP));
const device = deviceCookie(SECRET, "demo-dana");

async function half(now: Date): Promise<string> {
  const result = await attemptSignIn(story.client, "dana@callbox.example", DEMONSTRATION_PASSWORD, { device }, now);
  if (!result.ok) throw new Error(result.message);
  expect(result.value.half).toBe(true);
  return result.value.sessionId;
}
const prove = (sessionId: string, code: string, now: Date) =>
  proveCode(story.client, SECRET, { sessionId, code, device }, now);

describe("the second step", () => {
  test("half a session is nobody's, and a right code makes it whole", async () => {
    const now = later();
    const id = await half(now);
    expect(await mintActor(story.client, id, now, true)).toBeNull();
    expect(await prove(id, at(now.getTime()), now)).toMatchObject({ ok: true });
    expect((await mintActor(story.client, id, now, true))?.name).toBe("Dana Whitcomb");
  });

  test("a code works once, in another session and at the same moment too, and so does every earlier one", async () => {
    const now = later();
    const [one, other] = [await half(now), await half(now)];
    const code = at(now.getTime());
    const both = await Promise.all([prove(one, code, now), prove(other, code, now)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const third = await half(now);
    expect(await prove(third, code, now)).toMatchObject({ code: "wrong-code" });
    expect(await prove(third, at(now.getTime() - STEP), now)).toMatchObject({ code: "wrong-code" });
    // A phone whose clock is ahead by less than a step is right.
    expect(await prove(third, at(now.getTime() + STEP), now)).toMatchObject({ ok: true });
  });

  test("a code of two steps ago or ahead is refused", async () => {
    for (const steps of [-2, 2]) {
      const now = later();
      const id = await half(now);
      expect(await prove(id, at(now.getTime() + steps * STEP), now)).toMatchObject({ code: "wrong-code" });
    }
  });

  test("a recovery code works once, however it is typed, and the rest go on working", async () => {
    // An hour later, what was guessed before counts no more.
    const now = new Date((clock += 3_600_000));
    const typed = codes[0]!.replaceAll("-", "");
    expect(await prove(await half(now), typed, now)).toMatchObject({ ok: true });
    expect(await prove(await half(now), typed, now)).toMatchObject({ code: "wrong-code" });
    expect(await prove(await half(now), codes[1]!.replaceAll("-", ""), now)).toMatchObject({ ok: true });
    const kept = await story.client.recoveryCode.findMany();
    expect(JSON.stringify(kept)).not.toContain(typed);
  });

  test("a recovery code has 128 bits and more, and one given out before, with 80, still works", async () => {
    const now = new Date((clock += 3_600_000));
    expect(RECOVERY_BYTES * 8).toBeGreaterThanOrEqual(128);
    expect(codes[0]).toMatch(/^([A-Z2-7]{4}-){6}[A-Z2-7]{4}$/);
    // Every bit is in the letters: one that is turned is another code.
    const turned = Array.from({ length: 136 }, (_, bit) => {
      const bytes = Buffer.alloc(RECOVERY_BYTES);
      bytes[bit >> 3] = 1 << (bit & 7);
      return formatRecoveryCode(bytes);
    });
    expect(new Set(turned).size).toBe(136);
    const early = codeSchema.parse("abcd efgh-2345 wxyz");
    const hash = hashRecoveryCode(SECRET, "demo-dana", "ABCD-EFGH-2345-WXYZ");
    await story.client.recoveryCode.create({ data: { hash, personId: "demo-dana", createdAt: now } });
    expect(await prove(await half(now), early, now)).toMatchObject({ ok: true });
    expect(await prove(await half(now), codeSchema.parse(codes[2]), now)).toMatchObject({ ok: true });
    expect(codeSchema.safeParse("ABCD-EFGH-2345-WXYZ-ABCD").success).toBe(false);
  });

  test("guessing ends after a few tries; the person at the own browser is not held up by it", async () => {
    const now = new Date((clock += 2 * 3_600_000));
    const id = await half(now);
    const answers = [];
    for (let index = 0; index < 30; index += 1) {
      const guess = { sessionId: id, code: String(100_000 + index), device: undefined };
      answers.push(await proveCode(story.client, SECRET, guess, now));
    }
    expect(answers.filter((answer) => !answer.ok && answer.code === "wrong-code").length).toBeLessThanOrEqual(5);
    expect(await prove(id, at(now.getTime()), now)).toMatchObject({ ok: true });
  });

  test("half a session ends after ten minutes", async () => {
    const now = later();
    const id = await half(now);
    const late = new Date((clock = now.getTime() + 11 * 60_000));
    expect(await prove(id, at(late.getTime()), late)).toMatchObject({ code: "signed-out" });
  });

  test("both outcomes are in the person's own history; the record verifies", async () => {
    await writeRefusals(story.client, new Date());
    const lines = await story.client.signInEvent.findMany({ where: { personId: "demo-dana" } });
    expect(new Set(lines.map(({ outcome, method }) => `${outcome} ${method}`))).toEqual(
      new Set(["accepted code", "accepted recovery", "wrong code"]),
    );
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  });
});

describe("proving again before something goes out", () => {
  test("takes the password and a code that was not used", async () => {
    const now = later();
    const id = await half(now);
    await prove(id, at(now.getTime()), now);
    const dana = (await mintActor(story.client, id, now, false))!;
    const confirm = (given: { password?: string; code?: string }, when: Date) =>
      confirmIdentity(story.client, dana, given, when, true);
    const password = DEMONSTRATION_PASSWORD;
    expect(await confirm({ password }, now)).toMatchObject({ code: "wrong-code" });
    // The code that signed in is used up.
    expect(await confirm({ password, code: at(now.getTime()) }, now)).toMatchObject({ code: "wrong-code" });
    const next = later();
    expect(await confirm({ password: "not it", code: at(next.getTime()) }, next)).toMatchObject({
      code: "wrong-password",
    });
    expect(await confirm({ password, code: at(next.getTime()) }, next)).toMatchObject({ ok: true });
    expect(await confirm({}, next)).toMatchObject({ code: "wrong-password" });
  });

  test("counts for five minutes where access changes, and not a second longer", async () => {
    const now = later();
    const id = await half(now);
    await prove(id, at(now.getTime()), now);
    await markConfirmed(story.client, (await mintActor(story.client, id, now, false))!, now);
    const dana = (await mintActor(story.client, id, now, false))!;
    const asked = (ms: number) => confirmIdentity(story.client, dana, {}, new Date(now.getTime() + ms));
    expect(await asked(299_000)).toMatchObject({ ok: true });
    expect(await asked(300_001)).toMatchObject({ code: "wrong-password" });
  });
});
