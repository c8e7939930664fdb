import { describe, expect, test } from "vitest";
import { applyRules, isStopping } from "../standards/rule";
import { SHIPPED_TEMPLATES } from "./follow-ups";
import { compareLanguages, comparedWith, compareWordings, countSentences, formatDifference } from "./parity";
import { prepareWording } from "./prepare";
import { FAILURES } from "./shipped/compose";
import { AUDIENCES, PARTS } from "./texts";
import { LANGUAGE_RULES } from "./wording-rules";

const compare = (english: string, spanish: string, places: string[] = []) =>
  compareLanguages({ language: "en-US", text: english }, { language: "es-US", text: spanish }, places);

/** Two texts that say the same, or which facts of them differ. */
const CASES: readonly [name: string, english: string, spanish: string, facts: string[]][] = [
  ["the same number", "Call 413-555-0142.", "Llame al 413-555-0142.", []],
  ["another number", "Call 413-555-0142.", "Llame al 413-555-0143.", ["numbers"]],
  ["an extension that one lacks", "Call 413-555-0142 ext. 12.", "Llame al 413-555-0142.", ["numbers"]],
  [
    "another extension, in full",
    "Call 413-555-0142 extension 12.",
    "Llame al 413-555-0142, extensión 13.",
    ["numbers"],
  ],
  ["a number without hyphens", "Call 4135550142.", "Llame al 413-555-0142.", []],
  ["a number written otherwise", "Call (413) 555-0142.", "Llame al 413.555.0142.", []],
  ["a time in its own notation", "Next update by 2:25 PM EDT.", "Próximo aviso antes de las 2:25 p. m. EDT.", []],
  ["morning for afternoon", "By 2:25 PM.", "Antes de las 2:25 a. m.", ["times"]],
  ["a clock of 24 hours", "By 2:25 PM.", "Antes de las 14:25.", []],
  ["another hour", "By 2:25 PM.", "Antes de las 3:25 p. m.", ["times"]],
  ["a full hour", "Until 3 PM.", "Hasta las 3 p. m.", []],
  ["a full hour with its minutes", "Until 3 PM.", "Hasta las 15:00.", []],
  ["another full hour", "Until 3 PM.", "Hasta las 5 p. m.", ["times"]],
  ["noon", "Until noon.", "Hasta el mediodía.", []],
  ["noon by the clock", "Until noon.", "Hasta las 12:00 p. m.", []],
  ["midnight for noon", "Until noon.", "Hasta la medianoche.", ["times"]],
  ["how long", "It takes 2 hours.", "Tarda 2 horas.", []],
  ["how long, otherwise", "It takes 2 hours.", "Tarda 3 horas.", ["times"]],
  ["how often, otherwise", "Every 30 minutes.", "Cada 45 minutos.", ["times"]],
  ["a weekday", "By 2:25 PM Saturday.", "Antes de las 2:25 p. m. del sábado.", []],
  ["another weekday", "By 2:25 PM Saturday.", "Antes de las 2:25 p. m. del domingo.", ["times"]],
  ["a date", "Since June 12.", "Desde el 12 de junio.", []],
  ["another date", "Since June 12.", "Desde el 13 de junio.", ["times"]],
  [
    "the Coast Guard's channel, in English alone",
    "Boaters, use channel 16.",
    "Navegantes, usen la radio.",
    ["channels"],
  ],
  [
    "the Coast Guard and its channel in both",
    "Boaters call the Coast Guard on channel 16.",
    "Los navegantes llaman a la Guardia Costera por el canal 16.",
    [],
  ],
  ["another channel", "Use VHF channel 16.", "Use el canal 22A de VHF.", ["channels"]],
  ["a frequency", "Listen to 99.9 FM.", "Escuche 99,9 FM.", []],
  ["another frequency", "Listen to 99.9 FM.", "Escuche 98,9 FM.", ["channels"]],
  ["AM of a clock is no station", "By 10:25 AM.", "Antes de las 10:25 a. m.", []],
  ["an address", "Go to 12 Main Street.", "Vaya a 12 Main Street.", []],
  ["an address as Spanish writes it", "Go to 12 Main Street.", "Vaya a la calle Main 12.", []],
  ["another house", "Go to 12 Main Street.", "Vaya a la calle Main 21.", ["addresses"]],
  ["an address that one lacks", "Go to 12 Main Street.", "Vaya a la calle principal.", ["addresses"]],
  ["a condition in both", "If it fails, call 413-555-0142.", "Si falla, llame al 413-555-0142.", []],
  ["a condition that one lacks", "If 911 fails, call 413-555-0142.", "Llame al 413-555-0142.", ["conditions"]],
  ["911 first in both", "Call 911 first.", "Llame primero al 911.", []],
  ["911 first in one", "Call 911 first.", "Llame al 911.", ["conditions"]],
  ["a way in both", "Go to the fire station.", "Vaya a los bomberos.", []],
  ["a way that one lacks", "Pull a fire box.", "Vaya a la policía.", ["routes"]],
  ["the Coast Guard in one", "Call the Coast Guard by radio.", "Llame por radio.", ["routes"]],
  ["a landline by either name", "From a landline.", "Desde una línea fija o un teléfono fijo.", []],
  ["texts to 911 in one", "Texts to 911 work.", "Todo funciona.", ["routes"]],
  ["a police car is no police station", "Go to the police car.", "Vaya al auto de policía.", []],
  ["a sentence that one lacks", "911 is down. Stay calm.", "El 911 no funciona.", ["sentences"]],
  ["the point of p. m. ends a sentence", "Since 1:33 PM. Call.", "Desde la 1:33 p. m. Llame.", []],
];

describe("two languages of one text", () => {
  test.each(CASES)("%s", (_, english, spanish, facts) =>
    expect(compare(english, spanish).map(({ fact }) => fact)).toEqual(facts),
  );

  test("a place that one text does not name", () => {
    expect(compare("In Granby.", "En Granby.", ["Granby"])).toEqual([]);
    expect(compare("In Granby.", "En el pueblo.", ["Granby"])).toMatchObject([{ fact: "places", missing: ["Granby"] }]);
    expect(compare("In Doña Ana.", "En doña ana.", ["Doña Ana"])).toEqual([]);
  });

  test("what differs is said from both sides", () => {
    const [found] = compare("Use channel 16.", "Use el canal 22.");
    expect(formatDifference(found!, "es-US")).toBe(
      "Radio channels differ: English has channel 16; Spanish has channel 22.",
    );
  });

  test("a language whose words no program knows is compared by digits and sentences", () => {
    expect(comparedWith("ar-US")).not.toContain("routes");
    expect(comparedWith("es-US")).toContain("routes");
    const other = { language: "ar-US", text: "اتصل 413-555-0142, 2:25 PM." };
    expect(
      compareLanguages({ language: "en-US", text: "If 911 fails, call 413-555-0142 by 2:25 PM Saturday." }, other),
    ).toEqual([]);
  });
});

test("facts stop an alert, ways and sentences are for a person to judge", () => {
  const found = (english: string, spanish: string) =>
    applyRules(
      LANGUAGE_RULES,
      {
        place: "Granby",
        texts: [
          { language: "en-US", part: "long", text: english },
          { language: "es-US", part: "long", text: spanish },
        ],
      },
      undefined,
    );
  const channel = found("Boaters, use channel 16.", "Navegantes, usen la radio.");
  expect(channel.map(({ rule }) => rule)).toEqual(["W12"]);
  expect(channel.every(isStopping)).toBe(true);
  const way = found("Pull a fire box. Stay calm.", "Vaya a la policía.");
  expect(way.map(({ rule, verdict }) => [rule, verdict])).toEqual([
    ["W17", "review"],
    ["W17", "review"],
  ]);
  expect(way.some(isStopping)).toBe(false);
});

test("every shipped wording has as many sentences and the same slots in both languages, shorter ones too", () => {
  const different: string[] = [];
  for (const { key, body } of SHIPPED_TEMPLATES) {
    for (const audience of AUDIENCES) {
      for (const part of PARTS) {
        const of = (language: string) => [
          body.frames[language]![audience][part],
          ...(body.shorter[language]?.[audience]?.[part] ?? []),
        ];
        const [english, spanish] = [of("en-US"), of("es-US")];
        // In texts of 90 characters each language takes what it has room for.
        if (part === "short") continue;
        if (english.length !== spanish.length) different.push(`${key} ${audience} ${part}`);
        english.forEach((wording, index) => {
          if (countSentences(wording) !== countSentences(spanish[index] ?? ""))
            different.push(`${key} ${audience} ${part} ${index}: ${wording} / ${spanish[index]}`);
        });
      }
    }
  }
  expect(different).toEqual([]);
});

test("no shipped text sends people to the police alone: where there is no number, police and fire are named together", () => {
  const alone: string[] = [];
  for (const { key, body } of SHIPPED_TEMPLATES)
    for (const failure of FAILURES)
      for (const language of ["en-US", "es-US"]) {
        const { texts, shorter } = prepareWording(body, { failure, textTo911: "unknown" }, [language]);
        for (const audience of AUDIENCES)
          for (const part of PARTS) {
            const short = shorter[language]?.[audience]?.[part]?.wordings ?? [];
            for (const wording of [texts[language]![audience][part], ...short])
              if (/police|policía/i.test(wording) && !/police or (?:a )?fire|policía.{1,9}bomberos/i.test(wording))
                alone.push(`${key} ${audience} ${part}: ${wording}`);
          }
      }
  expect(alone).toEqual([]);
});

describe("the texts of a draft", () => {
  const languages = ["en-US", "es-US"];
  test("the shipped ones say the same, whatever fails", () => {
    for (const { body } of SHIPPED_TEMPLATES)
      for (const failure of ["full", "partial", "landline", "location"])
        expect(
          compareWordings(prepareWording(body, { failure, textTo911: "works" }, languages).texts, languages),
        ).toEqual([]);
  });
  test("a channel that English alone names, and a slot that Spanish lost, are said", () => {
    const texts = prepareWording(SHIPPED_TEMPLATES[0]!.body, { failure: "full", textTo911: "fails" }, languages).texts;
    texts["en-US"]!.place.long += " Boaters, use channel 16.";
    texts["es-US"]!.county.script = "Nada.";
    expect(compareWordings(texts, languages)).toMatchObject([
      { label: "Phone, long", facts: ["radio channels", "count of sentences"] },
      { label: "County, script to read aloud", facts: expect.arrayContaining(["slots"]) },
    ]);
  });
});
