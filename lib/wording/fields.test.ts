import { describe, expect, test } from "vitest";
import {
  addShorter,
  countWordings,
  dropShorter,
  fieldKey,
  listFields,
  listTemplateChanges,
  LOCKED,
  lockField,
  MOST_SHORTER,
  phrasesOf,
  readField,
  type TemplateField,
  writeField,
  writtenTexts,
} from "./fields";
import { OUTAGE_TEMPLATE } from "./outage";
import { templateBodySchema } from "./schema";

const BODY = templateBodySchema.parse(OUTAGE_TEMPLATE);

describe("the fields of a template", () => {
  test("hold every word of it, each once", () => {
    const fields = listFields(BODY);
    expect(new Set(fields.map(fieldKey)).size).toBe(fields.length);
    const count = (part: unknown): number =>
      typeof part === "string" ? 1 : Object.values(part as object).reduce((sum: number, one) => sum + count(one), 0);
    expect(fields.length).toBe(
      count([BODY.frames, BODY.shorter, BODY.phrases, BODY.texting]) + Object.keys(BODY.noTesting).length,
    );
  });

  test.each<TemplateField>([
    { kind: "text", language: "es-US", audience: "place", part: "long", index: 0 },
    { kind: "text", language: "en-US", audience: "place", part: "short", index: 2 },
    { kind: "phrase", language: "en-US", failure: "landline", name: "action" },
    { kind: "texting", language: "es-US", failure: "other", state: "fails" },
    { kind: "noTesting", language: "en-US" },
  ])("$kind is written, and nothing else changes", (field) => {
    const after = writeField(BODY, field, "Other words.");
    expect(readField(after, field)).toBe("Other words.");
    expect(listTemplateChanges(BODY, after)).toEqual([
      { field, before: readField(BODY, field) ?? "", after: "Other words." },
    ]);
    expect(templateBodySchema.parse(after)).toEqual(after);
    expect(listTemplateChanges(after, writeField(after, field, readField(BODY, field) ?? ""))).toHaveLength(1);
  });

  test("a phrase is locked and free again, and the template is what it was", () => {
    const lock = lockField("unanswered");
    expect(readField(BODY, lock)).toBeUndefined();
    const both = writeField(writeField(BODY, lock, LOCKED), lockField("texting"), LOCKED);
    expect(templateBodySchema.parse(both).locked).toEqual(["texting", "unanswered"]);
    expect(listFields(both)).toContainEqual(lock);
    const one = writeField(both, lock, "");
    expect(listTemplateChanges(BODY, one)).toEqual([{ field: lockField("texting"), before: "", after: LOCKED }]);
    // Not an empty list either: fingerprints of templates from before there were locks stay.
    expect(JSON.stringify(writeField(one, lockField("texting"), ""))).toBe(JSON.stringify(BODY));
  });

  test("shorter wordings come and go in every language together", () => {
    const count = countWordings(BODY, "place", "long");
    const more = addShorter(BODY, "place", "long");
    expect(countWordings(more, "place", "long")).toBe(count + 1);
    for (const language of ["en-US", "es-US"])
      expect(more.shorter[language]!.place!.long!.at(-1)).toBe(BODY.shorter[language]!.place!.long!.at(-1));
    expect(listTemplateChanges(dropShorter(more, "place", "long"), BODY)).toEqual([]);
    expect(countWordings(dropShorter(addShorter(BODY, "place", "script"), "place", "script"), "place", "script")).toBe(
      1,
    );
    // The schema takes as many as can be added, and no more.
    const full = { ...BODY, shorter: { ...BODY.shorter, "en-US": { place: { long: Array(MOST_SHORTER).fill("x") } } } };
    expect(templateBodySchema.safeParse(full).success).toBe(true);
    expect(templateBodySchema.safeParse(addShorter(full, "place", "long")).success).toBe(false);
  });

  test("a text names the phrases of all its lengths, and only texts with words are listed", () => {
    expect(phrasesOf(BODY, "place", "long")).toEqual([
      "hazard", "texting", "action", "unanswered", "headlineBehind", "headlineAction",
    ]); // prettier-ignore
    expect(phrasesOf(BODY, "place", "short")).toContain("short5");
    expect(new Set(writtenTexts(BODY).map(({ audience }) => audience))).toEqual(
      new Set(["place", "noNumber", "county"]),
    );
  });
});
