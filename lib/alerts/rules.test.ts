import { describe, expect, test } from "vitest";
import { SHIPPED_TEMPLATES } from "../wording/follow-ups";
import { holdWording } from "../wording/prepare";
import { readTemplate } from "../wording/schema";
import type { Audience, Part } from "../wording/texts";
import { buildBundle } from "./content";
import { fitShortTexts } from "./choose-wording";
import type { AlertFacts } from "./facts";
import { describeWhere, findProblems, isBlocking, isForReview } from "./findings";
import { planAlert } from "./plan";
import { LONG_AGENCY, NOW, number, place, situation } from "./golden/cases-for-tests";
import { type AlertContent, readContent } from "./schema";

const OUTAGE = SHIPPED_TEMPLATES.find(({ key }) => key === "outage")!.body;
const LOCKED = "unanswered";
const LANGUAGES = ["en-US", "es-US"];

/** An outage whose template locks phrases, and what was stored of its draft after someone wrote in it. */
function draft(locked: string[], write: (content: AlertContent) => void = () => undefined) {
  const { facts, content } = situation({});
  write(content);
  // As it is read again from the database.
  const stored = readContent(JSON.parse(JSON.stringify(content)));
  const body = locked.length > 0 ? { ...OUTAGE, locked } : OUTAGE;
  const held: AlertFacts["held"] = holdWording(readTemplate(body), facts.incident, LANGUAGES);
  return { facts: { ...facts, held }, content: stored };
}

const found = (rule: string, { facts, content }: ReturnType<typeof draft>) =>
  findProblems(buildBundle(facts, content, NOW), { facts, content, now: NOW }).find((group) => group.rule === rule);

const sentence = (language: string) => OUTAGE.phrases[language]!.full![LOCKED]!;
const rewrite =
  (language: string, audience: Audience, part: Part, change: (text: string) => string) =>
  ({ texts }: AlertContent) => {
    const parts = texts[language]![audience];
    const changed = change(parts[part]);
    expect(changed).not.toBe(parts[part]);
    parts[part] = changed;
  };

describe("a sentence that the template locks (TXT-006)", () => {
  test("holds nothing up where nobody changed it, in any length", () => {
    for (const [name] of Object.entries(OUTAGE.phrases["en-US"]!.full!))
      expect(found("TXT-006", draft([name, "texting"])), name).toBeUndefined();
  });

  test("may have anything else written around it", () => {
    const around = draft(
      [LOCKED],
      rewrite("en-US", "place", "long", (text) => text.replace("Do not call 911 to test it.", "Stay calm.")),
    );
    expect(found("TXT-006", around)).toBeUndefined();
  });

  test.each([
    ["left out", (text: string) => text.replace(` ${sentence("es-US")}`, "")],
    [
      "changed by a word",
      (text: string) => text.replace(sentence("es-US"), `${sentence("es-US").slice(0, -1)}, por favor.`),
    ],
    ["with its text emptied", () => ""],
  ])("must be put back where it is %s in one language, and there alone", (_, change) => {
    const group = found("TXT-006", draft([LOCKED], rewrite("es-US", "place", "long", change)));
    expect(group && isBlocking(group)).toBe(true);
    expect(group!.places.map(({ path, place: name }) => `${name} ${path}`)).toEqual(["Granby es-US.long"]);
    expect(group!.places[0]!.message).toBe("Put it back: “Si nadie contesta, (another way to get help).”");
  });

  test("is named without braces", () => {
    const group = found(
      "TXT-006",
      draft(
        ["action"],
        rewrite("en-US", "place", "long", () => "911 is down."),
      ),
    );
    expect(group!.places[0]!.message).toContain("(the direct number)");
    expect(group!.places[0]!.message).not.toContain("{");
  });

  test("is missed in the own wording of one place", () => {
    const own = draft([LOCKED], ({ texts, customWording, placeIds }) => {
      const text = texts["en-US"]!.place.long.replace(sentence("en-US"), "");
      customWording[placeIds[0]!] = { "en-US": { long: text } };
    });
    expect(found("TXT-006", own)!.places.map(({ place: name }) => name)).toEqual(["Granby"]);
  });

  test("is missed in a shorter wording that no template has", () => {
    const forged = draft([LOCKED], ({ texts, shorter }) => {
      const of = texts["en-US"]!.place.long;
      shorter["en-US"]!.place!.long = { of, wordings: ["911 is down in {place}. Call {number}."] };
    });
    expect(found("TXT-006", forged)!.places[0]!.path).toBe("en-US.long");
  });

  test("binds nothing where the template locks nothing, as those of earlier versions", () => {
    expect("locked" in readTemplate(OUTAGE)).toBe(false);
    const changed = draft(
      [],
      rewrite("en-US", "place", "long", (text) => text.replace(sentence("en-US"), "")),
    );
    expect(found("TXT-006", changed)).toBeUndefined();
  });

  test("is not left out in a language that has no shorter wording, where another one takes its own", () => {
    const spanish = (locked: string[]) => {
      const long = place("A Town With a Very Long Name Beside Another One With a Name as Long", {
        numbers: [number()],
      });
      const { facts, content } = situation({ agency: LONG_AGENCY, places: [long] });
      delete content.shorter["es-US"];
      const held = holdWording({ ...OUTAGE, locked }, facts.incident, LANGUAGES);
      const { messages } = buildBundle({ ...facts, held }, content, NOW);
      return messages[0]!.texts.find(({ language }) => language === "es-US")!.parts.long;
    };
    expect(spanish([])).not.toContain("Si nadie contesta");
    expect(spanish([LOCKED])).toContain("Si nadie contesta");
  });

  test("is not what is left out to make a short text fit", () => {
    const name = "Manchester-by-the-Sea and Essex";
    const shorten = (body: typeof OUTAGE) => {
      const { facts, content } = situation({
        places: [place(name, { numbers: situation({}).facts.places[0]!.numbers })],
      });
      const frames = structuredClone(body.frames);
      const { short: last } = { short: "Please call calmly." };
      frames["en-US"]!.place.short = `{senderShort}: 911 is down in {place}. Call {number}. [[calm]]`;
      const phrases = structuredClone(body.phrases);
      phrases["en-US"]!.full!.calm = last;
      const held = holdWording({ ...body, frames, phrases }, facts.incident, LANGUAGES);
      content.texts["en-US"]!.place.short = held["en-US"]!.place!.short![0]!.text;
      delete content.shorter["en-US"];
      return Object.values(fitShortTexts({ ...facts, held }, content, NOW)).flatMap((own) => own["en-US"]?.short ?? []);
    };
    expect(shorten(OUTAGE)).toEqual(["{senderShort}: 911 is down in {place}. Call {number}."]);
    expect(shorten({ ...OUTAGE, locked: ["calm"] })).toEqual([]);
  });
});

test("what a bundle was planned as is taken, and not worked out again", () => {
  const { facts, content } = draft(
    [LOCKED],
    rewrite("en-US", "place", "long", (text) => text.replace(sentence("en-US"), "")),
  );
  const bundle = buildBundle(facts, content, NOW);
  const asked = { facts, content, now: NOW };
  const problems = findProblems(bundle, asked);
  expect(problems.map(({ rule }) => rule)).toContain("TXT-006");
  expect(findProblems(bundle, { ...asked, plans: planAlert(facts, content, NOW) })).toEqual(problems);
  // Told that nothing was planned, it believes it: there is no text left to hold against the template.
  expect(findProblems(bundle, { ...asked, plans: [] }).map(({ rule }) => rule)).not.toContain("TXT-006");
});

describe("what a text leaves out of the template’s wording (TXT-007)", () => {
  test("is nothing where nobody changed it", () => expect(found("TXT-007", draft([]))).toBeUndefined());

  test("is for the approver to judge, though it is gone in every language", () => {
    const everywhere = draft([], (content) => {
      for (const language of LANGUAGES)
        rewrite(language, "place", "instruction", (text) => text.replace(/\{untilTime\}/, ""))(content);
    });
    const group = found("TXT-007", everywhere)!;
    expect(isBlocking(group)).toBe(false);
    expect(isForReview(group)).toBe(true);
    expect(group.places.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      LANGUAGES.map(
        (language) =>
          `${language}.instruction: The template’s wording has here: when the message ends, as in a sentence. This text leaves it out.`,
      ),
    );
  });

  test("is not a name in its short form", () => {
    const shorter = draft(
      [],
      rewrite("en-US", "place", "long", (text) => text.replace("{sender}", "{senderShort}")),
    );
    expect(found("TXT-007", shorter)).toBeUndefined();
  });

  test("is asked of the shorter wording where that one is the usual", () => {
    const settled = (change: string) =>
      draft([], ({ texts, shorter }) => {
        const known = shorter["en-US"]!.place!.long!;
        const [of, ...wordings] = known.wordings.slice(1);
        expect(of).not.toContain("{nextUpdateTime}");
        shorter["en-US"]!.place!.long = { of: of!, wordings };
        texts["en-US"]!.place.long = of! + change;
      });
    expect(found("TXT-007", settled(" Stay calm."))).toBeUndefined();
  });
});

describe("the shortest text, rewritten in one language (TXT-008)", () => {
  const add = (language: string) => rewrite(language, "place", "short", (text) => `${text} OFF1`);

  test("is nothing where it is rewritten in all of them, or in none", () => {
    expect(found("TXT-008", draft([]))).toBeUndefined();
    const all = draft([], (content) => LANGUAGES.forEach((language) => add(language)(content)));
    expect(found("TXT-008", all)).toBeUndefined();
  });

  test.each([
    ["en-US", "es-US.short: Someone rewrote it in English, and not here: read both, whether they still say the same."],
    ["es-US", "en-US.short: Someone rewrote it in Español, and not here: read both, whether they still say the same."],
  ])("is for drafter and approver to read in the other: %s", (language, says) => {
    const group = found("TXT-008", draft([], add(language)))!;
    expect(isBlocking(group)).toBe(false);
    expect(isForReview(group)).toBe(true);
    expect(group.places.map(({ path, message }) => `${path}: ${message}`)).toEqual([says]);
  });
});

test("a finding counts places and counties, not the texts it was found in", () => {
  const at = (placeId: string, audience: "phones" | "broadcasters", part: string) => ({
    placeId,
    place: placeId,
    audience,
    path: `en-US.${part}`,
    message: "The sender is not named.",
  });
  const group = (...places: ReturnType<typeof at>[]) => ({
    ...{ rule: "W1", level: "should" as const, verdict: "fail" as const, says: "Every text says who sends it." },
    places,
  });
  const granby = [at("granby", "phones", "short"), at("granby", "phones", "long")];
  expect(describeWhere(group(...granby))).toBe("granby");
  expect(describeWhere(group(...granby, at("hadley", "phones", "short")))).toBe("2 places");
  expect(describeWhere(group(...granby, at("hampshire", "broadcasters", "headline")))).toBe("1 place and 1 county");
});
