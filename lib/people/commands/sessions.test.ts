import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { DEMONSTRATION_PASSWORD } from "../../../prisma/seed/demonstration";
import { can } from "../../access/actor";
import { ABSOLUTE_MS, IDLE_MS, mintActor, mintForJob } from "../../access/mint";
import { sessionKey } from "../../access/session-key";
import { changeRole, setPersonDisabled } from "./people";
import { signOut, signOutElsewhere } from "./sessions";
import { attemptSignIn, SECRET } from "../attempt-for-tests";
import { deviceCookie, type SignInAttempt } from "../sign-in/commands/password";

const MINUTE = 60_000;
let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

const attempt = (email: string, password: string, more: Partial<SignInAttempt> = {}, now?: Date) =>
  attemptSignIn(story.client, email, password, more, now);

describe("sessions", () => {
  async function session(): Promise<string> {
    const result = await attempt("dana@callbox.example", DEMONSTRATION_PASSWORD, {
      device: deviceCookie(SECRET, "demo-dana"),
    });
    if (!result.ok) throw new Error(result.message);
    return result.value.sessionId;
  }
  const minted = (id: string, now = new Date()) => mintActor(story.client, id, now, true);

  test("end at sign-out, at once", async () => {
    const id = await session();
    expect((await minted(id))?.name).toBe("Dana Whitcomb");
    await signOut(story.client, id, new Date());
    expect(await minted(id)).toBeNull();
  });

  test("end after half an hour without use, and after twelve hours in any case", async () => {
    const id = await session();
    const start = Date.now();
    expect(await minted(id, new Date(start + IDLE_MS - MINUTE))).not.toBeNull();
    expect(await minted(id, new Date(start + 2 * IDLE_MS + MINUTE))).toBeNull();
    const used = await session();
    for (let at = start; at < start + ABSOLUTE_MS - MINUTE; at += IDLE_MS - 5 * MINUTE) {
      expect(await minted(used, new Date(at))).not.toBeNull();
    }
    expect(await minted(used, new Date(start + ABSOLUTE_MS + MINUTE))).toBeNull();
  });

  test("polling does not keep one alive", async () => {
    const id = await session();
    await mintActor(story.client, id, new Date(Date.now() + IDLE_MS - MINUTE), false);
    expect(await minted(id, new Date(Date.now() + IDLE_MS + MINUTE))).toBeNull();
  });

  test("a lost role and a disabled account act on the next request", async () => {
    const sam = await story.actor("sam");
    const id = await session();
    const role = { personId: "demo-dana", agencyId: "state-911", role: "drafter" as const };
    expect(can((await minted(id))!, "alert:draft")).toBe(true);
    await changeRole(story.client, sam, { ...role, grant: false }, new Date());
    expect(can((await minted(id))!, "alert:draft")).toBe(false);
    await changeRole(story.client, sam, { ...role, grant: true }, new Date());
    await setPersonDisabled(story.client, sam, { personId: "demo-dana", disabled: true }, new Date());
    expect(await minted(id)).toBeNull();
    expect(await attempt("dana@callbox.example", DEMONSTRATION_PASSWORD, { address: "elsewhere" })).toMatchObject({
      code: "wrong",
    });
    await setPersonDisabled(story.client, sam, { personId: "demo-dana", disabled: false }, new Date());
    expect(await minted(id)).toBeNull();
  });

  test("are forgotten with their browser and network as long after as sign-ins are", async () => {
    const id = await session();
    const day = 86_400_000;
    const aged = { personId: "demo-dana", browser: "Chrome on Linux", address: "10.0.0.0/24", lastSeenAt: new Date() };
    for (const days of [179, 181]) {
      const createdAt = new Date(Date.now() - days * day);
      await story.client.session.create({ data: { ...aged, id: `${days} days`, createdAt } });
    }
    // The next sign-in of anybody forgets them.
    await session();
    const left = await story.client.session.findMany({ where: { id: { endsWith: " days" } } });
    expect(left.map((row) => row.id)).toEqual(["179 days"]);
    expect(await minted(id)).not.toBeNull();
  });

  test("the cookie's value is not what the database holds", async () => {
    const id = await session();
    expect(await story.client.session.findUnique({ where: { id } })).toBeNull();
    expect(await story.client.session.findUnique({ where: { id: sessionKey(id) } })).not.toBeNull();
  });
});

test("signing out everywhere else ends every session but the one that asks, and nobody else's", async () => {
  const here = await story.actor("gil");
  const there = await story.actor("gil");
  const other = await story.actor("luis");
  expect(await signOutElsewhere(story.client, here, new Date())).toMatchObject({ ok: true });
  expect(await mintForJob(story.client, there.sessionKey)).toBeNull();
  expect(await mintForJob(story.client, here.sessionKey)).not.toBeNull();
  expect(await mintForJob(story.client, other.sessionKey)).not.toBeNull();
});
