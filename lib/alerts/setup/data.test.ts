import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  giveNumbers,
  importFile,
  openRealSite,
  publishExercise,
  type RealSite,
  roundPlaces,
} from "../../exchange/real-site-for-tests";
import { getSetup } from "./data";

/** A site of Nebraska, step by step, as the setup page tells it. */

let site: RealSite;
beforeAll(async () => {
  site = await openRealSite(inject("databases"), "31", "NE State 911");
});
afterAll(() => site.client.$disconnect());

const steps = async () => {
  const found = await getSetup(site.client, site.worker, new Date());
  return Object.fromEntries(
    found.map(({ name, done, has, missing }) => [name, { done, says: `${has} ${missing}`.trim() }]),
  );
};

test("an empty site says what is there and what is missing, and nothing that is not so", async () => {
  expect(await steps()).toEqual({
    places: {
      done: false,
      says: "0 cities and towns; 93 counties, for whoever lives outside them. Until cities and towns are imported, whole counties are alerted.",
    },
    people: { done: true, says: "1 drafter, 1 approver, 1 steward. Missing: a second approver." },
    agencies: { done: false, says: "1 agency. Counties and cities keep their own numbers once they have an agency." },
    numbers: { done: false, says: "0 numbers. 93 places have no number of their own." },
    calls: { done: false, says: "0 places have a number that answered a test call." },
    exercise: { done: false, says: "None yet. Two people publish an alert in an exercise, which reaches nobody." },
  });
  expect(await getSetup(site.client, site.approver, new Date())).toEqual([]);
});

test("each step is done once it is", async () => {
  await importFile(site, "places", roundPlaces([["Lincoln", "3128000", "Lincoln city", [[-96.7, 40.81, 6]]]]));
  await giveNumbers(site, 402);
  const published = await publishExercise(site);
  expect(published.messages).toHaveLength(94 + 93);
  expect(await steps()).toMatchObject({
    places: { done: true, says: expect.stringMatching(/^1 city or town; 93 counties.*94 places is not known\.$/) },
    numbers: { done: true, says: "94 numbers." },
    calls: { done: true, says: "94 places have a number that answered a test call." },
    exercise: { done: true, says: "1 exercise alert published." },
  });
});
