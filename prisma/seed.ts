import type { Localized } from "../lib/platform/language";
import { saveTranslations } from "../lib/platform/translations";
import { appendAudit, appendBaseline } from "../lib/record/append";
import { createSetupLink } from "../lib/people/commands/passwords";
import { hashPassword } from "../lib/people/passwords";
import { renewAlertableIn } from "../lib/places/commands/renew-alertable";
import { findNeighbors } from "../lib/places/neighbors";
import { inTransaction, type PrismaClient, type Transaction } from "../lib/platform/db";
import { recordReadinessDays } from "../lib/directory/readiness/mutations";
import { SHIPPED_TEMPLATES } from "../lib/wording/follow-ups";
import { PAGE_LANGUAGES } from "../lib/wording/pages/shipped-pages";
import {
  AGENCIES,
  DEMONSTRATION_PASSWORD,
  inventNumbers,
  PEOPLE,
  HELP_OPTIONS,
  type SeedArea,
} from "./seed/demonstration";
import ALIASES from "./seed/aliases.json";
import ZIP_CODES from "./seed/zip-codes.json";
import { massachusetts } from "./seed/massachusetts";
import { unitedStates } from "./seed/united-states";

/** Fills an empty database, once: with the demonstration, or with a real site that knows nobody's password. */

const TIME_ZONE = "America/New_York";

export async function isEmpty(client: PrismaClient): Promise<boolean> {
  return (await client.site.count()) === 0;
}

/**
 * The whole country's states and counties; and, where it is the home of the site,
 * the cities and towns of Massachusetts, which the product began with. Other
 * states' come by import.
 */
async function createPlaces(transaction: Transaction, massachusettsToo: boolean): Promise<void> {
  const home = new Map(massachusettsToo ? massachusetts().map((place) => [place.id, place]) : []);
  const country = unitedStates().map((place) => ({ ...place, ...home.get(place.id) }));
  const towns = [...home.values()].filter(({ kind }) => kind === "municipality");
  const neighbors = findNeighbors(towns.map(({ id, boundary }) => ({ id, geometry: boundary! })));
  const rows = [...country, ...towns.map((town) => ({ ...town, neighborIds: neighbors.get(town.id) ?? [] }))];
  for (const kind of ["state", "county", "municipality"]) {
    const places = rows
      .filter((place) => place.kind === kind)
      .map((place) => ({ ...place, boundary: place.boundary ?? null, alertable: kind === "municipality" }));
    // In one statement: the client takes seconds to write one of its own for 3,000 counties.
    await transaction.$executeRaw`
      insert into "Place" (id, kind, name, label, "stateName", "stateCode", "shortName", "parentId", "sameCode", population,
        "landSqKm", latitude, longitude, "timeZone", boundary, "boundaryApproximate", alertable, "neighborIds")
      select id, kind, name, label, "stateName", "stateCode", "shortName", "parentId", "sameCode", population,
        "landSqKm", latitude, longitude, "timeZone", boundary, "boundaryApproximate", alertable, "neighborIds"
      from jsonb_populate_recordset(null::"Place", ${JSON.stringify(places)}::jsonb)`;
  }
}

/** Villages and districts of the towns the product began with. */
async function createAliases(transaction: Transaction): Promise<void> {
  const towns = await transaction.place.findMany({
    where: { kind: "municipality", id: { startsWith: "25" } },
    select: { id: true, name: true },
  });
  const byName = new Map(towns.map(({ id, name }) => [name, id]));
  await transaction.placeAlias.createMany({
    data: (ALIASES as [string, string][]).flatMap(([name, town]) => {
      const placeId = byName.get(town);
      return placeId ? [{ placeId, name }] : [];
    }),
  });
}

/** ZIP Codes by the town that has their post office or the middle of their area. */
async function createZips(transaction: Transaction): Promise<void> {
  const codes = ZIP_CODES as Record<string, string>;
  const towns = await transaction.place.findMany({ where: { id: { in: Object.keys(codes) } }, select: { id: true } });
  await transaction.placeZip.createMany({
    data: towns.flatMap(({ id }) => (codes[id] ?? "").split(" ").map((zip) => ({ placeId: id, zip }))),
  });
}

/** Areas of dispatch centers, in the middle of what they serve. */
async function createAreas(transaction: Transaction, areas: readonly SeedArea[]): Promise<void> {
  for (const { id, name, countyId, memberIds } of areas) {
    const members = await transaction.place.findMany({ where: { id: { in: memberIds } } });
    const county = await transaction.place.findUniqueOrThrow({ where: { id: countyId } });
    const sum = (pick: (member: (typeof members)[number]) => number) =>
      members.reduce((total, member) => total + pick(member), 0);
    await transaction.place.create({
      data: {
        id,
        kind: "psap",
        name,
        label: "dispatch area",
        stateName: county.stateName,
        stateCode: county.stateCode,
        shortName: name.slice(0, 20),
        parentId: countyId,
        sameCode: county.sameCode,
        population: sum(({ population }) => population),
        latitude: sum(({ latitude }) => latitude) / members.length,
        longitude: sum(({ longitude }) => longitude) / members.length,
        timeZone: county.timeZone,
        members: { create: memberIds.map((placeId) => ({ placeId })) },
      },
    });
  }
}

async function createTemplates(transaction: Transaction, approvedBy: string, now: Date): Promise<void> {
  await transaction.template.createMany({
    data: SHIPPED_TEMPLATES.map((template) => ({ ...template, version: 1, approvedBy, approvedAt: now })),
  });
}

async function createSite(
  transaction: Transaction,
  mode: "demonstration" | "real",
  name: string,
  timeZone: string,
  now: Date,
): Promise<void> {
  await transaction.site.create({ data: { id: 1, mode, name, timeZone, createdAt: now } });
  await appendAudit(
    transaction,
    {
      actor: null,
      action: "site.created",
      subject: { type: "site", id: "1" },
      summary:
        mode === "real" ? `Made the site “${name}”.` : "Made the demonstration: Massachusetts, invented numbers.",
      data: { mode },
    },
    now,
  );
}

/** A site is made once, on whatever machine there is: it may take two minutes. */
const make = <Value>(client: PrismaClient, run: (transaction: Transaction) => Promise<Value>) =>
  inTransaction(client, run, { ms: 120_000 });

/** Massachusetts with invented numbers and nine invented officials. */
export async function seedDemonstration(client: PrismaClient, now: Date): Promise<void> {
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  const { numbers, calls, areas } = inventNumbers(now.getTime());
  await make(client, async (transaction) => {
    await createSite(transaction, "demonstration", "Callbox demonstration", TIME_ZONE, now);
    await createPlaces(transaction, true);
    await createAliases(transaction);
    await createZips(transaction);
    await createTemplates(transaction, "shipped with Callbox", now);
    for (const { spanish, ...agency } of AGENCIES) {
      await transaction.agency.create({ data: agency });
      await saveTranslations(transaction, "agency", agency.id, "name", { "es-US": spanish });
    }
    for (const person of PEOPLE) {
      await transaction.person.create({
        data: {
          id: `demo-${person.key}`,
          name: person.name,
          email: person.email,
          phone: "+16175550199",
          passwordHash,
          homeAgencyId: person.agency,
          createdAt: now,
          memberships: { create: person.roles.map((role) => ({ agencyId: person.agency, role })) },
        },
      });
    }
    // All languages are on so that they can be seen; a real site turns on what its officials choose.
    await transaction.pageLanguage.createMany({
      data: PAGE_LANGUAGES.map(({ code }) => ({ code, isOn: true, changedAt: now })),
    });
    await createAreas(transaction, areas);
    await transaction.directNumber.createMany({
      data: numbers.map((number) => ({ ...number, isDemonstration: true })),
    });
    await transaction.testCall.createMany({ data: calls });
    for (const { spanish, ...option } of HELP_OPTIONS) {
      const { id } = await transaction.helpOption.create({ data: option });
      await saveTranslations(transaction, "help-option", id, "wording", { "es-US": spanish });
    }
    await recordReadinessDays(transaction, now);
    await appendBaseline(transaction, now);
  });
}

export interface RealSite {
  siteName: string;
  administratorName: string;
  administratorEmail: string;
  agency: {
    id: string;
    code: string;
    name: string;
    shortName: string;
    sender: string;
    web: string | null;
    jurisdictionId: string;
  };
  /** Names of the agency in other languages, by field. */
  translations: { name: Localized; shortName: Localized };
}

/**
 * A real site: places and wordings, one agency, one administrator without a
 * password, no numbers.
 * @returns the token of the administrator's one-time link
 */
export async function seedRealSite(client: PrismaClient, site: RealSite, now: Date): Promise<string> {
  return make(client, async (transaction) => {
    const { jurisdictionId } = site.agency;
    await createPlaces(transaction, jurisdictionId.startsWith("25"));
    await createAliases(transaction);
    await createZips(transaction);
    const home = await transaction.place.findUnique({ where: { id: jurisdictionId } });
    if (!home) {
      throw new Error(
        `There is no state, county or town ${jurisdictionId} here. Name a state (two digits) or a county (five); cities and towns outside Massachusetts come by import. Nothing was made.`,
      );
    }
    await createSite(transaction, "real", site.siteName, home.timeZone, now);
    await createTemplates(transaction, "shipped with Callbox", now);
    await transaction.agency.create({ data: { ...site.agency, contact: null, parentId: null } });
    await renewAlertableIn(transaction, jurisdictionId);
    for (const [field, words] of Object.entries(site.translations)) {
      await saveTranslations(transaction, "agency", site.agency.id, field, words);
    }
    const person = await transaction.person.create({
      data: {
        name: site.administratorName,
        email: site.administratorEmail,
        homeAgencyId: site.agency.id,
        createdAt: now,
        memberships: { create: { agencyId: site.agency.id, role: "administrator" } },
      },
    });
    await appendAudit(
      transaction,
      {
        actor: null,
        agencyId: site.agency.id,
        action: "person.invited",
        subject: { type: "person", id: person.id },
        summary: `Invited ${site.administratorName} as the first administrator.`,
      },
      now,
    );
    await appendBaseline(transaction, now);
    return createSetupLink(transaction, person.id, null, now);
  });
}
