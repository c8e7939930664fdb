import type { AlertContent } from "../../lib/alerts/schema";
import { TEXTS } from "../../lib/wording/texts";

/** Every text in which two contents differ. */
export function differingTexts(mine: AlertContent, theirs: AlertContent) {
  return Object.keys(mine.texts).flatMap((language) =>
    TEXTS.flatMap(({ audience, part, label }) => {
      const textOf = ({ texts }: AlertContent) => texts[language]?.[audience][part] ?? "";
      const [my, their] = [textOf(mine), textOf(theirs)];
      return my === their ? [] : [{ key: `${language}.${audience}.${part}`, language, label, mine: my, theirs: their }];
    }),
  );
}
