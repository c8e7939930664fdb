import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { readBundle } from "../../alerts/bundle";
import { failureSchema } from "../../incidents/schema";
import { formatPlace } from "../../places/county-kinds";
import type { Reader } from "../../platform/db";
import { listLanguages, loadPageLanguages } from "../../wording/data";
import { listPagePaths } from "../channels/public-site/data";
import { describePlace, describeWhole, type PressFacts, type PressPlace } from "./press";
import { type Ending, type PressSheet, WHOLE } from "./schema";

/** Reads what was published, as it was approved: the stored bundle, and how each of its messages stands now. */

async function loadEndings(client: Reader, alert: { id: string; state: string; expiresAt: Date | null }, now: Date) {
  const rows = await client.message.findMany({
    where: { alertId: alert.id, xml: { not: null } },
    select: {
      identifier: true,
      referredToBy: { select: { message: { select: { msgType: true, alertId: true } } } },
    },
  });
  return new Map(
    rows.map(({ identifier, referredToBy }) => {
      const later = referredToBy.map(({ message }) => message);
      const canceled = alert.state === "canceled" || later.some(({ msgType }) => msgType === "Cancel");
      const ending: Ending = canceled
        ? "taken-back"
        : later.length > 0
          ? "replaced"
          : alert.expiresAt === null || alert.expiresAt <= now
            ? "ended"
            : null;
      return [identifier, { ending, newerId: later[0]?.alertId ?? null }];
    }),
  );
}

export interface PressOf {
  alertId: string;
  /** The address of the public site, without a slash at its end. */
  url: string;
}

/** Everything a published alert offers for posts and paper, or null when it does not exist for this person. */
const loadPress = (client: Reader, actor: Actor, of: PressOf, now: Date) =>
  loadPressOf(client, of, { in: agenciesFor(actor, "message:export") }, now);

/** @param agencyId of whom it may be; without, whoever's it is */
async function loadPressOf(
  client: Reader,
  { alertId, url }: PressOf,
  agencyId: { in: string[] } | undefined,
  now: Date,
) {
  const alert = await client.alert.findFirst({
    where: {
      id: alertId,
      publishedAt: { not: null },
      bundle: { not: null },
      ...(agencyId ? { agencyId } : {}),
    },
    include: { incident: { select: { mode: true, failure: true } } },
  });
  if (!alert?.publishedAt || alert.bundle === null) return null;
  const bundle = readBundle(alert.bundle);
  const endings = await loadEndings(client, alert, now);
  const messages = bundle.messages.filter(
    ({ identifier, audience, msgType, texts }) =>
      endings.has(identifier) &&
      texts.length > 0 &&
      !(bundle.purpose === "cancellation" && audience === "phones" && msgType === "Alert"),
  );
  const phones = messages.filter(({ audience }) => audience === "phones");
  const rows = await client.place.findMany({
    where: { id: { in: phones.flatMap(({ placeIds }) => placeIds) } },
    select: { id: true, name: true, kind: true, stateName: true },
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  const paths = alert.incident.mode === "live" ? await listPagePaths(client, [...known.keys()]) : null;
  const endingOf = (identifier: string) => endings.get(identifier) ?? { ending: null, newerId: null };
  const places = new Map<string, PressPlace>();
  for (const message of phones) {
    for (const id of message.placeIds) {
      const row = known.get(id);
      if (!row || places.has(id)) continue;
      places.set(id, {
        of: id,
        kind: "place",
        id,
        name: formatPlace(row),
        state: row.stateName,
        path: paths?.get(id) ?? "",
        message,
        ...endingOf(message.identifier),
      });
    }
  }
  const counties = messages
    .filter(({ audience }) => audience === "broadcasters")
    .map((message): PressPlace => {
      const { placeId: id, place: name } = message;
      const state = "";
      return {
        of: `county:${id}`,
        kind: "county",
        id,
        name,
        state,
        path: "",
        message,
        ...endingOf(message.identifier),
      };
    });
  const facts: PressFacts = {
    bundle,
    sentAt: alert.publishedAt.getTime(),
    endsAt: (alert.expiresAt ?? alert.publishedAt).getTime(),
    failure: failureSchema.parse(alert.incident.failure),
    languages: await listLanguages(client),
    pages: (await loadPageLanguages(client))
      .filter(({ isOn }) => isOn)
      .map(({ code, name, direction, words, review }) => ({
        code,
        name,
        direction,
        words,
        isReviewed: review !== null,
      })),
    urlOf: paths === null ? null : (folder) => `${url}/${folder}`,
  };
  const states = [...new Set(rows.map(({ stateName }) => stateName))].sort();
  return { alert, facts, places: [...places.values()], counties, states };
}

const byName = (left: { name: string }, right: { name: string }) => left.name.localeCompare(right.name, "en");

/** What a channel tells people of a published alert: all places together, and each of them by name; null where nothing was approved. */
export async function loadTold(client: Reader, alert: PressOf, now: Date) {
  const loaded = await loadPressOf(client, alert, undefined, now);
  if (!loaded) return null;
  const { facts, places, states } = loaded;
  return {
    whole: describeWhole(facts, places, states),
    places: [...places].sort(byName).map((place) => describePlace(facts, place)),
  };
}

/** What can be chosen of a published alert, and the sheet that is shown first; null for strangers. */
export async function getPressChoices(client: Reader, actor: Actor, alert: PressOf, now: Date) {
  const loaded = await loadPress(client, actor, alert, now);
  if (!loaded) return null;
  const { facts, places, counties, states } = loaded;
  const choose = (list: readonly PressPlace[]) => list.map(({ of, name }) => ({ of, name })).sort(byName);
  const first = [...places].sort(byName)[0];
  if (!first) return null;
  return {
    places: choose(places),
    // A county may be among the places as well.
    counties: choose(counties).map(({ of, name }) => ({ of, name: `${name}, radio and television` })),
    first: places.length > 1 ? describeWhole(facts, places, states) : describePlace(facts, first),
  };
}

/** The sheet of a place, a county or the whole of a published alert, with what the log says of it; null for strangers. */
export async function getPressSheet(client: Reader, actor: Actor, wanted: PressOf & { of: string }, now: Date) {
  const loaded = await loadPress(client, actor, wanted, now);
  if (!loaded) return null;
  const { alert, facts, places, counties, states } = loaded;
  const place = [...places, ...counties].find((one) => one.of === wanted.of);
  const sheet: PressSheet | null =
    wanted.of === WHOLE ? describeWhole(facts, places, states) : place ? describePlace(facts, place) : null;
  return (
    sheet && {
      sheet,
      alert: { id: alert.id, agencyId: alert.agencyId, incidentId: alert.incidentId, title: alert.title },
      code: alert.code,
      sentAt: facts.sentAt,
    }
  );
}
