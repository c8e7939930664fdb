import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { connect } from "../../platform/db";
import { copyDatabase } from "../../platform/test-database";
import { seedRealSite } from "../../../prisma/seed";
import { markConfirmed } from "../sign-in/commands/confirm";
import { grantByTwo } from "../grants/two-people-for-tests";
import { checkPassword } from "../passwords";
import { findSetupLink, setPassword } from "./passwords";
import { changeRole, invitePerson, renewSetupLink, setPersonDisabled } from "./people";

const MINUTE = 60_000;
let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

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
    const given = { token, password: "copper lantern uphill 42 sparrow" };
    expect((await setPassword(story.client, given, new Date())).ok).toBe(true);
    expect(await setPassword(story.client, given, new Date())).toMatchObject({ ok: false, code: "link-ended" });
    const { passwordHash } = await story.client.person.findUniqueOrThrow({ where: { email: "joan@callbox.example" } });
    expect(await checkPassword(passwordHash, given.password)).toBe(true);
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

describe("an account whose last role was withdrawn", () => {
  const at = () => new Date();

  async function withoutRoles(): Promise<string> {
    const sam = await story.actor("sam");
    const email = `left-${Math.random()}@callbox.example`;
    const invited = await invitePerson(
      story.client,
      sam,
      { name: "Left", email, agencyId: "state-911", roles: ["drafter"] },
      at(),
    );
    expect(invited.ok).toBe(true);
    const { id } = await story.client.person.findUniqueOrThrow({ where: { email } });
    await changeRole(story.client, sam, { personId: id, agencyId: "state-911", role: "drafter", grant: false }, at());
    return id;
  }

  async function administratorOf(agencyId: string) {
    const two = [await story.actor("sam"), await story.actor("nora")] as const;
    await grantByTwo(story.client, two, { kind: "role", personId: "demo-gil", agencyId, role: "administrator" });
    return story.actor("gil");
  }

  test("is not in reach of another agency's administrator, in any way", async () => {
    const personId = await withoutRoles();
    const gil = await administratorOf("granby");
    const refused = { ok: false, code: "not-permitted" };
    expect(await renewSetupLink(story.client, gil, { personId }, at())).toMatchObject(refused);
    expect(await setPersonDisabled(story.client, gil, { personId, disabled: true }, at())).toMatchObject(refused);
    const grab = { personId, agencyId: "granby", role: "drafter" as const, grant: true };
    expect(await changeRole(story.client, gil, grab, at())).toMatchObject(refused);
    expect((await story.client.person.findUniqueOrThrow({ where: { id: personId } })).disabledAt).toBeNull();
  });

  test("gets no link from its own administrator either, until it has a role", async () => {
    const personId = await withoutRoles();
    const sam = await story.actor("sam");
    expect(await renewSetupLink(story.client, sam, { personId }, at())).toMatchObject({ code: "no-role" });
    await changeRole(story.client, sam, { personId, agencyId: "state-911", role: "drafter", grant: true }, at());
    const stale = { ok: false, code: "confirm-first" };
    expect(await renewSetupLink(story.client, sam, { personId }, at())).toMatchObject(stale);
    await markConfirmed(story.client, sam, at());
    expect(await renewSetupLink(story.client, sam, { personId }, at())).toMatchObject({ ok: true });
  });

  test("a link that one administrator still holds ends when another one grants a role", async () => {
    const gil = await administratorOf("granby");
    const email = "held@callbox.example";
    const held = await invitePerson(
      story.client,
      gil,
      { name: "Held", email, agencyId: "granby", roles: ["drafter"] },
      at(),
    );
    if (!held.ok) throw new Error(held.message);
    const { id } = await story.client.person.findUniqueOrThrow({ where: { email } });
    const two = [await story.actor("sam"), await story.actor("nora")] as const;
    const grant = { kind: "role" as const, personId: id, agencyId: "state-911", role: "approver" as const };
    expect(await grantByTwo(story.client, two, grant)).toMatchObject({ ok: true });
    expect(
      await setPassword(story.client, { token: held.value.token, password: "copper lantern uphill 42 sparrow" }, at()),
    ).toMatchObject({
      code: "link-ended",
    });
  });

  test("a password that a lower administrator may know does not come with a role above", async () => {
    const gil = await administratorOf("granby");
    const email = "planted@callbox.example";
    const planted = await invitePerson(
      story.client,
      gil,
      { name: "Planted", email, agencyId: "granby", roles: ["drafter"] },
      at(),
    );
    if (!planted.ok) throw new Error(planted.message);
    // The administrator of Granby keeps the link, sets a password and stays signed in.
    await setPassword(story.client, { token: planted.value.token, password: "copper lantern uphill 42 sparrow" }, at());
    const { id } = await story.client.person.findUniqueOrThrow({ where: { email } });
    const session = { id: "planted", personId: id, createdAt: at(), lastSeenAt: at() };
    await story.client.session.create({ data: session });
    const passkey = { id: "planted", personId: id, name: "p", publicKey: new Uint8Array(1), transports: [] };
    await story.client.passkey.create({ data: { ...passkey, createdAt: at() } });
    const sam = await story.actor("sam");
    const grant = { personId: id, agencyId: "state-911", role: "approver" as const };
    const granted = await grantByTwo(story.client, [sam, await story.actor("nora")], { kind: "role", ...grant });
    expect(granted.ok && granted.value.token).toMatch(/^[\w-]{43}$/);
    const person = await story.client.person.findUniqueOrThrow({ where: { id } });
    expect([person.passwordHash, person.homeAgencyId]).toEqual([null, "state-911"]);
    expect((await story.client.session.findUniqueOrThrow({ where: { id: "planted" } })).revokedAt).not.toBeNull();
    expect(await story.client.passkey.count({ where: { personId: id } })).toBe(0);
    // From now on Granby does not manage the account, also when the role is withdrawn again.
    await changeRole(story.client, sam, { ...grant, grant: false }, at());
    expect(await renewSetupLink(story.client, gil, { personId: id }, at())).toMatchObject({ code: "not-permitted" });
    // Withdrawn, it takes no second person either: who may not approve any more has nothing to take over.
    await markConfirmed(story.client, sam, at());
    expect(await renewSetupLink(story.client, sam, { personId: id }, at())).toMatchObject({ ok: true });
    // A role at home or below ends nothing.
    const below = { personId: id, agencyId: "boston", role: "auditor" as const, grant: true };
    expect(await changeRole(story.client, sam, below, at())).toMatchObject({ ok: true, value: { token: null } });
  });

  test("an administrator who was demoted while waiting changes nothing", async () => {
    const gil = await administratorOf("granby");
    const sam = await story.actor("sam");
    await changeRole(
      story.client,
      sam,
      { personId: "demo-gil", agencyId: "granby", role: "administrator", grant: false },
      at(),
    );
    const grant = { personId: "demo-karen", agencyId: "granby", role: "drafter" as const, grant: true };
    expect(await changeRole(story.client, gil, grant, at())).toMatchObject({ code: "not-permitted" });
    await story.client.session.update({ where: { id: gil.sessionKey }, data: { revokedAt: at() } });
    expect(await changeRole(story.client, gil, grant, at())).toMatchObject({ code: "signed-out" });
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
        id: "agency", code: "AG", name: "An Agency", shortName: "Agency MA",
        sender: "alerts@agency.example", web: null, jurisdictionId: "25",
      }, // prettier-ignore
      translations: { name: {}, shortName: {} },
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
        placeId: "2502507000",
        service: "dispatch",
        e164: "+16175550101",
        desk: "d",
        hours: "h",
        lines: 1,
        preference: 1,
      },
    }),
  ).rejects.toThrow(/invented number/);
  expect((await setPassword(client, { token, password: "copper lantern uphill 42 sparrow" }, new Date())).ok).toBe(
    true,
  );
  await client.$disconnect();
});
