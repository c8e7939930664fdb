import { translateDesk } from "../../../alerts/message-slots";
import type { PlaceFacts } from "../../../directory/place-facts";
import type { NumberFacts } from "../../../directory/schema";
import { lastGoodCall, selectNumber, takesNoTexts } from "../../../directory/selection";
import { FIRST_LANGUAGE } from "../../../platform/language";
import type { LanguageWords } from "../../../wording/languages";
import type { KeptNumber, SaidNumber, SitePlace } from "./facts";

/** What the public pages say of a place by the directory as it is now. Pure. */

/** A number of the directory as it is dialed: another number under the same row is not the one that was given out. */
export const keyOfNumber = ({ id, e164, extension }: { id: string; e164: string; extension: string }) =>
  `${id} ${e164} ${extension}`;

/** A number as a page gives it. @param answered as `listAnswered` has it */
export const toSaidNumber = (
  number: { id: string; e164: string; extension: string },
  answered: ReadonlyMap<string, number>,
): SaidNumber => ({
  e164: number.e164,
  extension: number.extension,
  lastAnsweredAt: answered.get(keyOfNumber(number)) ?? null,
});

/** When the right desk last answered each number of these places, and of those that stand in for theirs. */
export function listAnswered(
  candidates: Iterable<Pick<PlaceFacts, "numbers" | "fallbacks">>,
): ReadonlyMap<string, number> {
  const answered = new Map<string, number>();
  for (const { numbers, fallbacks } of candidates) {
    for (const number of [...numbers, ...fallbacks.flatMap((fallback) => fallback.numbers)]) {
      const good = lastGoodCall(number);
      if (good) answered.set(keyOfNumber(number), good.at);
    }
  }
  return answered;
}

/** Who answers a number, in the languages someone wrote it in or the phrases of a language have it. */
function desksOf(number: NumberFacts, place: string, languages: readonly LanguageWords[]): Record<string, string> {
  return Object.fromEntries(
    languages.flatMap((words) => {
      const desk =
        words.code === FIRST_LANGUAGE
          ? number.desk
          : (number.deskIn?.[words.code] ?? translateDesk(number.desk, [place], words));
      return desk ? [[words.code, desk]] : [];
    }),
  );
}

/**
 * What a page has from the directory whatever was sent: the number to keep for the next time, and whether texts arrive.
 * @param place null for a place that the directory has nothing for
 */
export function fromDirectory(
  place: Parameters<typeof selectNumber>[0] | null,
  name: string,
  languages: readonly LanguageWords[],
  now: number,
): Pick<SitePlace, "kept" | "takesNoTexts"> {
  if (!place) return { kept: null, takesNoTexts: false };
  const { outcome, number } = selectNumber(place, { now, anyHour: true });
  const kept = (outcome === "ready" || outcome === "alternate") && number;
  return {
    kept: kept ? keepNumber(kept, name, languages) : null,
    takesNoTexts: takesNoTexts(place),
  };
}

const keepNumber = (number: NumberFacts, name: string, languages: readonly LanguageWords[]): KeptNumber => ({
  e164: number.e164,
  extension: number.extension,
  desks: desksOf(number, name, languages),
  lastAnsweredAt: lastGoodCall(number)?.at ?? null,
});
