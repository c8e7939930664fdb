import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { PARTS, type Part } from "../../wording/texts";
import { checkBundle } from "../checked";
import { getAlertForReview } from "../data";
import { isForReview } from "../findings";
import { readContent, type AlertContent } from "../schema";
import {
  approve,
  closeStory,
  draftFor,
  openStory,
  placesNamed,
  readStory,
  save,
  type Story,
  submit,
} from "../story-for-tests";
import { beginTemplate, saveTemplate } from "../templates/commands/draft";
import { submitAlert } from "./submit";

let story: Story;
let dana: Actor;
let luis: Actor;
let draft: Awaited<ReturnType<typeof draftFor>>;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  draft = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
});
afterAll(() => closeStory(story));

type Audience = "place" | "county";

/** The draft with something behind one of its English texts. */
const behind =
  (audience: Audience, part: Part, left: string) =>
  (content: AlertContent): AlertContent => {
    const copy = structuredClone(content);
    const texts = copy.texts["en-US"]![audience];
    texts[part] = `${draft.content.texts["en-US"]![audience][part]} ${left}`;
    return copy;
  };

/** What nobody fills, in every part that people read, of a place and of a county. */
const LEFTOVERS: [Audience, Part, string][] = [
  ...PARTS.map((part): [Audience, Part, string] => ["place", part, "[[hazard]]"]),
  ...PARTS.map((part): [Audience, Part, string] => ["county", part, "{nowhere}"]),
  ["place", "long", "{wrongNumber}"],
  ["place", "description", "TODO"],
  ["county", "description", "]]"],
];

describe("what is left over of a template does not go to an approver", () => {
  test.each(LEFTOVERS)("%s, %s: %s", async (audience, part, left) => {
    await save(story, dana, draft.id, behind(audience, part, left));
    const { version } = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
    const refused = await submitAlert(story.client, dana, { id: draft.id, version }, new Date());
    expect(refused).toMatchObject({ ok: false, code: "blocked-by-findings" });
    const row = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
    expect([row.state, row.bundle]).toEqual(["draft", null]);
  });

  test("nor in wording of one place alone, or in a shorter wording", async () => {
    const texts = (content: AlertContent) => content.texts["en-US"]!.place;
    for (const change of [
      (content: AlertContent) => ({
        ...content,
        texts: draft.content.texts,
        customWording: { [content.placeIds[0]!]: { "en-US": { long: `${texts(draft.content).long} {nowhere}` } } },
      }),
      (content: AlertContent) => ({
        ...content,
        texts: behind("place", "long", "It is long. ".repeat(20))(content).texts,
        customWording: {},
        shorter: {
          "en-US": {
            place: {
              long: {
                of: texts(behind("place", "long", "It is long. ".repeat(20))(content)).long,
                wordings: [`${texts(draft.content).long.slice(0, 120)} [[hazard]]`],
              },
            },
          },
        },
      }),
    ]) {
      await save(story, dana, draft.id, change);
      const { version } = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
      const refused = await submitAlert(story.client, dana, { id: draft.id, version }, new Date());
      expect(refused.ok ? "" : refused.message).toMatch(/internal mark is left|Texts for phones have none of \{/);
    }
  });

  test("and is not published when it got there all the same", async () => {
    await save(story, dana, draft.id, () => draft.content);
    await submit(story, dana, draft.id);
    const sent = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
    const owner = new Client({ connectionString: story.ownerUrl });
    await owner.connect();
    const left = behind("place", "long", "[[hazard]]")(readContent(sent.content));
    await owner.query(`set session_replication_role = replica`);
    await owner.query(`update "Alert" set content = $1 where id = $2`, [left, draft.id]);
    await owner.end();
    expect(await approve(story, luis, draft.id)).toMatchObject({ ok: false });
    expect(await story.client.message.count({ where: { alertId: draft.id } })).toBe(0);
  });
});

test("a slot that is gone in every language is shown to the approver, who never saw it go", async () => {
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  await save(story, dana, id, (content) => {
    const next = structuredClone(content);
    for (const { place } of Object.values(next.texts))
      place.instruction = place.instruction.replace("{untilTime}", "…");
    return next;
  });
  await submit(story, dana, id);
  // As the review page reads it.
  readStory(story);
  const { bundle, contentHash, facts, content } = (await getAlertForReview(luis, id))!;
  const groups = await checkBundle(bundle!, contentHash!, { facts, content, now: Date.now() });
  const found = groups.find(({ rule }) => rule === "TXT-007")!;
  expect(isForReview(found)).toBe(true);
  expect(found.places.map(({ path }) => path)).toEqual(["en-US.instruction", "es-US.instruction"]);
  expect(found.places[0]!.message).toContain("when the message ends");
});

test("words that nobody approved are in no alert", async () => {
  const begun = await beginTemplate(story.client, dana, { templateId: "outage-shipped-7" }, new Date());
  const id = begun.ok ? begun.value.id : "";
  const row = await story.client.templateDraft.findUniqueOrThrow({ where: { id } });
  const body = JSON.parse(JSON.stringify(row.body).replaceAll("Next update by", "Unapproved words by")) as never;
  const saved = await saveTemplate(story.client, dana, { id, version: row.version, name: row.name, body }, new Date());
  expect(saved).toMatchObject({ ok: true });
  const after = await draftFor(story, dana, await placesNamed(story.client, "Heath"));
  expect(JSON.stringify(after.content)).toContain("Next update by");
  expect(JSON.stringify(after.content)).not.toContain("Unapproved");
  // A draft of a template is no template: an alert can't be tied to it, nor to words of another kind.
  const app = new Client({ connectionString: story.appUrl });
  await app.connect();
  for (const templateId of [id, "update-shipped-7", "nothing"])
    await expect(
      app.query(`update "Alert" set "templateId" = $1 where id = $2`, [templateId, after.id]),
    ).rejects.toThrow(/newer version of its own wording/);
  await app.end();
});
