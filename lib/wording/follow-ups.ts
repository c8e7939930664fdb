import { capitalize } from "../platform/capitalize";
import { ALL_CLEAR } from "./all-clear";
import { BORDER_TEMPLATE } from "./border";
import { CANCELLATION_TEMPLATE } from "./cancellation";
import { CORRECTION_FRAMES, correctionPhrases } from "./correction";
import { ENGLISH_FRAMES, LANGUAGES, makeTemplate, OUTAGE_TEMPLATE, SPANISH_FRAMES, TEXTING } from "./outage";
import type { TemplateBody } from "./schema";
import { type AudienceFrames, composePhrases, type Frames } from "./shipped/compose";

/**
 * The wording Callbox ships with for what follows a first alert: an update, a
 * correction of a wrong number, and the all-clear, in English and Spanish; and
 * all templates as rows. A correction names the wrong number first (W16).
 */

type Phrases = TemplateBody["phrases"];

const firstName = (name: string) => `first${capitalize(name)}`;

/** Both the words for places that know of it, and under names of their own those of a first alert. */
const withFirst = (phrases: Phrases): Phrases =>
  Object.fromEntries(
    Object.entries(phrases).map(([language, byFailure]) => [
      language,
      Object.fromEntries(
        Object.entries(byFailure).map(([failure, words]) => [
          failure,
          {
            ...words,
            ...Object.fromEntries(
              Object.entries(OUTAGE_TEMPLATE.phrases[language]?.[failure] ?? {}).map(([name, text]) => [
                firstName(name),
                text,
              ]),
            ),
          },
        ]),
      ),
    ]),
  );

const withFirstNames = (frame: string) =>
  frame.replace(/\[\[(\w+)\]\]/g, (whole, name: string) => (name === "texting" ? whole : `[[${firstName(name)}]]`));

/** The frames of a first alert, with the phrases of one. */
const asFirst = (frames: Frames): Frames =>
  Object.fromEntries(
    Object.entries(frames).map(([part, wordings]) => [
      part,
      typeof wordings === "string" ? withFirstNames(wordings) : wordings.map(withFirstNames),
    ]),
  ) as Frames;

const FIRST = { "en-US": ENGLISH_FRAMES, "es-US": SPANISH_FRAMES } as const;

/** Frames of both languages, with the all-clear and those for places that it is the first alert for. */
const followingFrames = (change: (language: keyof typeof FIRST) => AudienceFrames): Record<string, AudienceFrames> =>
  Object.fromEntries(
    (["en-US", "es-US"] as const).map((language) => {
      const first = FIRST[language];
      return [
        language,
        {
          ...first,
          joined: asFirst(first.place),
          joinedNoNumber: asFirst(first.noNumber),
          joinedCounty: asFirst(first.county),
          ...ALL_CLEAR[language],
          ...change(language),
        },
      ];
    }),
  );

const STILL = withFirst(composePhrases(LANGUAGES, true));

/** 911 is still down: the frames of the first alert, in words that say so. */
export const UPDATE_TEMPLATE: TemplateBody = makeTemplate(
  STILL,
  TEXTING,
  followingFrames(() => ({})),
);

/** What stations of a county hear where 911 works again in some towns and not in others. */
const HALF = {
  "en-US":
    "{senderShort} says: in {wholeCounty}, {state}, 911 works again in some towns: call 911 there. In others it still fails. There, [[countyActionBehind]]",
  "es-US":
    "{senderShort} informa: en {wholeCounty}, {state}, el 911 ya funciona de nuevo en algunas localidades: allí, llame al 911. En otras sigue fallando. Donde falla, [[countyActionBehind]]",
} as const;

/** 911 works again in some places or all. Where a county has both, its stations are told so. */
export const RESTORATION_TEMPLATE: TemplateBody = makeTemplate(
  STILL,
  TEXTING,
  followingFrames((language) => ({
    county: {
      ...FIRST[language].county,
      description: [`${HALF[language]} {list}`, HALF[language]],
    },
  })),
);

/** A number that was given out was wrong. It is named first, then the right one. */
export const CORRECTION_TEMPLATE: TemplateBody = makeTemplate(
  correctionPhrases(STILL),
  TEXTING,
  followingFrames((language) => CORRECTION_FRAMES[language]),
);

/** A row of the templates that Callbox ships with. */
export interface ShippedTemplate {
  id: string;
  key: string;
  name: string;
  body: TemplateBody;
}

/** Which of the wordings that Callbox shipped over time these are. */
const EDITION = 7;

const shipped = (key: string, name: string, body: TemplateBody): ShippedTemplate => ({
  id: `${key}-shipped-${EDITION}`,
  key,
  name,
  body,
});

/** Ids of rows that an earlier version of Callbox shipped and nobody has changed: a version never is. */
const shippedBefore = (key: string): string[] => [
  `${key}-1`,
  ...Array.from({ length: EDITION - 2 }, (_, index) => `${key}-shipped-${index + 2}`),
];

/** Every template a new site begins with. */
export const SHIPPED_TEMPLATES: readonly ShippedTemplate[] = [
  shipped("outage", "911 outage", OUTAGE_TEMPLATE),
  shipped("cancellation", "Cancellation of an alert", CANCELLATION_TEMPLATE),
  shipped("update", "Update: 911 is still down", UPDATE_TEMPLATE),
  shipped("correction", "Correction of a wrong number", CORRECTION_TEMPLATE),
  shipped("restoration", "All-clear: 911 works again", RESTORATION_TEMPLATE),
  shipped("border", "Border notice: 911 works here", BORDER_TEMPLATE),
];

/** Whether a version is as Callbox shipped it, now or earlier: one that people of the site made has another id. */
export const isAsShipped = (id: string): boolean => /^[a-z]+-(?:1|shipped-\d+)$/.test(id);

/** A row of the templates of a site. */
interface TemplateRow {
  id: string;
  key: string;
  version: number;
}

/**
 * The rows a site lacks: a template of a kind it has none of, and a new version
 * of one whose newest version an earlier Callbox shipped. Where someone made a
 * version of their own, nothing comes after it.
 */
export function planShipping(rows: readonly TemplateRow[]): (ShippedTemplate & { version: number })[] {
  return SHIPPED_TEMPLATES.flatMap((template) => {
    const newest = rows
      .filter(({ key }) => key === template.key)
      .sort((left, right) => right.version - left.version)[0];
    if (!newest) return [{ ...template, version: 1 }];
    return shippedBefore(template.key).includes(newest.id) ? [{ ...template, version: newest.version + 1 }] : [];
  });
}
