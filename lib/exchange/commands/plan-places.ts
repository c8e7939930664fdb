import "server-only";
import { loadOutlines } from "../../directory/data";
import type { Prisma, PrismaClient } from "../../platform/db";
import { decodeFile } from "../csv-file";
import type { CountyOutline } from "../counties-of";
import { type Mapping, planFeature, readPlaceFile } from "../place-plan";
import { type Importer, placesOf } from "./importer";
import { Preview } from "./preview";

async function loadCounties(client: PrismaClient, importer: Importer): Promise<CountyOutline[]> {
  const covered = await placesOf(client, importer, "place:import");
  const rows = await client.place.findMany({ where: { kind: "county" } });
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

export async function planPlaces(
  client: PrismaClient,
  importer: Importer,
  bytes: Uint8Array,
  mapping: Mapping,
  preview: Preview,
): Promise<void> {
  const features = readPlaceFile(decodeFile(bytes));
  const [counties, known] = await Promise.all([
    loadCounties(client, importer),
    client.place.findMany({ where: { kind: "municipality" } }),
  ]);
  const context = { counties, known: new Map(known.map((place) => [place.id, place])), seen: new Map() };
  for (let from = 0; from < features.length; from += 100) {
    const planned = features
      .slice(from, from + 100)
      .map((feature, index) => planFeature(feature, from + index + 1, mapping, context));
    await preview.add(
      planned.map(({ result, why, subject, position, data }) => ({
        result,
        why,
        subject,
        data: { line: position, ...data } as unknown as Prisma.InputJsonObject,
      })),
      features.length,
    );
  }
}
