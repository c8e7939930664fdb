import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { connect, type PrismaClient } from "../../platform/db";
import { copyDatabase } from "../../platform/test-database";
import { writtenTexts } from "../../wording/fields";
import { readTemplate } from "../../wording/schema";
import { PART_SPECS } from "../../wording/texts";
import { PURPOSES } from "../schema";
import { type Sample, TRIED } from "./check";
import { loadSample } from "./data";
import { writeSamples } from "./preview";

let client: PrismaClient;
let sample: Sample;
beforeAll(async () => {
  client = connect((await copyDatabase(inject("databases"))).appUrl);
  sample = await loadSample(client);
});
afterAll(() => client.$disconnect());

const NOW = Date.UTC(2026, 10, 26, 17, 0);
const LOOKED = { failure: "full", textTo911: "fails" } as const;

test.each(PURPOSES)("the texts of %s can be looked at, filled, for a place", async (purpose) => {
  const row = await client.template.findFirstOrThrow({ where: { key: purpose }, orderBy: { version: "desc" } });
  const body = readTemplate(row.body);
  const unseen = new Set<string>();
  const tried = writtenTexts(body).filter(({ audience }) => TRIED[purpose].includes(audience));
  for (const { audience, part } of tried) {
    const written = writeSamples(purpose, body, sample, audience, LOOKED, NOW);
    if (written.length === 0) unseen.add(audience);
    for (const { texts } of written)
      for (const [language, parts] of texts) {
        expect(parts[part], `${language} ${audience} ${part}`).not.toMatch(/[[{]|^$/);
        expect(parts[part].length).toBeLessThanOrEqual((PART_SPECS[part].limit ?? Infinity) * 1.1);
      }
  }
  expect([...unseen]).toEqual([]);
});

test("a text for places with a number gives it, with the extension that makes it long", async () => {
  const row = await client.template.findFirstOrThrow({ where: { key: "outage" }, orderBy: { version: "desc" } });
  const written = writeSamples("outage", readTemplate(row.body), sample, "place", LOOKED, NOW);
  expect(written.map(({ place }) => place)).toContain("Manchester-by-the-Sea");
  expect(written.some(({ values }) => /1234/.test(values.get("en-US")?.number ?? ""))).toBe(true);
  expect(written[0]!.texts.get("es-US")!.long).toContain("911");
});
