import { capitalize } from "../platform/capitalize";
import { z } from "zod";
import { languageSchema } from "../platform/language";
import { AUDIENCES, isOutsideCap, PARTS, type Texts, textsSchema } from "./texts";

const phrasesSchema = z.record(languageSchema, z.record(z.string(), z.record(z.string(), z.string())));

/** What a template consists of, as it is stored. Format 2 is the one that is written now. */
export const templateBodySchema = z.strictObject({
  format: z.literal("callbox-template-2"),
  /** By language, by what fails: phrases that replace [[name]] in the frames. */
  phrases: phrasesSchema,
  /** By language, by what fails ("full" or "other"), by the state of text-to-911. */
  texting: phrasesSchema,
  frames: textsSchema,
  /** By language, audience and part: shorter frames, longest first. The first that fits a place is used for it. */
  shorter: z
    .partialRecord(
      languageSchema,
      z.partialRecord(z.enum(AUDIENCES), z.partialRecord(z.enum(PARTS), z.array(z.string()).max(8))),
    )
    .default({}),
  /** By language: sentences of this template that ask not to test 911, in words the rules need not know (W7). */
  noTesting: z.partialRecord(languageSchema, z.array(z.string().min(1)).max(8)).default({}),
  /** Names of phrases that a draft keeps word for word. Left out where there are none: fingerprints of earlier templates stay. */
  locked: z.array(z.string().regex(/^\w+$/)).min(1).max(100).optional(),
});
export type TemplateBody = z.infer<typeof templateBodySchema>;

/** Format 1: two forms of each text, and texts for counties under names of their own. */
const firstTextsSchema = z.record(
  languageSchema,
  z.record(z.string(), z.strictObject({ number: z.string(), places: z.string() })),
);
const firstTemplateSchema = z.strictObject({
  phrases: phrasesSchema,
  texting: phrasesSchema,
  frames: firstTextsSchema,
});

/** The audiences that format 1 knew. */
const FIRST_AUDIENCES = ["place", "noNumber", "county"] as const;
const countyName = (part: string) => `county${capitalize(part)}`;

/** Texts of format 1 as they are kept now. @throws when one of them is missing */
export function readFirstTexts(stored: unknown): Texts {
  const first = firstTextsSchema.parse(stored);
  const read = (language: string, audience: (typeof FIRST_AUDIENCES)[number]) =>
    Object.fromEntries(
      PARTS.filter((part) => !isOutsideCap(part)).map((part) => [
        part,
        first[language]?.[audience === "county" ? countyName(part) : part]?.[
          audience === "noNumber" ? "places" : "number"
        ],
      ]),
    );
  return textsSchema.parse(
    Object.fromEntries(
      Object.keys(first).map((language) => [
        language,
        Object.fromEntries(FIRST_AUDIENCES.map((audience) => [audience, read(language, audience)])),
      ]),
    ),
  );
}

/** What the shipped Spanish said of every desk, and what it says since desks have names in Spanish. */
const CORRECTED = ["Contesta la central de {place}, {hours}.", "Contesta {desk}, {hours}."] as const;

/** The same frames without what the shipped wording said that was not so. */
function corrected(frames: Texts): Texts {
  const [wrong, right] = CORRECTED;
  return JSON.parse(JSON.stringify(frames).replaceAll(wrong, right)) as Texts;
}

/** A stored template of any format. @throws when it is none */
export function readTemplate(stored: unknown): TemplateBody {
  const second = templateBodySchema.safeParse(stored);
  if (second.success) return { ...second.data, frames: corrected(second.data.frames) };
  const { phrases, texting, frames } = firstTemplateSchema.parse(stored);
  return templateBodySchema.parse({
    format: "callbox-template-2",
    phrases,
    texting,
    frames: corrected(readFirstTexts(frames)),
  });
}
