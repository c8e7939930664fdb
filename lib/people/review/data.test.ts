import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { closeStory, openStory, readStory, type Story } from "../../alerts/story-for-tests";
import { renewSetupLink } from "../commands/people";
import { markConfirmed } from "../sign-in/commands/confirm";
import { grantByTwo } from "../grants/two-people-for-tests";
import { reviewAccess } from "./commands/review-access";
import { fingerprint } from "../../record/chain";
import { formatAccessCsv } from "./csv";
import { getReviewState, listAccess, REVIEW_DAYS } from "./data";

/** What an administrator reads who reviews who has access: every way in, not only roles. */

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  readStory(story);
});
afterAll(() => closeStory(story));

test("an open one-time link and each link to single sign-on are in the list, until they end", async () => {
  const { client } = story;
  const sam = await story.actor("sam");
  const now = new Date();
  const gilOf = async (at: Date) => (await listAccess(sam, at)).find(({ id }) => id === "demo-gil");
  expect(await gilOf(now)).toMatchObject({ linked: [], openLink: null });

  await markConfirmed(client, sam, now);
  const made = await renewSetupLink(client, sam, { personId: "demo-gil" }, now);
  expect(made).toMatchObject({ ok: true });
  const issuer = "https://login.example.gov";
  const key = { personId: "demo-gil", provider: "State sign-in", createdAt: now };
  await client.linkedSignIn.create({ data: { ...key, issuer, subject: "gil-1", lastUsedAt: now } });
  await client.linkedSignIn.create({ data: { ...key, issuer, subject: "gil-0", endedAt: now } });

  const gil = await gilOf(now);
  expect(gil?.linked).toEqual([{ provider: "State sign-in", issuer, lastUsed: now.getTime() }]);
  expect(gil?.openLink).toBeGreaterThan(now.getTime());
  const line = formatAccessCsv([gil!]).split("\r\n")[1];
  expect(line).toContain(`State sign-in (${issuer}), last used ${now.toISOString().slice(0, 10)}`);
  expect(line).toContain(new Date(gil!.openLink!).toISOString().slice(0, 10));

  expect((await gilOf(new Date(gil!.openLink!)))?.openLink).toBeNull();
  await client.setupLink.updateMany({ where: { personId: "demo-gil" }, data: { usedAt: now } });
  expect((await gilOf(now))?.openLink).toBeNull();
});

test("a link that came after the list was read makes the review one of another list", async () => {
  const sam = await story.actor("sam");
  const now = new Date();
  const shown = fingerprint(formatAccessCsv(await listAccess(sam, now)));
  const issuer = "https://login.example.gov";
  const later = { issuer, subject: "mei-1", personId: "demo-mei", provider: "State sign-in", createdAt: now };
  await story.client.linkedSignIn.create({ data: later });
  expect(await reviewAccess(story.client, sam, { shown }, now)).toMatchObject({ ok: false, code: "stale" });
  const again = fingerprint(formatAccessCsv(await listAccess(sam, now)));
  expect(await reviewAccess(story.client, sam, { shown: again }, now)).toMatchObject({ ok: true });
});

test("of an administrator of two agencies, a review of one does not hide that the other is overdue", async () => {
  const { client } = story;
  const review = async (by: Actor) => {
    const shown = fingerprint(formatAccessCsv(await listAccess(by, new Date())));
    expect(await reviewAccess(client, by, { shown }, new Date())).toMatchObject({ ok: true });
  };
  const two = [await story.actor("sam"), await story.actor("nora")] as const;
  const give = (agencyId: string) =>
    grantByTwo(client, two, { kind: "role", personId: "demo-luis", agencyId, role: "administrator" });
  await give("boston");
  await review(await story.actor("luis"));
  const quarter = new Date(Date.now() + REVIEW_DAYS * 86_400_000);
  expect(await getReviewState(await story.actor("luis"), new Date())).toMatchObject({ due: false });
  // Granby was never reviewed.
  await give("granby");
  const luis = await story.actor("luis");
  expect(await getReviewState(luis, quarter)).toMatchObject({ last: null, due: true });
  expect((await getReviewState(luis, new Date())).last).toBeNull();
  await review(luis);
  expect(await getReviewState(luis, new Date())).toMatchObject({ last: { by: "Luis Ferreira" }, due: false });
});
