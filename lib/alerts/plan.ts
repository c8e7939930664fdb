import type { CountyFacts, PlaceFacts } from "../directory/place-facts";
import { isSameNumber, type NumberFacts } from "../directory/schema";
import { numbersFor, type Selection, selectNumber } from "../directory/selection";
import { formatCounty } from "../places/county-kinds";
import { groupBy } from "../platform/group-by";
import type { AlertFacts } from "./facts";
import { toldPlaces } from "./follow-up";
import type { AlertContent, InForce } from "./schema";

/**
 * Which messages an alert becomes. Phones get one per place, dispatch area,
 * county, or one for all; broadcasters one per county, which is all they know
 * (47 CFR 11.31(c)). Pure.
 */

/** A place and the number it gives out, or what it gets instead. */
export interface Chosen {
  place: PlaceFacts;
  selection: Selection;
  /** Set where 911 works again: since when, in milliseconds since 1970. */
  restoredAt?: number;
  /** Set where an update is the first alert people get: since when 911 fails there. */
  joinedAt?: number;
  /** Set where 911 works and fails next door. */
  isNeighbor?: true;
}

interface Planned {
  /** Id of the place, dispatch area, county or state it is for. */
  id: string;
  /** Its name, without the kind. */
  name: string;
  chosen: readonly Chosen[];
}

export interface PhonePlan extends Planned {
  audience: "phones";
  /** Its name where there is little room. */
  shortName: string;
  /** Set when it is for exactly one county. */
  county?: CountyFacts;
}

export interface BroadcastPlan extends Planned {
  audience: "broadcasters";
  county: CountyFacts;
}

function withoutNumber(why: string): Selection {
  return { outcome: "no-number", why, reasons: [] };
}

function choose(facts: AlertFacts, content: AlertContent, place: PlaceFacts, now: number): Selection {
  const { wrong } = content;
  const selection = selectNumber(place, {
    now,
    ...(facts.anyHour ? { anyHour: true } : { until: now + content.validMinutes * 60_000 }),
    failure: facts.incident.failure,
    textTo911: facts.incident.textTo911,
    choice: content.numbers[place.id],
  });
  // Calls get through, so nobody waits for a number that no text gives first.
  if (facts.incident.failure === "location" && selection.outcome === "blocked")
    return { ...selection, outcome: "no-number", why: "Calls to 911 get through, so it needs no direct number." };
  if (!wrong) return selection;
  const isWrong = (number: NumberFacts) => isSameNumber(number, wrong);
  // Without the number that it corrects such a place is one without a number, of which nobody has to decide anything.
  if (selection.outcome === "blocked" && numbersFor(place.numbers, "dispatch").every(isWrong))
    return {
      ...selection,
      outcome: "no-number",
      why: "Its only number is the one that this alert corrects. The text tells people where to go instead.",
    };
  // Whatever was decided: a correction does not give out the number it corrects.
  const { number } = selection;
  if (!number || !isWrong(number)) return selection;
  return { outcome: "blocked", why: "Its number is the one that this alert corrects.", reasons: selection.reasons };
}

/** The number each place gives out, or what it gets instead. */
export function choosePlaces(facts: AlertFacts, content: AlertContent, now: number): Chosen[] {
  const wanted = new Set(content.placeIds);
  const restored = new Set(content.restoredIds);
  const since = new Map(facts.outage.map((one) => [one.placeId, one.since]));
  // A border notice told them that 911 works; that it fails there too is news.
  const told = new Set(toldPlaces(facts.inForce, "outage", "all-clear", "withdrawal"));
  return facts.places
    .filter((place) => wanted.has(place.id))
    .map((place) => {
      if (facts.purpose === "cancellation")
        return { place, selection: withoutNumber("A cancellation gives no number.") };
      if (facts.purpose === "border") return { place, selection: withoutNumber("911 works here."), isNeighbor: true };
      return restored.has(place.id)
        ? { place, selection: withoutNumber("911 works again."), restoredAt: since.get(place.id) ?? now }
        : {
            place,
            selection: choose(facts, content, place, now),
            ...(facts.purpose === "update" && !told.has(place.id)
              ? { joinedAt: since.get(place.id) ?? facts.incident.beganAt }
              : {}),
          };
    });
}

/** What people of a place were given last, where the directory still has it. */
function toldLast(facts: AlertFacts, place: PlaceFacts): Selection | null {
  const message = facts.inForce.find(({ audience, covers }) => audience === "phones" && covers.includes(place.id));
  const told = message?.numbers.find(({ placeId }) => placeId === place.id);
  if (!told) return message ? withoutNumber("It was told where to go.") : null;
  const number = [...place.numbers, ...place.fallbacks.flatMap(({ numbers }) => numbers)].find(
    (number) => number.id === told.id && isSameNumber(number, told),
  );
  return number && number.status !== "down"
    ? { outcome: "ready", number, why: "As people were told.", reasons: [] }
    : null;
}

/** Places that keep their message, and stand in the list of a county that gets a new one. */
function chooseListed(facts: AlertFacts, content: AlertContent, now: number): Chosen[] {
  const listed = new Set(facts.listedIds);
  const since = new Map(facts.outage.flatMap((one) => (one.state === "restored" ? [[one.placeId, one.since]] : [])));
  return facts.places
    .filter((place) => listed.has(place.id) && !content.placeIds.includes(place.id))
    .map((place) => {
      const restoredAt = since.get(place.id);
      return restoredAt === undefined
        ? { place, selection: toldLast(facts, place) ?? choose(facts, content, place, now) }
        : { place, selection: withoutNumber("911 works again."), restoredAt };
    });
}

/** The county a place is listed under. @throws when it lies in none, which loading refuses */
export function homeCounty(place: Pick<PlaceFacts, "name" | "counties">): CountyFacts {
  const [county] = place.counties;
  if (!county) throw new Error(`${place.name} lies in no county.`);
  return county;
}

/** As lists call a place, told from another of its name. */
export function nameListed(place: PlaceFacts): string {
  if (place.unit === "county") return formatCounty(homeCounty(place));
  if (place.namesake === null) return place.name;
  return place.namesake === "label"
    ? `${place.name} (${place.label})`
    : `${place.name}, ${formatCounty(homeCounty(place))}`;
}

/** As lists of messages call it. */
export function nameMessage(plan: PhonePlan): string {
  const [only, ...others] = plan.chosen;
  if (plan.county) return formatCounty(plan.county);
  return only && others.length === 0 && only.place.namesake !== null ? nameListed(only.place) : plan.name;
}

const onePlace = (chosen: Chosen): PhonePlan => ({
  audience: "phones",
  id: chosen.place.id,
  name: chosen.place.name,
  shortName: chosen.place.shortName,
  chosen: [chosen],
  ...(chosen.place.unit === "county" ? { county: homeCounty(chosen.place) } : {}),
});

/** A place without a dispatch center of its own stands alone. */
function byDispatchArea(chosen: readonly Chosen[]): PhonePlan[] {
  const areaOf = ({ place }: Chosen) => place.fallbacks.find(({ kind }) => kind === "psap");
  return [...groupBy(chosen, (one) => areaOf(one)?.id ?? one.place.id).values()].flatMap((group) => {
    const area = group[0] && areaOf(group[0]);
    if (!area) return group.map(onePlace);
    return [{ audience: "phones" as const, id: area.id, name: area.name, shortName: area.name, chosen: group }];
  });
}

const byHomeCounty = (chosen: readonly Chosen[]): PhonePlan[] =>
  [...groupBy(chosen, ({ place }) => homeCounty(place).id).values()].flatMap((group) => {
    const county = group[0] && homeCounty(group[0].place);
    return county
      ? [
          {
            audience: "phones" as const,
            id: county.id,
            name: county.name,
            shortName: county.name,
            county,
            chosen: group,
          },
        ]
      : [];
  });

/** One message for every place of a state; an alert over a border has one for each. */
const byState = (chosen: readonly Chosen[]): PhonePlan[] =>
  [...groupBy(chosen, ({ place }) => place.stateId).values()].flatMap((group) => {
    const place = group[0]?.place;
    return place
      ? [
          {
            audience: "phones" as const,
            id: place.stateId,
            name: place.stateName,
            shortName: place.stateName,
            chosen: group,
          },
        ]
      : [];
  });

/** How a place stands in an alert: 911 works there and fails next door, works again, fails and is news, or fails as told. */
type Standing = "neighbor" | "restored" | "joined" | "kept";

const standingOf = ({ restoredAt, joinedAt, isNeighbor }: Chosen): Standing =>
  isNeighbor ? "neighbor" : restoredAt !== undefined ? "restored" : joinedAt !== undefined ? "joined" : "kept";

/** A message is for places that stand alike: a group of several kinds falls apart. */
const unmixed = (plan: PhonePlan): PhonePlan[] =>
  new Set(plan.chosen.map(standingOf)).size > 1 ? plan.chosen.map(onePlace) : [plan];

/** How all places of a message stand; "kept" where they do not stand alike, as in the list of a county. */
export function sharedStanding({ chosen: [first, ...others] }: Pick<PhonePlan, "chosen">): Standing {
  if (!first) return "kept";
  const standing = standingOf(first);
  return others.every((one) => standingOf(one) === standing) ? standing : "kept";
}

function planPhones(grouping: AlertContent["grouping"], chosen: readonly Chosen[]): PhonePlan[] {
  switch (grouping) {
    case "place":
      return chosen.map(onePlace);
    case "dispatch-area":
      return byDispatchArea(chosen);
    case "county":
      return byHomeCounty(chosen);
    case "all":
      return byState(chosen);
  }
}

/** Every county that one of the places lies in, in the order of the places. */
export function planBroadcasts(chosen: readonly Chosen[]): BroadcastPlan[] {
  const inCounties = chosen.flatMap((one) => one.place.counties.map((county) => ({ one, county })));
  return [...groupBy(inCounties, ({ county }) => county.id).values()].flatMap((group) => {
    const county = group[0]?.county;
    if (!county) return [];
    return [
      {
        audience: "broadcasters" as const,
        id: county.id,
        name: county.name,
        county,
        chosen: group.map(({ one }) => one),
      },
    ];
  });
}

/** What a message replaces or cancels: all that is in force for its places, or for its county. */
export function findReplaced({ inForce }: Pick<AlertFacts, "inForce">, plan: PhonePlan | BroadcastPlan): InForce[] {
  const ids = new Set(plan.chosen.map(({ place }) => place.id));
  return inForce.filter(
    ({ audience, placeId, covers }) =>
      audience === plan.audience && (audience === "phones" ? covers.some((id) => ids.has(id)) : placeId === plan.id),
  );
}

/** The messages of an alert: those for phones, then those for broadcasters, who hear of all places of their county. */
export function planMessages(
  facts: AlertFacts,
  content: AlertContent,
  chosen: readonly Chosen[],
  now: number,
): (PhonePlan | BroadcastPlan)[] {
  const counties = new Set(chosen.flatMap(({ place }) => place.counties.map(({ id }) => id)));
  // Stations of a county where 911 fails somewhere say that, and nothing that would replace it.
  if (facts.purpose === "border")
    for (const { id } of facts.down.flatMap((place) => place.counties)) counties.delete(id);
  return [
    ...planPhones(content.grouping, chosen).flatMap(unmixed),
    ...planBroadcasts([...chosen, ...chooseListed(facts, content, now)]).filter(({ id }) => counties.has(id)),
  ];
}

/** The same from the beginning: which number each place gives out, and the messages that come of it. */
export function planAlert(facts: AlertFacts, content: AlertContent, now: number): (PhonePlan | BroadcastPlan)[] {
  return planMessages(facts, content, choosePlaces(facts, content, now), now);
}
