import { z } from "zod";

/** A language residents read, as CAP and HTML name it (BCP 47), such as es-US. Which ones there are is data. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Name the language as BCP 47 does.");
export type Language = z.infer<typeof languageSchema>;

/** The language officials write first; what has no translation is given in it. */
export const FIRST_LANGUAGE: Language = "en-US";

/** The same words in several languages. The first language is always among them. */
export const localizedSchema = z.record(languageSchema, z.string());
export type Localized = z.infer<typeof localizedSchema>;

/** The words in a language, or in the first language where nobody translated them. */
export function inLanguage(words: Localized, language: Language): string {
  return words[language] ?? words[FIRST_LANGUAGE] ?? "";
}

const NAMES = new Intl.DisplayNames("en-US", { type: "language" });

/** A language as officials call it: Spanish for es-US. */
export const nameLanguage = (language: Language): string => NAMES.of(language.split("-")[0] ?? language) ?? language;
