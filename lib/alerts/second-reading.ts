import { canonicalJson } from "../record/canonical-json";
import { fingerprint } from "../record/chain";
import { type Part, TEXTS } from "../wording/texts";
import type { Bundle, BundleMessage } from "./bundle";
import { readOwner } from "./choose-wording";
import type { AlertContent } from "./schema";

/**
 * A review after a return: what changed since, and which confirmations still
 * stand because the part they are about is the same. Pure.
 */

export interface Change {
  what: string;
  before: string;
  after: string;
}

const formatMinutes = (minutes: number) => `${minutes} minutes`;

/** What differs between two states of a draft, old beside new, in the order of the review. */
export function listChanges(before: AlertContent, after: AlertContent, nameOf: (placeId: string) => string): Change[] {
  const changes: Change[] = [];
  const note = (what: string, old: string, now: string) => {
    if (old !== now) changes.push({ what, before: old, after: now });
  };
  const names = (ids: readonly string[]) => ids.map(nameOf).sort().join(", ");
  const [gone, added] = [
    before.placeIds.filter((id) => !after.placeIds.includes(id)),
    after.placeIds.filter((id) => !before.placeIds.includes(id)),
  ];
  if (gone.length > 0 || added.length > 0) note("Places taken out and added", names(gone), names(added));
  const decided = (content: AlertContent, id: string) => {
    const choice = content.numbers[id];
    if (!choice) return "no decision";
    return `${choice.choice === "override" ? "override" : "no number"}: ${choice.reason}`;
  };
  for (const id of new Set([...Object.keys(before.numbers), ...Object.keys(after.numbers)])) {
    note(`Number for ${nameOf(id)}`, decided(before, id), decided(after, id));
  }
  for (const language of new Set([...Object.keys(before.texts), ...Object.keys(after.texts)])) {
    for (const { audience, part, label } of TEXTS) {
      note(
        `${label}, ${language}`,
        before.texts[language]?.[audience][part] ?? "",
        after.texts[language]?.[audience][part] ?? "",
      );
    }
  }
  for (const owner of new Set([...Object.keys(before.customWording), ...Object.keys(after.customWording)])) {
    const [old, now] = [before.customWording[owner] ?? {}, after.customWording[owner] ?? {}];
    for (const language of new Set([...Object.keys(old), ...Object.keys(now)])) {
      for (const part of new Set([
        ...Object.keys(old[language] ?? {}),
        ...Object.keys(now[language] ?? {}),
      ]) as Set<Part>) {
        note(
          `${nameOf(readOwner(owner).id)} only, ${part}, ${language}`,
          old[language]?.[part] ?? "common wording",
          now[language]?.[part] ?? "common wording",
        );
      }
    }
  }
  note("Valid for", formatMinutes(before.validMinutes), formatMinutes(after.validMinutes));
  note("Next update within", formatMinutes(before.nextUpdateMinutes), formatMinutes(after.nextUpdateMinutes));
  note("Messages for phones", before.grouping, after.grouping);
  return changes;
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
