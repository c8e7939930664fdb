import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openRealSite, type RealSite } from "../../exchange/real-site-for-tests";
import { openStory } from "../../alerts/story-for-tests";
import { type MailServer, openMailServer } from "../../platform/mail-server-for-tests";
import { mailSetupLink } from "./mail-link";
import { invitePerson } from "./people";

let mails: MailServer;
let site: RealSite;
const URL_OF = "https://callbox.example.gov";
beforeAll(async () => {
  mails = await openMailServer();
  site = await openRealSite(inject("databases"), "44", "RI State 911");
});
afterAll(async () => {
  await mails.close();
  await site.client.$disconnect();
});

test("a one-time link goes out by email on a real site, and says so when the server does not take it", async () => {
  const settings = { url: mails.url, from: "callbox@agency.example.gov" };
  const input = {
    name: "Nell New",
    email: "nell@agency.example.gov",
    agencyId: site.worker.homeAgencyId,
    roles: ["drafter" as const],
  };
  const link = await invitePerson(site.client, site.worker, input, new Date());
  if (!link.ok) throw new Error(link.message);
  const given = { ...link.value, renewed: false };
  expect(await mailSetupLink(site.client, settings, URL_OF, given)).toBe("It was emailed to nell@agency.example.gov.");
  expect(mails.received.at(-1)).toMatchObject({ to: ["nell@agency.example.gov"] });
  expect(mails.received.at(-1)!.source).toContain(`${URL_OF}/welcome/${given.token}`);
  expect(mails.received.at(-1)!.source).toMatch(/made you an account in Callbox/);
  // Whoever has had one for years is not told of a new account.
  await mailSetupLink(site.client, settings, URL_OF, { ...given, renewed: true });
  expect(mails.received.at(-1)!.source).toContain(`${URL_OF}/welcome/${given.token}`);
  expect(mails.received.at(-1)!.source).toMatch(/you set a new password/);
  expect(mails.received.at(-1)!.source).not.toMatch(/made you an account/);
  mails.refuse = "Mailbox full";
  expect(await mailSetupLink(site.client, settings, URL_OF, given)).toMatch(/did not take the email/);
  expect(await mailSetupLink(site.client, null, URL_OF, given)).toBeNull();
});

test("a demonstration emails nobody", async () => {
  const story = await openStory(inject("databases"));
  mails.refuse = null;
  const before = mails.received.length;
  const settings = { url: mails.url, from: "callbox@agency.example.gov" };
  expect(
    await mailSetupLink(story.client, settings, URL_OF, { personId: "demo-dana", token: "x", renewed: false }),
  ).toBeNull();
  expect(mails.received.length).toBe(before);
  await story.client.$disconnect();
});
