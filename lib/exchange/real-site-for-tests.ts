import { circle } from "@turf/circle";
import type { Mapping } from "./place-file";
import type { Position } from "geojson";
import { seedRealSite } from "../../prisma/seed";
import type { Actor } from "../access/actor";
import { mintActor } from "../access/mint";
import { isSensitive, type Role } from "../access/permissions";
import { sessionKey } from "../access/session-key";
import { requiredConfirmations } from "../alerts/confirmations";
import { parseBundle } from "../alerts/data";
import { decideAlert } from "../alerts/commands/decide";
import { prepareAlert } from "../alerts/commands/prepare";
import { submitAlert } from "../alerts/commands/submit";
import { recordTestCall } from "../directory/commands/test-call";
import { declareIncident } from "../incidents/commands/declare";
import { grantByOperator } from "../people/grants/commands/operator";
import { boundaryFromAtlas } from "../places/atlas";
import { divideCounty } from "../places/cells";
import { connect, type PrismaClient } from "../platform/db";
import { copyDatabase } from "../platform/test-database";
import { applyImport } from "./commands/apply";
import { beginImport } from "./commands/begin";
import type { Importer } from "./commands/importer";
import { readImport } from "./commands/read";

/** A real site of any state, from an empty database to an approved exercise alert. */

export interface RealSite {
  client: PrismaClient;
  /** Administrator, steward and drafter. */
  worker: Actor;
  approver: Actor;
  line: Importer;
}

function must<Value>(result: { ok: true; value: Value } | { ok: false; message: string; fields?: unknown }): Value {
  if (!result.ok) throw new Error(`${result.message} ${JSON.stringify(result.fields ?? {})}`);
  return result.value;
}

/** @param jurisdictionId Census GEOID of a state or county */
export async function openRealSite(
  provided: { owner: string; app: string },
  jurisdictionId: string,
  shortName: string,
): Promise<RealSite> {
  const { appUrl, ownerUrl } = await copyDatabase(provided, { empty: true });
  const client = connect(appUrl);
  const now = new Date();
  const agency = {
    id: "agency",
    code: "TEST911",
    name: `${shortName} Emergency Office`,
    shortName,
    sender: "alerts@agency.example.gov",
    web: null,
    jurisdictionId,
  };
  await seedRealSite(
    client,
    {
      siteName: "A real site",
      administratorName: "Ada First",
      administratorEmail: "ada@agency.example.gov",
      agency,
      translations: { name: { "es-US": `Oficina de ${shortName}` }, shortName: { "es-US": shortName } },
    },
    now,
  );
  const owner = connect(ownerUrl);
  const signIn = async (name: string, roles: Role[]) => {
    const email = `${name.toLowerCase().replace(/\W/g, "")}@agency.example.gov`;
    const given = roles.filter((role) => !isSensitive(role)).map((role) => ({ agencyId: agency.id, role }));
    const person = await client.person.create({
      data: { name, email, homeAgencyId: agency.id, createdAt: now, memberships: { create: given } },
    });
    for (const role of roles.filter(isSensitive)) {
      must(await grantByOperator(owner, { email, role, agencyId: agency.id }, now));
    }
    // A second factor that is there, and was proven; nobody signs in with it here.
    await client.passkey.create({
      data: {
        id: `key-of-${person.id}`,
        personId: person.id,
        name: "key",
        publicKey: new Uint8Array(1),
        transports: [],
        createdAt: now,
      },
    });
    const session = `session-of-${person.id}`;
    await client.session.create({
      data: {
        id: sessionKey(session),
        personId: person.id,
        createdAt: now,
        lastSeenAt: now,
        provenAt: now,
        confirmedAt: now,
      },
    });
    const actor = await mintActor(client, session, now, false);
    if (!actor) throw new Error(`${name} could not sign in.`);
    return actor;
  };
  const worker = await signIn("Wanda Works", ["administrator", "steward", "drafter"]);
  const approver = await signIn("Alan Agrees", ["approver"]);
  await owner.$disconnect();
  return { client, worker, approver, line: { actor: null, agencyId: agency.id } };
}

/** Reads a file and writes all that is good in it. @returns counts by result, and why rows were refused */
export async function importFile(
  { client, line }: RealSite,
  kind: "numbers" | "places",
  file: string | Buffer,
  mapping: Mapping = {
    name: "NAME",
    code: "GEOID",
    label: "NAMELSAD",
  },
) {
  const now = new Date();
  const begun = { kind, fileName: "file", ...(kind === "places" ? { mapping } : {}) };
  const id = await beginImport(client, line, begun, now);
  await readImport(client, line, id, Buffer.from(file));
  const row = await client.directoryImport.findUniqueOrThrow({ where: { id } });
  if (row.state !== "read") throw new Error(row.problem ?? row.state);
  const rows = await client.importRow.findMany({ where: { importId: id }, orderBy: { position: "asc" } });
  must(await applyImport(client, line, id, now));
  return {
    counts: row.counts as Record<string, number>,
    rows: rows.map(({ subject, result, why }) => ({ subject, result, why })),
  };
}

/** A number for every place that an alert can be for, each reached by one test call. */
export async function giveNumbers(site: RealSite, areaCode: number): Promise<void> {
  const { client, worker } = site;
  const places = await client.place.findMany({ where: { alertable: true }, orderBy: { id: "asc" } });
  const rows = places.map(
    ({ id }, index) => `${id},dispatch,${areaCode}-555-${String(200 + index).padStart(4, "0")},County desk ${index},4`,
  );
  await importFile(site, "numbers", ["geoid,service,number,desk,lines", ...rows].join("\n"));
  for (const { id } of await client.directNumber.findMany({ select: { id: true } })) {
    must(
      await recordTestCall(
        client,
        worker,
        { numberId: id, result: "right-desk", answeredBy: "dispatcher on duty" } as never,
        new Date(),
      ),
    );
  }
}

/** Declares an exercise for everything, prepares, sends and approves the alert. @returns what was published */
export async function publishExercise({ client, worker, approver }: RealSite, placeIds?: readonly string[]) {
  const now = new Date();
  const ids =
    placeIds ?? (await client.place.findMany({ where: { alertable: true }, select: { id: true } })).map(({ id }) => id);
  const incident = must(
    await declareIncident(
      client,
      worker,
      {
        mode: "exercise",
        failure: "full",
        textTo911: "fails",
        beganAt: new Date(now.getTime() - 480_000).toISOString(),
        evidence: "Calls to twelve dispatch centers",
        placeIds: [...ids],
        confirmation: "EXERCISE",
      },
      now,
    ),
  );
  const { id } = must(await prepareAlert(client, worker, { incidentId: incident.id }, now));
  const draft = await client.alert.findUniqueOrThrow({ where: { id } });
  must(await submitAlert(client, worker, { id, version: draft.version }, now));
  const { bundle, contentHash } = await client.alert.findUniqueOrThrow({ where: { id } });
  const parsed = parseBundle(bundle)!;
  must(
    await decideAlert(
      client,
      approver,
      {
        id,
        decision: "approve",
        contentHash: contentHash!,
        confirmations: requiredConfirmations(parsed),
        phrase: "EXERCISE",
      },
      now,
    ),
  );
  const messages = await client.message.findMany({ where: { alertId: id }, orderBy: { identifier: "asc" } });
  const { title } = await client.incident.findUniqueOrThrow({ where: { id: incident.id } });
  return { title, bundle: parsed, messages };
}

export type Outlined = [
  name: string,
  geoid: string,
  namelsad: string,
  parts: [longitude: number, latitude: number, km: number][],
];

/** Round stand-ins for outlines, as a GeoJSON file. */
export function roundPlaces(places: readonly Outlined[]): string {
  return JSON.stringify({
    type: "FeatureCollection",
    features: places.map(([NAME, GEOID, NAMELSAD, parts]) => ({
      type: "Feature",
      properties: { NAME, GEOID, NAMELSAD },
      geometry: {
        type: "MultiPolygon",
        coordinates: parts.map(([longitude, latitude, km]) => {
          const ring = circle([longitude, latitude], km, { steps: 24 }).geometry.coordinates[0] as Position[];
          return [ring.map(([x, y]) => [Number(x!.toFixed(6)), Number(y!.toFixed(6))])];
        }),
      },
    })),
  });
}

/** Counties divided among their towns, as a GeoJSON file: what an outline file of a state of towns looks like. */
export function dividedCounties(
  towns: readonly [name: string, geoid: string, namelsad: string, latitude: number, longitude: number][],
): string {
  const counties = [...new Set(towns.map(([, geoid]) => geoid.slice(0, 5)))];
  return JSON.stringify({
    type: "FeatureCollection",
    features: counties.flatMap((county) => {
      const within = towns.filter(([, geoid]) => geoid.startsWith(county));
      const cells = divideCounty(
        boundaryFromAtlas(county)!,
        within.map(([, id, , latitude, longitude]) => ({ id, latitude, longitude })),
      );
      return within.map(([NAME, GEOID, NAMELSAD]) => ({
        type: "Feature",
        properties: { NAME, GEOID, NAMELSAD },
        geometry: cells.get(GEOID),
      }));
    }),
  });
}
