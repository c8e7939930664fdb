import "server-only";
import { loadOutlines } from "../../directory/data";
import type { Prisma, PrismaClient } from "../../platform/db";
import { decodeFile } from "../csv-file";
import { type CountyOutline, type Mapping, planFeature, readGeoJson } from "../region-plan";
import { type Importer, regionsOf } from "./importer";
import { Preview } from "./preview";

async function loadCounties(client: PrismaClient, importer: Importer): Promise<CountyOutline[]> {
  const covered = await regionsOf(client, importer, "region:import");
  const rows = await client.region.findMany({ where: { kind: "county" } });
  const outlines = new Map(
    (
      await loadOutlines(
        client,
        rows.map(({ id }) => id),
      )
    ).map(({ id, geometry }) => [id, geometry]),
  );
  return rows.flatMap(({ id, name, stateName, stateCode, sameCode, timeZone }) => {
    const geometry = outlines.get(id);
    const allowed = covered === undefined || covered.has(id);
    return geometry ? [{ id, name, stateName, stateCode, sameCode, timeZone, geometry, allowed }] : [];
  });
}

export async function planRegions(
  client: PrismaClient,
  importer: Importer,
  bytes: Uint8Array,
  mapping: Mapping,
  preview: Preview,
): Promise<void> {
  const features = readGeoJson(decodeFile(bytes));
  const [counties, known] = await Promise.all([
    loadCounties(client, importer),
    client.region.findMany({ where: { kind: "municipality" } }),
  ]);
  const context = { counties, known: new Map(known.map((region) => [region.id, region])), seen: new Map() };
  for (let from = 0; from < features.length; from += 100) {
    const planned = features
      .slice(from, from + 100)
      .map((feature, index) => planFeature(feature, from + index + 1, mapping, context));
    await preview.add(
      planned.map(({ fate, why, subject, position, data }) => ({
        fate,
        why,
        subject,
        data: { line: position, ...data } as unknown as Prisma.InputJsonObject,
      })),
      features.length,
    );
  }
}
