import "server-only";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";
import * as spanish from "@zxcvbn-ts/language-es-es";

/** The demonstration's password is printed at every start and in README. */
const PUBLISHED = ["ademonstrationonly", "demonstration", "callbox"];
/** Words that anybody would try for an account of this kind. */
const TRADE = [
  "password", "contraseña", "emergency", "emergencia", "dispatch", "police", "policia", "fire", "sheriff", "agency", "agencia",
  "department", "departamento", "county", "state", "town", "city", "office", "alert", "alerta", "admin", "administrator",
  "welcome", "summer", "winter", "spring", "autumn", "911",
]; // prettier-ignore

let factory: ZxcvbnFactory | undefined;

function meter(): ZxcvbnFactory {
  factory ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...spanish.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: 100,
  });
  return factory;
}

/** Letters and digits alone, in small letters: what spaces, dots and signs between them do not change. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** What is left of a password without what others know, years, and words that stand twice. */
function restOf(password: string, known: readonly string[]): string {
  const words = [...new Set(password.toLowerCase().split(/[^\p{L}\p{N}]+/u))];
  return [...known]
    .sort((left, right) => right.length - left.length)
    .reduce((rest, word) => rest.replaceAll(word, ""), words.join(" "))
    .replace(/\b(19|20)\d\d\b/g, "")
    .trim();
}

const EASY =
  "This password is easy to guess. Use four or more words that have nothing to do with each other or with you.";

/**
 * Why a password is too easy to guess, as a sentence, or null when it is not.
 * Length alone is not enough: repetitions, lists of common passwords, English
 * and Spanish words count for little, and what others know of the person, the
 * agency and the trade counts for nothing.
 * @param known name, email, agency: what someone who guesses would try
 */
export function findWeakness(password: string, known: readonly string[]): string | null {
  const plain = bare(password);
  if (PUBLISHED.includes(plain)) return "This password is published with Callbox. Choose another one.";
  if (known.some((text) => bare(text) === plain)) return "This is your own name, email or agency. Choose another one.";
  const names = known.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  const words = [...new Set([...names, ...PUBLISHED, ...TRADE])];
  const rest = restOf(password, words);
  if (bare(rest).length < 8) return EASY;
  const scores = [meter().check(password, words).score, meter().check(rest, words).score];
  return Math.min(...scores) >= 3 ? null : EASY;
}
