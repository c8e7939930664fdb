import "server-only";
import { COVERS } from "../../../access/jurisdiction";
import { loadCandidates } from "../../../directory/data";
import { groupBy } from "../../../platform/group-by";
import type { PageLanguageRow } from "../../../wording/data";
import type { LanguageWords } from "../../../wording/languages";
import { formatCounty, formatPlace } from "../../../places/county-kinds";
import { failureSchema } from "../../../incidents/schema";
import { type Bundle, readBundle, textsAt } from "../../../alerts/bundle";
import { floorPromise } from "../../../alerts/clock-words";
import type { PrismaClient, Reader } from "../../../platform/db";
import { loadTranslations } from "../../../platform/translations";
import { listLanguages, loadPageLanguages } from "../../../wording/data";
import { fromDirectory, keyOfNumber, listAnswered, toSaidNumber } from "./directory-numbers";
import {
  type AlertMessage,
  type SaidMessage,
  type SiteAlert,
  type SiteFacts,
  type SiteLanguage,
  type SitePlace,
  standingThere,
} from "./facts";
import { plainName } from "./search";

/** Reads what the public pages are made from: what was published live, and the directory for the next time. */

/** What was said is told for so long on the page of a place. */
const TOLD_MS = 366 * 86_400_000;

async function loadLiveAlerts(client: Reader, now: Date) {
  return client.alert.findMany({
    where: {
      incident: { mode: "live" },
      state: { in: ["published", "canceled"] },
      publishedAt: { not: null, lte: now },
      // Whose agency might not use it when it was published.
      NOT: { withheldFrom: { has: "public-site" } },
    },
    select: {
      id: true,
      code: true,
      title: true,
      publishedAt: true,
      expiresAt: true,
      incidentId: true,
      agency: { select: { id: true, code: true, name: true } },
      incident: { select: { failure: true, textTo911: true } },
    },
    orderBy: { publishedAt: "desc" },
  });
}

/** Those of these alerts whose approved wording was chosen because texts to 911 arrive. */
async function loadWordedWithTexts(client: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await client.alert.findMany({
    where: { id: { in: [...ids] }, content: { path: ["wordedFor", "textTo911"], equals: "works" } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

type LiveAlert = Awaited<ReturnType<typeof loadLiveAlerts>>[number];

interface MessageRow {
  alertId: string;
  identifier: string;
  sha256: string;
  sent: string;
  msgType: string;
  standing: SaidMessage["standing"];
}

/** The messages of these alerts by alert, each with how it stands by what refers to it. */
async function loadMessages(client: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, MessageRow[]>> {
  const rows = await client.$queryRaw<MessageRow[]>`
    select m."alertId", m.identifier, m.sha256, m.sent, m."msgType",
      case when a.state = 'canceled' or exists (select 1 from "MessageReference" r join "Message" c on c.id = r."messageId"
          where r."earlierId" = m.id and c."msgType" = 'Cancel') then 'taken-back'
        when exists (select 1 from "MessageReference" r where r."earlierId" = m.id) then 'replaced'
        else 'in-force' end as standing
    from "Message" m join "Alert" a on a.id = m."alertId"
    where m."alertId" = any(${[...ids]}) and m.xml is not null and m.sha256 is not null and m.sent is not null
    order by m.identifier`;
  return groupBy(rows, ({ alertId }) => alertId);
}

/** Published bundles never change, so a process reads each of them once. */
const remembered = new Map<string, Bundle>();
const MOST_REMEMBERED = 64;

async function loadBundles(client: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Bundle>> {
  const missing = ids.filter((id) => !remembered.has(id));
  const found = new Map(ids.flatMap((id) => (remembered.has(id) ? [[id, remembered.get(id)!] as const] : [])));
  for (const { id, bundle } of await client.alert.findMany({
    where: { id: { in: missing } },
    select: { id: true, bundle: true },
  })) {
    if (bundle === null) continue;
    const read = readBundle(bundle);
    found.set(id, read);
    if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
    remembered.set(id, read);
  }
  return found;
}

/** Since when each number that is out of service is so. */
async function loadDownSince(client: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await client.directNumber.findMany({
    where: { status: "down", statusAt: { not: null } },
    select: { id: true, e164: true, extension: true, statusAt: true },
  });
  return new Map(rows.map((row) => [keyOfNumber(row), row.statusAt?.getTime() ?? 0]));
}

/** Of what is no longer in force nobody is told when its numbers were answered. */
const NONE_ANSWERED: ReadonlyMap<string, number> = new Map();

/** One alert with its messages as the public reads them. */
function tell(
  alert: LiveAlert,
  stored: readonly MessageRow[],
  bundle: Bundle,
  names: ReadonlyMap<string, Readonly<Record<string, string>>>,
  answered: ReadonlyMap<string, number>,
  downSince: ReadonlyMap<string, number>,
  wordedWithTexts: ReadonlySet<string>,
): { alert: SiteAlert; said: { placeId: string; message: SaidMessage }[] } {
  const sentAt = alert.publishedAt?.getTime() ?? 0;
  const endsAt = alert.expiresAt?.getTime() ?? sentAt;
  const failure = failureSchema.parse(alert.incident.failure);
  const rows = new Map(stored.map((row) => [row.identifier, row]));
  const agency = names.get(alert.agency.id) ?? { "en-US": alert.agency.name };
  const messages: AlertMessage[] = [];
  const said: { placeId: string; message: SaidMessage }[] = [];
  for (const message of bundle.messages) {
    const row = rows.get(message.identifier);
    if (!row) continue;
    const { standing } = row;
    const texts = Object.fromEntries(
      textsAt(bundle, message, sentAt).map(({ language, parts }) => [
        language,
        { headline: parts.headline, description: parts.description, instruction: parts.instruction },
      ]),
    );
    messages.push({
      identifier: row.identifier,
      sha256: row.sha256,
      sent: row.sent,
      msgType: row.msgType,
      tells: message.tells,
      audience: message.audience,
      placeIds: message.placeIds,
      place: message.place,
      headline: (texts["en-US"] ?? Object.values(texts)[0])?.headline ?? "",
      standing,
    });
    if (message.audience !== "phones" || message.msgType === "Cancel") continue;
    const numbers = groupBy(message.numbers, ({ placeId }) => placeId);
    const told: Omit<SaidMessage, "numbers" | "wrong"> = {
      identifier: row.identifier,
      alertCode: alert.code,
      incidentId: alert.incidentId,
      sentAt,
      endsAt,
      nextUpdateAt: floorPromise(sentAt + bundle.nextUpdateMinutes * 60_000),
      tells: message.tells,
      msgType: row.msgType,
      standing,
      failure,
      beganAt: message.beganAt ?? bundle.beganAt,
      restoredAt: message.restoredAt ?? null,
      textsWork: alert.incident.textTo911 === "works" && wordedWithTexts.has(alert.id),
      texts,
      agency,
    };
    for (const placeId of message.placeIds) {
      // A message of several places has the numbers of all of them, and each place its own.
      const own = numbers.get(placeId) ?? [];
      // What was out of service before was given out all the same, by who approved it.
      const isWrong = (number: (typeof own)[number]) =>
        standing === "in-force" && (downSince.get(keyOfNumber(number)) ?? 0) > sentAt;
      said.push({
        placeId,
        message: {
          ...told,
          numbers: own
            .filter((number) => !isWrong(number))
            .map((number) => toSaidNumber(number, standing === "in-force" ? answered : NONE_ANSWERED)),
          wrong: own.filter(isWrong).map(({ e164, extension }) => ({ e164, extension })),
        },
      });
    }
  }
  return {
    alert: {
      code: alert.code,
      incidentId: alert.incidentId,
      title: alert.title,
      agencyCode: alert.agency.code,
      agency,
      sentAt,
      endsAt,
      failure,
      timeZone: bundle.timeZone,
      messages,
    },
    said,
  };
}

/** Where the page of each place is: by its name, and by its county or kind where another of its state has the same. */
export function pathsOf(
  places: readonly { id: string; name: string; kind: string; label: string; stateCode: string; county: string }[],
): Map<string, string> {
  const slug = (text: string) => plainName(text).replaceAll(" ", "-");
  const ways = [
    (place: (typeof places)[number]) => slug(place.name),
    (place: (typeof places)[number]) => slug(`${place.name} ${place.county}`),
    (place: (typeof places)[number]) => slug(`${place.name} ${place.label} ${place.county}`),
    (place: (typeof places)[number]) => slug(`${place.name} ${place.id}`),
  ];
  const paths = new Map<string, string>();
  let left = [...places];
  for (const way of ways) {
    const taken = new Map<string, number>();
    const full = (place: (typeof places)[number]) => `${place.stateCode.toLowerCase()}/${way(place)}`;
    for (const place of left) taken.set(full(place), (taken.get(full(place)) ?? 0) + 1);
    const used = new Set(paths.values());
    const next: typeof left = [];
    for (const place of left) {
      if (taken.get(full(place)) === 1 && !used.has(full(place))) paths.set(place.id, full(place));
      else next.push(place);
    }
    left = next;
  }
  return paths;
}

/** Every place that some agency of the site answers for and that an alert can be for. */
async function loadPlacesOfSite(client: Reader) {
  return client.$queryRaw<
    {
      id: string;
      kind: string;
      name: string;
      label: string;
      stateCode: string;
      stateName: string;
      timeZone: string;
      neighborIds: string[];
      countyIds: string[];
    }[]
  >`
    select r.id, r.kind, r.name, r.label, r."stateCode", r."stateName", r."timeZone", r."neighborIds",
      array_remove(case when r.kind = 'county' then array[r.id] else array[r."parentId"] || r."otherCountyIds" end, null) as "countyIds"
    from "Place" r left join "Place" p on p.id = r."parentId"
    where r.alertable and r."retiredAt" is null and exists (select 1 from "Agency" a where ${COVERS})
    order by r."stateCode", r.name, r.id`;
}

/** Where the pages of these places are, by id. */
export async function listPagePaths(client: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(ids);
  const paths = pathsOf(await withCounties(client, await loadPlacesOfSite(client)));
  return new Map([...paths].filter(([id]) => wanted.has(id)));
}

/** The places with what they are called, and the county their page is told from others by. */
async function withCounties<Row extends { id: string; kind: string; name: string; countyIds: string[] }>(
  client: Reader,
  rows: readonly Row[],
) {
  const counties = new Map(
    (
      await client.place.findMany({
        where: { id: { in: [...new Set(rows.flatMap(({ countyIds }) => countyIds))] } },
        select: { id: true, name: true },
      })
    ).map((county) => [county.id, county]),
  );
  return rows.map((row) => ({
    ...row,
    name: formatPlace(row),
    counties: row.countyIds.flatMap((id) => counties.get(id) ?? []),
    county: counties.get(row.countyIds[0] ?? "")?.name ?? "",
  }));
}

/** All that the public site says now. @param url the address people open, without a slash at its end */
export async function loadSiteFacts(client: PrismaClient, url: string, now: Date): Promise<SiteFacts> {
  // Side by side, as far as one does not need another: people wait for the pages.
  const [site, languages, translations, agencies, rows, alerts, declared] = await Promise.all([
    client.site.findUniqueOrThrow({ where: { id: 1 } }),
    listLanguages(client),
    loadPageLanguages(client),
    client.agency.findMany({ select: { id: true, code: true, name: true }, orderBy: { code: "asc" } }),
    loadPlacesOfSite(client),
    loadLiveAlerts(client, now),
    client.incidentPlace.findMany({
      where: { state: { in: ["out", "partly"] }, incident: { mode: "live", closedAt: null } },
      select: { placeId: true },
    }),
  ]);
  const declaredOut = new Set(declared.map(({ placeId }) => placeId));
  const ids = rows.map(({ id }) => id);
  const alertIds = alerts.map(({ id }) => id);
  const inForce = alerts.flatMap(({ id, expiresAt }) => (expiresAt && expiresAt > now ? [id] : []));
  const [names, bundles, messages, candidates, downSince, wordedWithTexts, knownAs, zipRows, named] = await Promise.all(
    [
      namesOf(client, agencies),
      loadBundles(client, alertIds),
      loadMessages(client, alertIds),
      loadCandidates(client, ids),
      loadDownSince(client),
      loadWordedWithTexts(client, inForce),
      client.placeAlias.findMany({ where: { placeId: { in: ids } } }),
      client.placeZip.findMany({ where: { placeId: { in: ids } }, orderBy: [{ placeId: "asc" }, { zip: "asc" }] }),
      withCounties(client, rows),
    ],
  );
  const answered = listAnswered(candidates.values());
  const told = alerts.flatMap((alert) => {
    const bundle = bundles.get(alert.id);
    return bundle
      ? [tell(alert, messages.get(alert.id) ?? [], bundle, names, answered, downSince, wordedWithTexts)]
      : [];
  });
  const ofPlace = ({ placeId }: { placeId: string }) => placeId;
  const aliases = groupBy(knownAs, ofPlace);
  const zips = groupBy(zipRows, ofPlace);
  const said = new Map<string, SaidMessage[]>();
  for (const one of told) {
    for (const { placeId, message } of one.said) {
      if (message.sentAt + TOLD_MS < now.getTime()) continue;
      said.set(placeId, [...(said.get(placeId) ?? []), message]);
    }
  }
  const paths = pathsOf(named);
  const counts = new Map<string, number>();
  for (const { name, stateCode } of named)
    counts.set(`${stateCode} ${name}`, (counts.get(`${stateCode} ${name}`) ?? 0) + 1);
  const places: SitePlace[] = named.map((row) => {
    const found = candidates.get(row.id);
    const twice = (counts.get(`${row.stateCode} ${row.name}`) ?? 0) > 1;
    const [home] = row.counties;
    return {
      id: row.id,
      path: paths.get(row.id) ?? row.id,
      name: row.name,
      label: twice && home && home.id !== row.id ? `${row.name}, ${formatCounty(home)}` : row.name,
      stateCode: row.stateCode,
      stateName: row.stateName,
      counties: row.counties,
      timeZone: row.timeZone,
      neighborIds: row.neighborIds,
      aliases: (aliases.get(row.id) ?? []).map(({ name }) => name),
      zips: (zips.get(row.id) ?? []).map(({ zip }) => zip),
      ...fromDirectory(found ?? null, row.name, languages, now.getTime()),
      declaredOut: declaredOut.has(row.id),
      said: standingThere(said.get(row.id) ?? []),
    };
  });
  return {
    name: site.name,
    demonstration: site.mode !== "real",
    url,
    timeZone: site.timeZone,
    since: site.createdAt.getTime(),
    languages: languagesOf(languages, translations),
    agencies: agencies.map(({ code, name }) => ({ code, name })),
    places,
    alerts: told.map(({ alert }) => alert),
    now: now.getTime(),
  };
}

/** The languages alerts are written in, then those that are turned on for the pages alone. */
function languagesOf(written: readonly LanguageWords[], translations: readonly PageLanguageRow[]): SiteLanguage[] {
  const first = written.flatMap(({ code, name, direction, site: words }): SiteLanguage[] =>
    words ? [{ code, name, direction, words }] : [],
  );
  return [
    ...first,
    ...translations
      .filter(({ isOn, code }) => isOn && !first.some((language) => language.code.split("-")[0] === code.split("-")[0]))
      .map(({ code, name, direction, words: { site, notice, official }, review }) => ({
        code,
        name,
        direction,
        words: site,
        translation: { notice, official, isReviewed: review !== null },
      })),
  ];
}

/** Names of agencies by language. */
async function namesOf(client: Reader, agencies: readonly { id: string; name: string }[]) {
  const translations = await loadTranslations(
    client,
    "agency",
    agencies.map(({ id }) => id),
  );
  return new Map(agencies.map(({ id, name }) => [id, translations.of(id, "name", name)]));
}

/** Stored bytes of published messages, by identifier. */
export async function loadBytes(client: Reader, identifiers: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = await client.message.findMany({
    where: { identifier: { in: [...identifiers] }, xml: { not: null }, alert: { incident: { mode: "live" } } },
    select: { identifier: true, xml: true },
  });
  return new Map(rows.flatMap(({ identifier, xml }) => (xml ? [[identifier, xml] as const] : [])));
}
