import "server-only";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";
import * as spanish from "@zxcvbn-ts/language-es-es";

/** The demonstration's password is printed at every start and in README. */
const PUBLISHED = ["a demonstration only", "demonstration", "callbox"];

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

/**
 * Why a password is too easy to guess, as a sentence, or null when it is not.
 * Length alone is not enough: repetitions, lists of common passwords, English
 * and Spanish words and what others know of the person count for little.
 * @param known name, email, agency: what somebody who guesses would try
 */
export function findWeakness(password: string, known: readonly string[]): string | null {
  const plain = password.trim().toLowerCase();
  if (PUBLISHED.includes(plain)) return "This password is published with Callbox. Choose another one.";
  const names = known.map((text) => text.toLowerCase());
  const inputs = [
    ...PUBLISHED,
    ...names.flatMap((text) => [text, text.replace(/\s+/g, ""), ...text.split(/[\s@.,]+/)]),
  ].filter((word) => word.length > 2);
  if (names.some((text) => text.trim() === plain)) {
    return "This is your own email or name. Choose another one.";
  }
  const { score } = meter().check(password, inputs);
  return score >= 3
    ? null
    : "This password is easy to guess. Use four or more words that have nothing to do with each other.";
}
