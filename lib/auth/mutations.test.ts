import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../alerts/story-for-tests";
import { connect } from "../platform/db";
import { copyDatabase } from "../platform/test-database";
import { seedRealSite } from "../../prisma/seed";
import { DEMONSTRATION_PASSWORD } from "../../prisma/seed/demonstration";
import {
  changeRole,
  deviceCookie,
  findSetupLink,
  invitePerson,
  renewSetupLink,
  sessionKey,
  setPassword,
  setPersonDisabled,
  signIn,
  signOut,
} from "./mutations";
import { ABSOLUTE_MS, IDLE_MS, mintActor } from "./session";
import { can } from "./actor";

const SECRET = "a secret of at least thirty-two characters";
const MINUTE = 60_000;
let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

const attempt = (email: string, password: string, more: { device?: string; address?: string } = {}, now = new Date()) =>
  signIn(story.client, SECRET, { email, password, device: more.device, address: more.address ?? "10.0.0.1" }, now);

describe("signing in", () => {
  test("a known and an unknown person hear the same", async () => {
    const known = await attempt("luis@callbox.example", "wrong", { address: "a" });
    const unknown = await attempt("nobody@callbox.example", "wrong", { address: "b" });
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ ok: false, code: "wrong" });
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
    await story.client.person.create({ data: { name: "New", email: "new@callbox.example", createdAt: new Date() } });
    expect(await attempt("new@callbox.example", "")).toMatchObject({ ok: false, code: "wrong" });
  });
});

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

  test("the cookie's value is not what the database holds", async () => {
    const id = await session();
    expect(await story.client.session.findUnique({ where: { id } })).toBeNull();
    expect(await story.client.session.findUnique({ where: { id: sessionKey(id) } })).not.toBeNull();
  });
});

describe("people", () => {
  test("an invited person sets a password once, by a link that ends", async () => {
    const sam = await story.actor("sam");
    const invited = await invitePerson(
      story.client,
      sam,
      { name: "Joan Petrakis", email: "joan@callbox.example", agencyId: "boston", roles: ["approver"] },
      new Date(),
    );
    if (!invited.ok) throw new Error(invited.message);
    const { token } = invited.value;
    expect(await findSetupLink(story.client, token, new Date(Date.now() + 73 * 60 * MINUTE))).toBeNull();
    const given = { token, password: "four plain words here" };
    expect((await setPassword(story.client, given, new Date())).ok).toBe(true);
    expect(await setPassword(story.client, given, new Date())).toMatchObject({ ok: false, code: "link-ended" });
    expect((await attempt("joan@callbox.example", given.password, { address: "joan" })).ok).toBe(true);
    expect(
      JSON.stringify(await story.client.auditEvent.findMany({ select: { data: true, summary: true } })),
    ).not.toContain(token);
  });

  test("an administrator reaches the agencies below, nobody's own roles, and no others", async () => {
    const [sam, dana] = [await story.actor("sam"), await story.actor("karen")];
    const own = { personId: "demo-sam", agencyId: "state-911", role: "approver" as const, grant: true };
    expect(await changeRole(story.client, sam, own, new Date())).toMatchObject({ code: "own-roles" });
    expect(await changeRole(story.client, dana, { ...own, personId: "demo-gil" }, new Date())).toMatchObject({
      code: "not-permitted",
    });
    expect(await renewSetupLink(story.client, dana, { personId: "demo-gil" }, new Date())).toMatchObject({
      code: "not-permitted",
    });
    expect(
      await setPersonDisabled(story.client, sam, { personId: "demo-sam", disabled: true }, new Date()),
    ).toMatchObject({ code: "own-account" });
  });
});

test("a real site starts with one administrator, no password, no number, no demonstration account", async () => {
  const { appUrl } = await copyDatabase(inject("databases"), { empty: true });
  const client = connect(appUrl);
  const token = await seedRealSite(
    client,
    {
      siteName: "Callbox of a state",
      administratorName: "First Administrator",
      administratorEmail: "first@agency.example",
      agency: {
        id: "agency", code: "AG", name: "An Agency", nameEs: "Una Agencia", shortName: "Agency MA", shortNameEs: "Agency MA",
        sender: "alerts@agency.example", web: null, jurisdictionId: "25",
      }, // prettier-ignore
    },
    new Date(),
  );
  expect(await client.person.findMany({ select: { email: true, passwordHash: true } })).toEqual([
    { email: "first@agency.example", passwordHash: null },
  ]);
  expect(await client.directNumber.count()).toBe(0);
  await expect(
    client.directNumber.create({
      data: {
        regionId: "2502507000",
        service: "dispatch",
        e164: "+16175550101",
        desk: "d",
        hours: "h",
        lines: 1,
        preference: 1,
      },
    }),
  ).rejects.toThrow(/invented number/);
  expect((await setPassword(client, { token, password: "four plain words here" }, new Date())).ok).toBe(true);
  await client.$disconnect();
});
