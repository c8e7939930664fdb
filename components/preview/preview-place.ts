import { type Bundle, type BundleMessage, textsAt } from "../../lib/alerts/bundle";
import { floorPromise } from "../../lib/alerts/clock-words";
import { fromDirectory, listAnswered, toSaidNumber } from "../../lib/delivery/channels/public-site/directory-numbers";
import type { SitePlace } from "../../lib/delivery/channels/public-site/facts";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import type { Failure } from "../../lib/directory/selection";
import { formatCounty } from "../../lib/places/county-kinds";
import type { LanguageWords } from "../../lib/wording/languages";

/** What of the outage the page of a place says. */
export interface PreviewedOutage {
  failure: Failure;
  /** Both the outage and the wording have it that texts to 911 arrive. */
  textsWork: boolean;
}

/** The place as its public page will know it: this message in force and nothing before it, the directory as it is. Pure. */
export function previewPlace(
  bundle: Bundle,
  message: BundleMessage,
  place: PlaceFacts,
  { failure, textsWork }: PreviewedOutage,
  languages: readonly LanguageWords[],
  now: number,
): SitePlace {
  const answered = listAnswered([place]);
  const [home] = place.counties;
  return {
    id: place.id,
    path: "",
    name: place.name,
    label: place.namesake && home && home.id !== place.id ? `${place.name}, ${formatCounty(home)}` : place.name,
    stateCode: place.stateCode,
    stateName: place.stateName,
    counties: place.counties,
    neighborIds: [],
    timeZone: place.timeZone,
    aliases: [],
    zips: [],
    ...fromDirectory(place, place.name, languages, now),
    said: [
      {
        identifier: message.identifier,
        alertCode: "",
        incidentId: "",
        sentAt: now,
        endsAt: now + bundle.validMinutes * 60_000,
        nextUpdateAt: floorPromise(now + bundle.nextUpdateMinutes * 60_000),
        tells: message.tells,
        msgType: message.msgType,
        standing: message.msgType === "Cancel" ? "taken-back" : "in-force",
        failure,
        beganAt: message.beganAt ?? bundle.beganAt,
        restoredAt: message.restoredAt ?? null,
        numbers: message.numbers
          .filter(({ placeId }) => placeId === place.id)
          .map((number) => toSaidNumber(number, answered)),
        wrong: [],
        textsWork,
        texts: Object.fromEntries(textsAt(bundle, message, now).map(({ language, parts }) => [language, parts])),
        agency: bundle.senderName,
      },
    ],
  };
}
