import type { CountyFacts, PlaceFacts } from "../directory/place-facts";
import { type Selection, selectNumber } from "../directory/selection";
import type { AlertFacts } from "./facts";
import type { AlertContent } from "./schema";

/**
 * Which messages an alert becomes. Phones get one per place, dispatch area,
 * county, or one for all; broadcasters one per county, which is all they know
 * (47 CFR 11.31(c)). Pure.
 */

/** A place and the number it gives out, or what it gets instead. */
export interface Chosen {
  place: PlaceFacts;
  selection: Selection;
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

/** The number each place gives out, or what it gets instead. */
export function choosePlaces(facts: AlertFacts, content: AlertContent, now: number): Chosen[] {
  const wanted = new Set(content.placeIds);
  return facts.places
    .filter((place) => wanted.has(place.id))
    .map((place) => ({
      place,
      selection:
        facts.purpose === "cancellation"
          ? { outcome: "no-number" as const, why: "A cancellation gives no number.", reasons: [] }
          : selectNumber(place, {
              now,
              ...(facts.anyHour ? { anyHour: true } : { until: now + content.validMinutes * 60_000 }),
              failure: facts.incident.failure,
              textTo911: facts.incident.textTo911,
              choice: content.numbers[place.id],
            }),
    }));
}

/** The county a place is listed under. @throws when it lies in none, which loading refuses */
export function homeCounty(place: PlaceFacts): CountyFacts {
  const [county] = place.counties;
  if (!county) throw new Error(`${place.name} lies in no county.`);
  return county;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const list = groups.get(keyOf(item));
    if (list) list.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
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

/** The messages of an alert: those for phones, then those for broadcasters. */
export function planMessages(content: AlertContent, chosen: readonly Chosen[]): (PhonePlan | BroadcastPlan)[] {
  return [...planPhones(content.grouping, chosen), ...planBroadcasts(chosen)];
}
