import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connect, type PrismaClient } from "../../platform/db";
import { atOnce } from "../../platform/slices";
import { copyDatabase } from "../../platform/test-database";
import { readTemplate, type TemplateBody } from "../../wording/schema";
import { PURPOSES, type Purpose } from "../schema";
import { checkTemplate, chooseSamples, combinationsOf, planSamples, type Sample, situationOf, TRIED } from "./check";
import { loadSample } from "./data";

let client: PrismaClient;
let sample: Sample;
beforeAll(async () => {
  client = connect((await copyDatabase(inject("databases"))).appUrl);
  sample = await loadSample(client);
});
afterAll(() => client.$disconnect());

const NOW = Date.UTC(2026, 10, 26, 17, 0);

async function shipped(purpose: Purpose): Promise<TemplateBody> {
  const row = await client.template.findFirstOrThrow({ where: { key: purpose }, orderBy: { version: "desc" } });
  return readTemplate(row.body);
}

/** What the rules say, each sentence once with how often it is said. */
const told = (body: TemplateBody, purpose: Purpose) => {
  const { must } = atOnce(checkTemplate(purpose, body, sample, NOW));
  const counts = new Map<string, number>();
  for (const { rule, path, message, place } of must) {
    const key = `${rule} ${path} ${place}: ${message}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${count} × ${key}`);
};

test.each(PURPOSES)("the words Callbox ships for %s pass in every combination", async (purpose) => {
  expect(told(await shipped(purpose), purpose)).toEqual([]);
});

test("places with the shortest and the longest name are tried, and those that give trouble", () => {
  const names = sample.places.map(({ name }) => name);
  expect(names).toContain("Manchester-by-the-Sea");
  expect(Math.min(...names.map(({ length }) => length))).toBeLessThanOrEqual(4);
  expect(chooseSamples([])).toEqual([]);
});

test.each<[Purpose, number]>([
  ["outage", 42],
  ["update", 91],
  ["correction", 42],
  ["restoration", 49],
  ["cancellation", 7],
  ["border", 7],
])("%s is asked for in %i combinations", (purpose, count) => expect(combinationsOf(purpose)).toHaveLength(count));

test.each(PURPOSES)("the samples of %s have every text that may be changed", async (purpose) => {
  const body = await shipped(purpose);
  const made = combinationsOf(purpose).flatMap((combination) => {
    const { facts, content } = situationOf(purpose, body, sample, combination, NOW);
    return planSamples(facts, content, NOW).map(({ audience }) => audience);
  });
  expect([...new Set(made)].sort()).toEqual([...TRIED[purpose]].sort());
});

describe("a change that only some combinations suffer from", () => {
  test("is found in those, and named", async () => {
    const body = await shipped("outage");
    const landline = body.phrases["es-US"]!.landline!;
    const changed = {
      ...body,
      phrases: {
        ...body.phrases,
        "es-US": { ...body.phrases["es-US"], landline: { ...landline, action: "Vaya a casa." } },
      },
    };
    const { must } = atOnce(checkTemplate("outage", changed, sample, NOW));
    expect(must.length).toBeGreaterThan(0);
    expect(new Set(must.map(({ failure, withNumber }) => `${failure} ${withNumber}`))).toEqual(
      new Set(["landline true"]),
    );
  });
});
