import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import type { AgencyForm } from "../agency-schema";
import { invitePerson } from "./people";
import { saveAgency } from "./save-agency";

let story: Story;
let sam: Actor;
const save = (by: Actor, change: Partial<AgencyForm> = {}) =>
  saveAgency(story.client, by, { ...FORM, ...change }, new Date());
const FORM: AgencyForm = {
  parentId: "state-911",
  name: "Hampshire County Dispatch",
  shortName: "Hampshire MA 911",
  names: { "es-US": "Despacho del condado de Hampshire" },
  shortNames: {},
  code: "HAMP911",
  sender: "alerts@hampshire.example",
  web: "",
  jurisdiction: "Hampshire County",
};

beforeAll(async () => {
  story = await openStory(inject("databases"));
  sam = await story.actor("sam");
});
afterAll(() => story.client.$disconnect());

test.each<[string, Partial<AgencyForm>, string, RegExp]>([
  [
    "a place of another state",
    { jurisdiction: "Providence County, RI" },
    "jurisdiction",
    /must lie in the area of Massachusetts/,
  ],
  ["a place that is not there", { jurisdiction: "Atlantis" }, "jurisdiction", /Atlantis/],
  ["a short name without its state", { shortName: "Hampshire 911" }, "shortName", /needs MA/],
  ["the same in Spanish", { shortNames: { "es-US": "Hampshire 911" } }, "shortName", /needs MA/],
  ["a code that another has", { code: "MAGRA" }, "code", /has this code/],
  ["a name that another has", { name: "Massachusetts State 911 Department" }, "name", /of this name/],
])("%s is refused beside its field, and nothing is written", async (_, change, field, why) => {
  const before = await story.client.agency.count();
  expect(await save(sam, change)).toMatchObject({ ok: false, fields: { [field]: expect.stringMatching(why) } });
  expect(await story.client.agency.count()).toBe(before);
});

test("only whoever administers the agency above makes one", async () => {
  for (const key of ["dana", "tess", "karen"]) {
    expect(await save(await story.actor(key))).toMatchObject({ ok: false, code: "not-permitted" });
  }
});

test("a county's agency is made, people join it, and its names change; the record verifies", async () => {
  expect(await save(sam)).toEqual({ ok: true, value: { id: "hamp911" } });
  const made = await story.client.agency.findUniqueOrThrow({ where: { id: "hamp911" } });
  expect(made).toMatchObject({ parentId: "state-911", jurisdictionId: "25015", code: "HAMP911" });
  // Sam's reach grows with the tree at the next request.
  const again = await story.actor("sam");
  const person = {
    name: "Hope Hill",
    email: "hope@hampshire.example",
    agencyId: "hamp911",
    roles: ["steward"] as const,
  };
  expect(await invitePerson(story.client, again, person, new Date())).toMatchObject({ ok: true });
  expect(await save(again, { id: "hamp911", name: "Hampshire Regional Dispatch" })).toMatchObject({ ok: true });
  expect(await save(again, { id: "hamp911", code: "OTHER" })).toMatchObject({
    ok: false,
    fields: { code: expect.any(String) },
  });
  const events = await story.client.auditEvent.findMany({ where: { subjectId: "hamp911" }, orderBy: { seq: "asc" } });
  expect(events.map(({ action }) => action)).toEqual(["agency.added", "agency.changed"]);
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
});
