import { beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../../access/actor";
import { connect } from "../../../platform/db";
import { openStory, placesNamed, type Story } from "../../story-for-tests";
import { listStaleReady } from "../data";
import { readyProblemsSchema } from "../schema";
import { makeReady } from "./make";
import { recheckAllReady, recheckReady } from "./recheck";

const DAY = 86_400_000;

let story: Story;
let dana: Actor;
let gil: Actor;
let id: string;
let granby: string;
let hadley: string;
let now: Date;

const problems = async () =>
  readyProblemsSchema.parse((await story.client.readyDraft.findUniqueOrThrow({ where: { id } })).problems);
const entries = () => story.client.auditEvent.count({ where: { subjectId: id, action: "ready.checked" } });
/** A night later. */
const tomorrow = () => (now = new Date(now.getTime() + DAY));

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, gil] = [await story.actor("dana"), await story.actor("gil")];
  [granby, hadley] = (await Promise.all(
    ["Granby", "Hadley"].map(async (name) => (await placesNamed(story.client, name))[0]!),
  )) as [string, string];
  now = new Date();
  const made = await makeReady(
    story.client,
    dana,
    {
      title: "Two towns",
      failure: "full",
      textTo911: "fails",
      placeIds: [granby, hadley],
      grouping: "place",
      fromAlertId: null,
    },
    now,
  );
  if (!made.ok) throw new Error(made.message);
  ({ id } = made.value);
});

test("a worker that starts an hour later has nothing to do; the next night has", async () => {
  expect(await recheckAllReady(story.client, new Date(now.getTime() + 3_600_000))).toBe(0);
  expect(await recheckAllReady(story.client, tomorrow())).toBe(1);
  const row = await story.client.readyDraft.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ problems: [], checkedAt: now });
  expect(await entries()).toBe(0);
  expect(await listStaleReady(story.client, dana)).toEqual([]);
});

test("a number that fails is noticed at night, told to who can act, and written down once", async () => {
  await story.client.directNumber.updateMany({ where: { placeId: granby }, data: { status: "down" } });
  await recheckAllReady(story.client, tomorrow());
  const found = await problems();
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ kind: "rule", places: ["Granby"] });
  expect(await listStaleReady(story.client, dana)).toMatchObject([{ id, title: "Two towns" }]);
  expect(await listStaleReady(story.client, gil)).toEqual([]);
  expect(await entries()).toBe(1);
  await recheckAllReady(story.client, tomorrow());
  expect(await entries()).toBe(1);
});

test("put right, it is ready again at the press of a button, for whoever drafts for the agency", async () => {
  await story.client.directNumber.updateMany({ where: { placeId: granby }, data: { status: "in-service" } });
  expect(await recheckReady(story.client, gil, { id }, now)).toMatchObject({ ok: false, code: "not-found" });
  expect(await recheckReady(story.client, dana, { id }, now)).toMatchObject({ ok: true, value: { problems: 0 } });
  expect(await listStaleReady(story.client, dana)).toEqual([]);
  const last = await story.client.auditEvent.findFirst({
    where: { subjectId: id, action: "ready.checked" },
    orderBy: { seq: "desc" },
  });
  expect(last).toMatchObject({ actor: "Dana Whitcomb", summary: "The ready draft “Two towns” is ready again." });
});

test("test calls that are too long ago, a place that is gone, and a newer template are each named", async () => {
  const owner = connect(story.ownerUrl);
  const template = await owner.template.findFirstOrThrow({ where: { key: "outage" }, orderBy: { version: "desc" } });
  await owner.template.create({
    data: {
      id: "outage-next",
      key: template.key,
      version: template.version + 1,
      name: template.name,
      body: template.body as object,
      approvedBy: "Nora Quinn",
      approvedAt: now,
    },
  });
  await owner.place.update({ where: { id: hadley }, data: { alertable: false } });
  await owner.$disconnect();
  now = new Date(now.getTime() + 200 * DAY);
  await recheckAllReady(story.client, now);
  const found = await problems();
  expect(found.map(({ kind }) => kind).sort()).toEqual(["places-gone", "rule", "template"]);
  expect(found.find(({ kind }) => kind === "places-gone")!.says).toBe(
    "1 place is no longer in the directory, or no longer in your area.",
  );
  expect(found.find(({ kind }) => kind === "places-gone")!.places).toEqual(["Hadley"]);
  expect(found.find(({ kind }) => kind === "template")!.says).toContain(`version ${template.version + 1} now`);
});
