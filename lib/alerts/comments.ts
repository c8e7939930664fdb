import { TEXTS } from "../wording/texts";

/** What a comment may be about: each text of the alert in its languages, or all of it. */
export function listSubjects(languages: readonly string[]): { about: string; label: string }[] {
  return [
    { about: "all", label: "The alert as a whole" },
    ...languages.flatMap((language) =>
      TEXTS.map(({ audience, part, label }) => ({
        about: `${audience}.${part}.${language}`,
        label: `${label}, ${language}`,
      })),
    ),
  ];
}
