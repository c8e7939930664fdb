import { FIRST_LANGUAGE } from "../platform/language";
import type { TemplateBody } from "./schema";
import { AUDIENCES, type Audience, PARTS, type Part } from "./texts";

/** Every wording that a template is made of, each with its own address: read, written, compared. Pure. */

export type TemplateField =
  /** A text of an audience: the usual wording is number 0, shorter ones follow, longest first. */
  | { kind: "text"; language: string; audience: Audience; part: Part; index: number }
  /** What stands for [[name]] by what fails. */
  | { kind: "phrase"; language: string; failure: string; name: string }
  /** What stands for [[texting]], by what fails ("full" or "other") and the state of text-to-911. */
  | { kind: "texting"; language: string; failure: string; state: string }
  /** Sentences that ask not to test 911, one a line. */
  | { kind: "noTesting"; language: string }
  /** Whether a draft keeps [[name]] word for word, in every language. */
  | { kind: "lock"; language: typeof FIRST_LANGUAGE; name: string };

/** The mark of a phrase that a draft keeps; it is one for all languages. */
export const lockField = (name: string): TemplateField => ({ kind: "lock", language: FIRST_LANGUAGE, name });

/** What stands in such a field where the phrase is locked. */
export const LOCKED = "Locked: a draft keeps it word for word.";

export type TextField = Extract<TemplateField, { kind: "text" }>;

/** One string for each field, the same for the same field. */
export function fieldKey(field: TemplateField): string {
  if (field.kind === "text") return `text.${field.language}.${field.audience}.${field.part}.${field.index}`;
  if (field.kind === "phrase") return `phrase.${field.language}.${field.failure}.${field.name}`;
  if (field.kind === "texting") return `texting.${field.language}.${field.failure}.${field.state}`;
  if (field.kind === "lock") return `lock.${field.name}`;
  return `noTesting.${field.language}`;
}

const shorterOf = (body: TemplateBody, { language, audience, part }: TextField): readonly string[] =>
  body.shorter[language]?.[audience]?.[part] ?? [];

/** @returns the wording; undefined where the template has none */
export function readField(body: TemplateBody, field: TemplateField): string | undefined {
  const { language } = field;
  if (field.kind === "text")
    return field.index === 0
      ? body.frames[language]?.[field.audience][field.part]
      : shorterOf(body, field)[field.index - 1];
  if (field.kind === "phrase") return body.phrases[language]?.[field.failure]?.[field.name];
  if (field.kind === "texting") return body.texting[language]?.[field.failure]?.[field.state];
  if (field.kind === "lock") return body.locked?.includes(field.name) ? LOCKED : undefined;
  return body.noTesting[language]?.join("\n");
}

function withShorter(body: TemplateBody, field: TextField, shorter: string[]): TemplateBody {
  const { language, audience, part } = field;
  const ofLanguage = body.shorter[language] ?? {};
  return {
    ...body,
    shorter: {
      ...body.shorter,
      [language]: { ...ofLanguage, [audience]: { ...ofLanguage[audience], [part]: shorter } },
    },
  };
}

function writeText(body: TemplateBody, field: TextField, text: string): TemplateBody {
  const { language, audience, part, index } = field;
  if (index > 0)
    return withShorter(
      body,
      field,
      shorterOf(body, field).map((one, at) => (at === index - 1 ? text : one)),
    );
  const frames = body.frames[language];
  if (!frames) return body;
  return {
    ...body,
    frames: { ...body.frames, [language]: { ...frames, [audience]: { ...frames[audience], [part]: text } } },
  };
}

/** The lines of a text that have something in them. */
export const splitLines = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

function writeLock({ locked = [], ...body }: TemplateBody, name: string, isLocked: boolean): TemplateBody {
  const others = locked.filter((one) => one !== name);
  const next = isLocked ? [...others, name].sort() : others;
  // Where nothing is locked there is no list: the template reads like one from before there were any.
  return next.length > 0 ? { ...body, locked: next } : body;
}

/** The template with another wording in one field; everything else is the same object. */
export function writeField(body: TemplateBody, field: TemplateField, text: string): TemplateBody {
  const { language } = field;
  if (field.kind === "text") return writeText(body, field, text);
  if (field.kind === "lock") return writeLock(body, field.name, text !== "");
  if (field.kind === "noTesting") {
    return { ...body, noTesting: { ...body.noTesting, [language]: splitLines(text) } };
  }
  const [table, name] =
    field.kind === "phrase" ? (["phrases", field.name] as const) : (["texting", field.state] as const);
  const ofLanguage = body[table][language] ?? {};
  return {
    ...body,
    [table]: {
      ...body[table],
      [language]: { ...ofLanguage, [field.failure]: { ...ofLanguage[field.failure], [name]: text } },
    },
  };
}

/** Most shorter wordings of one text (see the schema). */
export const MOST_SHORTER = 8;

/** How many wordings a text has in the language that has most of them. */
export function countWordings(body: TemplateBody, audience: Audience, part: Part): number {
  return Math.max(
    1,
    ...Object.keys(body.frames).map((language) => 1 + (body.shorter[language]?.[audience]?.[part]?.length ?? 0)),
  );
}

/** One more shorter wording in every language, which begins as the shortest there is. */
export function addShorter(body: TemplateBody, audience: Audience, part: Part): TemplateBody {
  const count = countWordings(body, audience, part);
  return Object.keys(body.frames).reduce((next, language) => {
    const field = { kind: "text", language, audience, part, index: 0 } as const;
    const own = [...shorterOf(next, field)];
    const last = own.at(-1) ?? readField(next, field) ?? "";
    // They keep their number: the second of one language stands for the second of another.
    while (own.length < count) own.push(last);
    return withShorter(next, field, own);
  }, body);
}

/** Takes the shortest wording out of every language that has as many. */
export function dropShorter(body: TemplateBody, audience: Audience, part: Part): TemplateBody {
  const count = countWordings(body, audience, part);
  return Object.keys(body.frames).reduce((next, language) => {
    const field = { kind: "text", language, audience, part, index: 0 } as const;
    return withShorter(next, field, shorterOf(next, field).slice(0, Math.max(0, count - 2)));
  }, body);
}

const PHRASE = /\[\[(\w+)\]\]/g;

/** Names of the phrases that a text uses in any language and length, in the order they come. */
export function phrasesOf(body: TemplateBody, audience: Audience, part: Part): string[] {
  const texts = Object.entries(body.frames).flatMap(([language, frames]) => [
    frames[audience][part],
    ...(body.shorter[language]?.[audience]?.[part] ?? []),
  ]);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(PHRASE)].map(([, name = ""]) => name)))];
}

/** The texts that a template has words for: an outage says nothing of where 911 works again. */
export function writtenTexts(body: TemplateBody): { audience: Audience; part: Part }[] {
  return AUDIENCES.flatMap((audience) =>
    PARTS.filter((part) => Object.values(body.frames).some((frames) => frames[audience][part] !== "")).map((part) => ({
      audience,
      part,
    })),
  );
}

/** Every field of a template, in the order people read it. */
export function listFields(body: TemplateBody): TemplateField[] {
  const texts = AUDIENCES.flatMap((audience) =>
    PARTS.flatMap((part) =>
      Object.keys(body.frames).flatMap((language) =>
        Array.from(
          { length: 1 + (body.shorter[language]?.[audience]?.[part]?.length ?? 0) },
          (_, index): TemplateField => ({ kind: "text", language, audience, part, index }),
        ),
      ),
    ),
  );
  const chosen = (["phrases", "texting"] as const).flatMap((table) =>
    Object.entries(body[table]).flatMap(([language, failures]) =>
      Object.entries(failures).flatMap(([failure, words]) =>
        Object.keys(words).map((name): TemplateField =>
          table === "phrases"
            ? { kind: "phrase", language, failure, name }
            : { kind: "texting", language, failure, state: name },
        ),
      ),
    ),
  );
  const noTesting = Object.keys(body.noTesting).map((language): TemplateField => ({ kind: "noTesting", language }));
  return [...texts, ...chosen, ...noTesting, ...(body.locked ?? []).map(lockField)];
}

export interface TemplateChange {
  field: TemplateField;
  before: string;
  after: string;
}

/** What differs between two templates, field by field; what one of them does not have is empty there. */
export function listTemplateChanges(before: TemplateBody, after: TemplateBody): TemplateChange[] {
  const fields = new Map([...listFields(after), ...listFields(before)].map((field) => [fieldKey(field), field]));
  return [...fields.values()].flatMap((field) => {
    const [was, is] = [readField(before, field) ?? "", readField(after, field) ?? ""];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}
