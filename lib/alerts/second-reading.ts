import { canonicalJson } from "../record/canonical-json";
import { fingerprint } from "../record/chain";
import type { Bundle, BundleMessage } from "./bundle";
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
  const phones = bundle.messages.filter(({ audience }) => audience === "phones");
  const numbersOf = (messages: readonly BundleMessage[]) =>
    messages.map(({ identifier, outcome, why, numbers }) => ({ identifier, outcome, why, numbers }));
  const of = (outcome: BundleMessage["outcome"]) => numbersOf(phones.filter((message) => message.outcome === outcome));
  const part = (): unknown => {
    if (confirmation.startsWith("override:")) {
      const placeId = confirmation.slice("override:".length);
      return numbersOf(phones.filter((message) => message.placeId === placeId));
    }
    switch (confirmation) {
      case "numbers":
        return of("ready");
      case "alternates":
        return of("alternate");
      case "no-number":
        return of("no-number");
      case "restored":
        return phones
          .filter(({ outcome }) => outcome === "restored")
          .map(({ identifier, restoredAt }) => ({ identifier, restoredAt }));
      case "texts":
        return bundle.messages.map(({ identifier, msgType, texts }) => ({ identifier, msgType, texts }));
      default:
        return bundle;
    }
  };
  // What is not there is left out, as in the bundle that is stored.
  return fingerprint(canonicalJson(JSON.parse(JSON.stringify({ confirmation, part: part() }))));
}
