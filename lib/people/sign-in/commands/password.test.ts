import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../../alerts/story-for-tests";
import { DEMONSTRATION_PASSWORD } from "../../../../prisma/seed/demonstration";
import { mintActor } from "../../../access/mint";
import { writeRefusals } from "../../commands/refusals";
import { attemptSignIn, SECRET } from "../../attempt-for-tests";
import { deviceCookie, type SignInAttempt } from "./password";

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

const attempt = (email: string, password: string, more: Partial<SignInAttempt> = {}, now?: Date) =>
  attemptSignIn(story.client, email, password, more, now);

describe("signing in", () => {
  test("a known and an unknown person hear the same", async () => {
    const known = await attempt("luis@callbox.example", "wrong", { address: "a" });
    const unknown = await attempt("nobody@callbox.example", "wrong", { address: "b" });
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ ok: false, code: "wrong" });
  });

  test("a known and an unknown person take the same time", async () => {
    const { passwordHash } = await story.client.person.findUniqueOrThrow({ where: { id: "demo-luis" } });
    const known = Array.from({ length: 40 }, (_, index) => `timed-${index}@callbox.example`);
    await story.client.person.createMany({
      data: known.map((email) => ({ name: email, email, passwordHash, homeAgencyId: "granby", createdAt: new Date() })),
    });
    const timed: { ms: number; known: boolean }[] = [];
    for (const email of known) {
      // In turns, so that whatever else the machine does falls on both alike.
      for (const isKnown of [true, false]) {
        const began = performance.now();
        const asked = isKnown ? email : `un${email}`;
        await attempt(asked, "wrong", { address: `timing-${asked}` });
        timed.push({ ms: performance.now() - began, known: isKnown });
      }
    }
    // Mann and Whitney: how far the ranks of one side are from chance, in standard deviations.
    const ranked = [...timed].sort((left, right) => left.ms - right.ms);
    const sum = ranked.reduce((total, one, index) => total + (one.known ? index + 1 : 0), 0);
    const many = known.length;
    const z = (sum - (many * (2 * many + 1)) / 2) / Math.sqrt((many * many * (2 * many + 1)) / 12);
    expect(Math.abs(z)).toBeLessThan(4);
  });

  test("a hundred wrong passwords in an hour are impossible, from however many addresses", async () => {
    const start = Date.now();
    let checked = 0;
    for (let index = 0; index < 1200; index += 1) {
      const now = new Date(start + index * 3000);
      const result = await attempt("gil@callbox.example", "guess", { address: `address-${index}` }, now);
      if (!result.ok && result.code === "wrong") checked += 1;
    }
    expect(checked).toBeLessThanOrEqual(20);
  });

  test("the person they tried to lock out still gets in from a known browser; nobody else is held up", async () => {
    const device = deviceCookie(SECRET, "demo-gil");
    expect((await attempt("gil@callbox.example", DEMONSTRATION_PASSWORD, { device })).ok).toBe(true);
    expect((await attempt("karen@callbox.example", DEMONSTRATION_PASSWORD)).ok).toBe(true);
    expect(await attempt("gil@callbox.example", DEMONSTRATION_PASSWORD)).toMatchObject({
      ok: false,
      code: "throttled",
    });
  });

  test("many at once do not slip through", async () => {
    const results = await Promise.all(
      Array.from({ length: 30 }, () => attempt("mei@callbox.example", "guess", { address: "one" })),
    );
    expect(results.filter((result) => !result.ok && result.code === "wrong").length).toBeLessThanOrEqual(5);
  });

  test("a disabled person and a person without a password do not get in", async () => {
    await story.client.person.create({
      data: { name: "New", email: "new@callbox.example", homeAgencyId: "granby", createdAt: new Date() },
    });
    expect(await attempt("new@callbox.example", "")).toMatchObject({ ok: false, code: "wrong" });
  });
});

describe("strangers", () => {
  test("behind the same address hold up no browser that is known", async () => {
    for (let index = 0; index < 70; index += 1) {
      const now = new Date(Date.now() + index * 31_000);
      await attempt(`nobody-${index}@callbox.example`, "guess", { address: "the agency's own" }, now);
    }
    const now = new Date(Date.now() + 70 * 31_000);
    const shared = { address: "the agency's own" };
    expect(await attempt("tess@callbox.example", DEMONSTRATION_PASSWORD, shared, now)).toMatchObject({
      code: "throttled",
    });
    const device = deviceCookie(SECRET, "demo-tess");
    expect((await attempt("tess@callbox.example", DEMONSTRATION_PASSWORD, { ...shared, device }, now)).ok).toBe(true);
  });

  test("do not take the authors' lock: they are refused while someone else holds it", async () => {
    const holder = new Client(story.appUrl);
    await holder.connect();
    await holder.query("begin");
    await holder.query("select pg_advisory_xact_lock(911911)");
    try {
      const refused = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          attempt(`locked-${index}@callbox.example`, "guess", { address: `lock-${index}` }),
        ),
      );
      expect(refused.map((result) => !result.ok && result.code)).toEqual(Array.from({ length: 12 }, () => "wrong"));
    } finally {
      await holder.query("rollback");
      await holder.end();
    }
  });

  test("are summed up in the record, by agency, without names or whole addresses", async () => {
    await writeRefusals(story.client, new Date());
    const before = await story.client.auditEvent.count();
    for (let index = 0; index < 200; index += 1) {
      await attempt("ruth@callbox.example", "guess", { address: `sum-${index}`, place: "198.51.100.0/24" });
    }
    await attempt("no-such-person@callbox.example", "guess", { address: "sum-x", place: "" });
    expect(await story.client.auditEvent.count()).toBe(before);
    await writeRefusals(story.client, new Date());
    const entries = await story.client.auditEvent.findMany({ orderBy: { seq: "desc" }, take: 2 });
    expect(await story.client.auditEvent.count()).toBe(before + 2);
    const known = entries.find(({ agencyId }) => agencyId === "state-911")!;
    expect(known.summary).toMatch(/^Refused 200 sign-ins for 1 account from 1 network: 5 with a wrong .*, 195 after/);
    expect(entries.find(({ agencyId }) => agencyId === null)!.summary).toMatch(/^Refused 1 sign-in for 1 account: /);
    expect(JSON.stringify(entries.map(({ data, summary }) => ({ data, summary })))).not.toMatch(
      /ruth|no-such-person|sum-/,
    );
  });
});

test("signing in is recorded at the home agency, with browser and network, and replaces this browser's old session", async () => {
  const device = deviceCookie(SECRET, "demo-sam");
  const first = await attempt("sam@callbox.example", DEMONSTRATION_PASSWORD, { device });
  if (!first.ok) throw new Error(first.message);
  const { sessionId } = first.value;
  const entry = await story.client.auditEvent.findFirstOrThrow({
    where: { action: "sign-in.accepted" },
    orderBy: { seq: "desc" },
  });
  expect(entry).toMatchObject({ agencyId: "state-911", data: { browser: "Chrome on Linux", address: "10.0.0.0/24" } });
  const again = await attempt("sam@callbox.example", DEMONSTRATION_PASSWORD, { device, replaces: sessionId });
  expect(again.ok).toBe(true);
  expect(await mintActor(story.client, sessionId, new Date(), false)).toBeNull();
});

test("another person's session is not ended by naming it", async () => {
  const victim = await attempt("luis@callbox.example", DEMONSTRATION_PASSWORD, {
    device: deviceCookie(SECRET, "demo-luis"),
  });
  if (!victim.ok) throw new Error(victim.message);
  const { sessionId } = victim.value;
  const device = deviceCookie(SECRET, "demo-sam");
  const other = await attempt("sam@callbox.example", DEMONSTRATION_PASSWORD, { device, replaces: sessionId });
  expect(other.ok).toBe(true);
  expect(await mintActor(story.client, sessionId, new Date(), false)).not.toBeNull();
});
