import "server-only";
import type { Reader, Transaction } from "./db";
import { FIRST_LANGUAGE, type Language, type Localized } from "./language";

/** Words of agencies, help options and desks in languages other than the first, which their own rows hold. */

const SUBJECTS = { agency: ["name", "shortName"], "help-option": ["wording"], number: ["desk"] } as const;
export type TranslatedSubject = keyof typeof SUBJECTS;

class Translations {
  constructor(private readonly texts: ReadonlyMap<string, Record<Language, string>>) {}

  /** The words of a field in every language there is. @param first as the row has it */
  of(subjectId: string, field: string, first: string): Localized {
    return { [FIRST_LANGUAGE]: first, ...this.texts.get(`${subjectId} ${field}`) };
  }
}

/** Translations of some subjects of one kind. */
export async function loadTranslations(
  client: Reader,
  subject: TranslatedSubject,
  ids: readonly string[],
): Promise<Translations> {
  // One list as one parameter: there may be more ids than a query takes parameters.
  const rows = await client.$queryRaw<{ subjectId: string; field: string; language: string; text: string }[]>`
    select "subjectId", field, language, text from "Translation"
    where subject = ${subject} and "subjectId" = any(${[...ids]})`;
  const texts = new Map<string, Record<Language, string>>();
  for (const { subjectId, field, language, text } of rows) {
    const key = `${subjectId} ${field}`;
    texts.set(key, { ...texts.get(key), [language]: text });
  }
  return new Translations(texts);
}

/** Writes what is given in languages other than the first; an empty text is not written and replaces nothing. */
export async function saveTranslations(
  transaction: Transaction,
  subject: TranslatedSubject,
  subjectId: string,
  field: string,
  words: Localized,
): Promise<void> {
  for (const [language, text] of Object.entries(words)) {
    if (language === FIRST_LANGUAGE || text.trim() === "") continue;
    await transaction.translation.upsert({
      where: { subject_subjectId_field_language: { subject, subjectId, field, language } },
      create: { subject, subjectId, field, language, text },
      update: { text },
    });
  }
}
