import { canonicalJson } from "../record/canonical-json";
import { fingerprint } from "../record/chain";
import { type Bundle, outcomesOf, type PlaceOutcome } from "./bundle";
import { type Change, differingDecisions, type Names, type SavedState } from "./history/differing-decisions";
import { differingTexts } from "./history/differing-texts";

/**
 * A review after a return: what changed since, and which confirmations still
 * stand because the part they are about is the same. Pure.
 */

/** What differs between two saved states of a draft: decisions, then texts. */
export function listChanges(before: SavedState, after: SavedState, names: Names): Change[] {
  return [
    ...differingDecisions(before, after, names),
    ...differingTexts(after.content, before.content, names.place).map(({ label, languageName, mine, theirs }) => ({
      what: `${label}, ${languageName}`,
      before: theirs,
      after: mine,
    })),
  ];
}

/** The part of a bundle that a confirmation is about, as one fingerprint. A judgement is about all of it. */
export function fingerprintPart(bundle: Bundle, confirmation: string): string {
  const places = bundle.messages
    .filter(({ audience }) => audience === "phones")
    .flatMap((message) => outcomesOf(message).map((one) => ({ message, one })));
  // Where a message is for one place, its identifier says which.
  const nameOf = ({ message, one }: (typeof places)[number]) => ({
    identifier: message.identifier,
    ...(message.byPlace ? { placeId: one.placeId } : {}),
  });
  const numbersOf = (isMeant: (one: PlaceOutcome) => boolean) =>
    places
      .filter(({ one }) => isMeant(one))
      .map((place) => {
        const { outcome, why, numbers } = place.one;
        return { ...nameOf(place), outcome, why, numbers };
      });
  const of = (wanted: PlaceOutcome["outcome"]) => numbersOf(({ outcome }) => outcome === wanted);
  const part = (): unknown => {
    if (confirmation.startsWith("override:")) {
      const wanted = confirmation.slice("override:".length);
      return numbersOf(({ placeId }) => placeId === wanted);
    }
    switch (confirmation) {
      case "numbers":
        return of("ready");
      case "alternates":
        return of("alternate");
      case "no-number":
        return of("no-number");
      case "restored":
        return places
          .filter(({ one }) => one.outcome === "restored")
          .map((place) => ({ ...nameOf(place), restoredAt: place.message.restoredAt }));
      case "texts":
        return bundle.messages.map(({ identifier, msgType, texts }) => ({ identifier, msgType, texts }));
      default:
        return bundle;
    }
  };
  // What is not there is left out, as in the bundle that is stored.
  return fingerprint(canonicalJson(JSON.parse(JSON.stringify({ confirmation, part: part() }))));
}
