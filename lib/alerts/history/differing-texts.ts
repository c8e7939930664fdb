import { nameLanguage } from "../../platform/language";
import { describeSlots } from "../../wording/slots";
import { TEXTS } from "../../wording/texts";
import { readOwner } from "../choose-wording";
import type { AlertContent } from "../schema";

/** In which texts two saved states of an alert differ. Pure. */

export interface DifferingText {
  key: string;
  language: string;
  /** In English: "Spanish". */
  languageName: string;
  label: string;
  /** What each of them says, slots by what they say. */
  mine: string;
  theirs: string;
}

/** What texts are compared of. */
type Worded = Pick<AlertContent, "texts" | "shorter" | "customWording">;

/** Stands where a place reads what all others read. */
const COMMON = "(the common wording)";
const keysOf = (...records: object[]) => [...new Set(records.flatMap((record) => Object.keys(record)))];

/**
 * Every text in which two contents differ: those of all places, the shorter ones of places with long names, then what one
 * place, county or group reads alone.
 * @param nameOf the name of a place, county or dispatch area by its id
 */
export function differingTexts(mine: Worded, theirs: Worded, nameOf: (id: string) => string): DifferingText[] {
  const found: DifferingText[] = [];
  const note = (key: string, language: string, label: string, my: string, their: string) => {
    if (my === their) return;
    const languageName = nameLanguage(language);
    found.push({ key, language, languageName, label, mine: describeSlots(my), theirs: describeSlots(their) });
  };
  for (const language of keysOf(mine.texts, theirs.texts)) {
    for (const { audience, part, label } of TEXTS) {
      const textOf = ({ texts }: Worded) => texts[language]?.[audience][part] ?? "";
      note(`${language}.${audience}.${part}`, language, label, textOf(mine), textOf(theirs));
    }
    for (const { audience, part, label } of TEXTS) {
      const shorterOf = ({ shorter }: Worded) => (shorter[language]?.[audience]?.[part]?.wordings ?? []).join("\n\n");
      const where = `${label}, where names are long`;
      note(`${language}.${audience}.${part}.shorter`, language, where, shorterOf(mine), shorterOf(theirs));
    }
  }
  for (const owner of keysOf(mine.customWording, theirs.customWording)) {
    const { id, audience } = readOwner(owner);
    const texts = TEXTS.filter((spec) => spec.audience === (audience === "broadcasters" ? "county" : "place"));
    const ofOwner = ({ customWording }: Worded) => customWording[owner] ?? {};
    for (const language of keysOf(ofOwner(mine), ofOwner(theirs))) {
      for (const { part, label } of texts) {
        const textOf = (content: Worded) => ofOwner(content)[language]?.[part] ?? COMMON;
        const named = `${nameOf(id)} only: ${label}`;
        note(`${owner}.${language}.${part}`, language, named, textOf(mine), textOf(theirs));
      }
    }
  }
  return found;
}

/** Every text that one content has words for, in the same order, with its slots by what they say. */
export const listTexts = (content: Worded, nameOf: (id: string) => string): Omit<DifferingText, "theirs">[] =>
  differingTexts(content, { texts: {}, shorter: {}, customWording: {} }, nameOf);
