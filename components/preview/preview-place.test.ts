import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../lib/access/actor";
import { loadAlert, parseBundle } from "../../lib/alerts/data";
import {
  approve,
  draftFor,
  followUp,
  mark,
  openStory,
  placesNamed,
  type Story,
  submit,
} from "../../lib/alerts/story-for-tests";
import { loadSiteFacts } from "../../lib/delivery/channels/public-site/data";
import { placeBody } from "../../lib/delivery/channels/public-site/place-body";
import { previewPlace } from "./preview-place";

let story: Story;
let dana: Actor;
let luis: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
});
afterAll(() => story.client.$disconnect());

/** The page of a place in every language, as published and as the preview had it at that moment. */
async function publish(id: string, placeId: string) {
  await submit(story, dana, id);
  expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  const { row, facts, content } = (await loadAlert(story.client, id))!;
  const sent = row.publishedAt!;
  const site = await loadSiteFacts(story.client, "https://911.example.gov", sent);
  const bundle = parseBundle(row.bundle)!;
  const message = bundle.messages.find(
    ({ audience, placeIds }) => audience === "phones" && placeIds.includes(placeId),
  )!;
  const textsWork = facts.incident.textTo911 === "works" && content.wordedFor?.textTo911 === "works";
  const previewed = previewPlace(
    bundle,
    message,
    facts.places.find((place) => place.id === placeId)!,
    { failure: facts.incident.failure, textsWork },
    facts.languages,
    sent.getTime(),
  );
  const published = site.places.find((place) => place.id === placeId)!;
  return site.languages.map((language) => ({
    published: placeBody(site, published, language, false).text,
    previewed: placeBody(site, previewed, language, false).text,
    textsWork: language.words.textsWork,
  }));
}

test.each([
  ["Goshen", "works", "where text-to-911 works", true],
  ["Granby", "works", "where it works and the directory says that texts don’t arrive", false],
  ["Amherst", "fails", "where text-to-911 fails", false],
] as const)("the page of %s is as it is published, text-to-911 %s: %s", async (name, textTo911, _, offered) => {
  const [place] = await placesNamed(story.client, name);
  const { id } = await draftFor(story, dana, [place!], { textTo911 });
  for (const { published, previewed, textsWork } of await publish(id, place!)) {
    expect(previewed).toBe(published);
    expect(previewed.includes(textsWork)).toBe(offered);
  }
});

test("an all-clear has the number to keep, as it is published", async () => {
  const [place] = await placesNamed(story.client, "Belchertown");
  const draft = await draftFor(story, dana, [place!]);
  await publish(draft.id, place!);
  await mark(story, dana, draft.incidentId, [place!], "restored");
  const clear = await followUp(story, dana, { incidentId: draft.incidentId, purpose: "restoration" });
  for (const { published, previewed } of await publish(clear, place!)) {
    expect(previewed).toBe(published);
    expect(previewed).toMatch(/413-555-\d{4}/);
  }
});
