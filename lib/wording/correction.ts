import { ENGLISH_FRAMES, SPANISH_FRAMES } from "./outage";
import type { TemplateBody } from "./schema";
import { type AudienceFrames, type Frames, numbered as lengths } from "./shipped/compose";

/** What a correction says: the wrong number first, when it was given, then what is right (W16). */

type Phrases = TemplateBody["phrases"];
type Kind = "full" | "other" | "location";

const LOCATION = {
  "en-US": [
    "{wrongNumber} is wrong. In {placeShort} call 911 and say the address first.",
    "{wrongNumber} is wrong. In {placeShort} call 911, say where.",
    "not {wrongNumber}. In {placeShort} call 911.",
  ],
  "es-US": [
    "el {wrongNumber} es incorrecto. En {placeShort}, llame al 911 y diga dónde está.",
    "el {wrongNumber} es incorrecto. En {placeShort}, llame al 911.",
    "no llame al {wrongNumber}. En {placeShort}, llame al 911.",
    "no {wrongNumber}. En {placeShort}, llame al 911.",
  ],
} as const;
const forCounty = (text: string) => text.replace("{placeShort}", "{inCountyShort}");

/** 90 characters behind the sender's name, longest first; police and fire are named together in each. */
const SHORT: Record<"en-US" | "es-US", Record<Kind, Record<string, string>>> = {
  "en-US": {
    full: {
      ...lengths("short", [
        "{wrongNumber} is wrong. 911 is down in {placeShort}: call {number}.",
        "{wrongNumber} is wrong. No 911 in {placeShort}: {number}.",
        "don't call {wrongNumber}. No 911 in {placeShort}: {number}.",
        "not {wrongNumber}. No 911 in {placeShort}: {number}.",
      ]),
      ...lengths("shortNoNumber", [
        "{wrongNumber} is wrong. 911 is down in {placeShort}: go to police or fire.",
        "{wrongNumber} is wrong. No 911 in {placeShort}: go to police or fire.",
        "not {wrongNumber}. No 911 in {placeShort}: go to police or fire.",
      ]),
      ...lengths("countyShort", [
        "{wrongNumber} is wrong. 911 is down in {inCountyShort}: call your town's number or go to police or fire.",
        "{wrongNumber} is wrong. No 911 in {inCountyShort}: call or go to police or fire.",
        "{wrongNumber} is wrong. No 911 in {inCountyShort}: go to police or fire.",
        "not {wrongNumber}. No 911 in {inCountyShort}: go to police or fire.",
        "not {wrongNumber}. No 911 in {inCountyShort}: police or fire.",
      ]),
    },
    other: {
      ...lengths("short", [
        "{wrongNumber} is wrong. If 911 fails in {placeShort}, call {number}.",
        "{wrongNumber} is wrong. If 911 fails in {placeShort}: {number}.",
        "don't call {wrongNumber}. If 911 fails in {placeShort}: {number}.",
        "not {wrongNumber}. If 911 fails in {placeShort}: {number}.",
      ]),
      ...lengths("shortNoNumber", [
        "{wrongNumber} is wrong. If 911 fails in {placeShort}, go to police or fire.",
        "not {wrongNumber}. If 911 fails in {placeShort}, go to police or fire.",
        "not {wrongNumber}. If 911 fails in {placeShort}: police or fire.",
      ]),
      ...lengths("countyShort", [
        "{wrongNumber} is wrong. If 911 fails in {inCountyShort}, call your town's number or go to police or fire.",
        "{wrongNumber} is wrong. If 911 fails in {inCountyShort}, call or go to police or fire.",
        "{wrongNumber} is wrong. If 911 fails in {inCountyShort}, go to police or fire.",
        "not {wrongNumber}. If 911 fails in {inCountyShort}, go to police or fire.",
        "not {wrongNumber}. If 911 fails in {inCountyShort}: police or fire.",
      ]),
    },
    location: {
      ...lengths("short", LOCATION["en-US"]),
      ...lengths("shortNoNumber", LOCATION["en-US"]),
      ...lengths("countyShort", LOCATION["en-US"].map(forCounty)),
    },
  },
  "es-US": {
    full: {
      ...lengths("short", [
        "el {wrongNumber} es incorrecto. Sin 911 en {placeShort}, llame al {number}.",
        "el {wrongNumber} es incorrecto. Sin 911 en {placeShort}: {number}.",
        "no llame al {wrongNumber}. Sin 911 en {placeShort}: {number}.",
        "no {wrongNumber}. Sin 911 en {placeShort}: {number}.",
      ]),
      ...lengths("shortNoNumber", [
        "el {wrongNumber} es incorrecto. Sin 911 en {placeShort}, vaya a la policía o a los bomberos.",
        "el {wrongNumber} es incorrecto. Sin 911 en {placeShort}, vaya a policía o bomberos.",
        "no llame al {wrongNumber}. Sin 911 en {placeShort}, vaya a policía o bomberos.",
        "no {wrongNumber}. Sin 911 en {placeShort}: policía o bomberos.",
      ]),
      ...lengths("countyShort", [
        "el {wrongNumber} es incorrecto. Sin 911 en {inCountyShort}, llame al número de su localidad o vaya a la policía o a los bomberos.",
        "el {wrongNumber} es incorrecto. Sin 911 en {inCountyShort}, llame o vaya a policía o bomberos.",
        "el {wrongNumber} es incorrecto. Sin 911 en {inCountyShort}: policía o bomberos.",
        "no llame al {wrongNumber}. Sin 911 en {inCountyShort}: policía o bomberos.",
        "no {wrongNumber}. Sin 911 en {inCountyShort}: policía o bomberos.",
      ]),
    },
    other: {
      ...lengths("short", [
        "el {wrongNumber} es incorrecto. Si falla el 911 en {placeShort}, llame al {number}.",
        "el {wrongNumber} es incorrecto. Si falla el 911 en {placeShort}: {number}.",
        "no llame al {wrongNumber}. Si falla el 911 en {placeShort}: {number}.",
        "no {wrongNumber}. Si falla el 911 en {placeShort}: {number}.",
        "no {wrongNumber}. Si falla 911 en {placeShort}: {number}.",
      ]),
      ...lengths("shortNoNumber", [
        "el {wrongNumber} es incorrecto. Si falla el 911 en {placeShort}, vaya a la policía o a los bomberos.",
        "el {wrongNumber} es incorrecto. Si falla el 911 en {placeShort}, vaya a policía o bomberos.",
        "no llame al {wrongNumber}. Si falla el 911 en {placeShort}, vaya a policía o bomberos.",
        "no {wrongNumber}. Si falla el 911 en {placeShort}: policía o bomberos.",
        "no {wrongNumber}. Si falla 911 en {placeShort}: policía/bomberos.",
      ]),
      ...lengths("countyShort", [
        "el {wrongNumber} es incorrecto. Si falla el 911 en {inCountyShort}, llame al número de su localidad o vaya a la policía o a los bomberos.",
        "el {wrongNumber} es incorrecto. Si falla el 911 en {inCountyShort}, llame o vaya a policía o bomberos.",
        "el {wrongNumber} es incorrecto. Si falla el 911 en {inCountyShort}: policía o bomberos.",
        "no {wrongNumber}. Si falla el 911 en {inCountyShort}: policía o bomberos.",
        "no {wrongNumber}. Si falla 911 en {inCountyShort}: policía/bomberos.",
      ]),
    },
    location: {
      ...lengths("short", LOCATION["es-US"]),
      ...lengths("shortNoNumber", LOCATION["es-US"]),
      ...lengths("countyShort", LOCATION["es-US"].map(forCounty)),
    },
  },
};

const kindOf = (failure: string): Kind => (failure === "full" || failure === "location" ? failure : "other");

/** The phrases of an update, with 90 characters that name the wrong number. */
export function correctionPhrases(update: Phrases): Phrases {
  return Object.fromEntries(
    Object.entries(update).map(([language, byFailure]) => [
      language,
      Object.fromEntries(
        Object.entries(byFailure).map(([failure, phrases]) => {
          const usual = Object.entries(phrases).filter(
            ([name]) => !/^(short|shortNoNumber|countyShort)\d?$/.test(name),
          );
          return [failure, { ...Object.fromEntries(usual), ...SHORT[language as "en-US" | "es-US"][kindOf(failure)] }];
        }),
      ),
    ]),
  );
}

const NO_TEST = "Do not call 911 to test it.";
const NO_PROBAR = "No llame al 911 para probarlo.";

/** What a headline says for each action. */
const HEADLINE_ACTIONS = {
  action: "headlineAction",
  noNumberAction: "headlineNoNumber",
  countyAction: "headlineCounty",
} as const;
type Action = keyof typeof HEADLINE_ACTIONS;

const english = (action: Action, short: string, where: string, rest: Partial<Frames>, base: Frames): Frames => {
  const wrong = `{wrongNumber} is wrong. {sender} gave it at {originalSentTime} for ${where}, {state}.`;
  return {
    ...base,
    long: [
      `${wrong} [[headline]][[texting]] [[${action}]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{wrongNumber} is wrong. {senderShort} gave it at {originalSentTime}. [[headline]][[texting]] [[${action}]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{wrongNumber} is wrong. {senderShort}: [[hazard]][[texting]] [[${action}]] ${NO_TEST}`,
      ...(action === "countyAction"
        ? [`{wrongNumber} is wrong. {senderShort}: [[hazard]] [[${action}]] ${NO_TEST}`]
        : []),
      `{wrongNumber} is wrong. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{wrongNumber} is wrong. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_TEST}`,
      `{wrongNumber} is wrong. {senderShort}: [[headlineBehind]][[texting]] [[${HEADLINE_ACTIONS[action]}]] ${NO_TEST}`,
      `{wrongNumber} is wrong. {senderShort}: [[headlineBehind]] [[${action}]] ${NO_TEST}`,
    ],
    headline: [
      `{senderShort}: {wrongNumber} is wrong. [[headline]] [[${HEADLINE_ACTIONS[action]}]]`,
      `{senderShort}: [[${short}]]`,
      `{senderShort}: [[${short}2]]`,
    ],
    social: [
      `${wrong} [[headline]][[texting]] [[${action}]] ${NO_TEST}`,
      `{wrongNumber} is wrong. {senderShort} gave it at {originalSentTime}. [[headline]][[texting]] [[${action}]] ${NO_TEST}`,
      `{wrongNumber} is wrong. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_TEST}`,
      `{wrongNumber} is wrong. {senderShort}: [[headlineBehind]] [[${action}]] ${NO_TEST}`,
      `{wrongNumber} is wrong. {senderShort}: [[headlineBehind]] [[${HEADLINE_ACTIONS[action]}]] ${NO_TEST}`,
      `{senderShort}: [[${short}]] ${NO_TEST}`,
    ],
    script: `Official notice. {sender} says: the number {wrongNumber} is wrong. Do not call it. [[headline]][[texting]] [[${action}]]${action === "action" ? "[[again]]" : ""} ${NO_TEST} The next update comes by {nextUpdateTime}.\n\nCall-takers: first ask "Is this an emergency?" If it is, take the call. If not, [[notUrgent]].`,
    ...rest,
  };
};

const spanish = (action: Action, short: string, where: string, rest: Partial<Frames>, base: Frames): Frames => {
  const wrong = `El {wrongNumber} es incorrecto. {sender} lo dio a {originalSentTime} para ${where}, {state}.`;
  return {
    ...base,
    long: [
      `${wrong} [[headline]][[texting]] [[${action}]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `El {wrongNumber} es incorrecto. {senderShort} lo dio a {originalSentTime}. [[headline]][[texting]] [[${action}]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `El {wrongNumber} es incorrecto. {senderShort}: [[hazard]][[texting]] [[${action}]] ${NO_PROBAR}`,
      ...(action === "countyAction"
        ? [`El {wrongNumber} es incorrecto. {senderShort}: [[hazard]] [[${action}]] ${NO_PROBAR}`]
        : []),
      `El {wrongNumber} es incorrecto. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `El {wrongNumber} es incorrecto. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es incorrecto. {senderShort}: [[headlineBehind]][[texting]] [[${HEADLINE_ACTIONS[action]}]] ${NO_PROBAR}`,
      `El {wrongNumber} es incorrecto. {senderShort}: [[headlineBehind]] [[${action}]] ${NO_PROBAR}`,
    ],
    headline: [
      `{senderShort}: el {wrongNumber} es incorrecto. [[headline]] [[${HEADLINE_ACTIONS[action]}]]`,
      `{senderShort}: [[${short}]]`,
      `{senderShort}: [[${short}2]]`,
    ],
    social: [
      `${wrong} [[headline]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es incorrecto. {senderShort} lo dio a {originalSentTime}. [[headline]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es incorrecto. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es incorrecto. {senderShort}: [[headlineBehind]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es incorrecto. {senderShort}: [[headlineBehind]] [[${HEADLINE_ACTIONS[action]}]] ${NO_PROBAR}`,
      `{senderShort}: [[${short}]] ${NO_PROBAR}`,
    ],
    script: `Aviso oficial. {sender} informa: el número {wrongNumber} es incorrecto. No lo marque. [[headline]][[texting]] [[${action}]]${action === "action" ? "[[again]]" : ""} ${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}.\n\nOperadores: primero pregunten: "¿Es una emergencia?". Si lo es, atiendan la llamada. Si no, [[notUrgent]].`,
    ...rest,
  };
};

/** County texts name the county in their headline, and leave place slots open to nobody. */
const inCounty = (frames: Frames): Frames =>
  JSON.parse(
    JSON.stringify(frames)
      .replaceAll("[[headline]]", "[[countyHeadline]]")
      .replaceAll("[[headlineBehind]]", "[[countyHeadlineBehind]]")
      .replaceAll("[[hazard]]", "[[countyHazard]]"),
  ) as Frames;

export const CORRECTION_FRAMES: Readonly<Record<"en-US" | "es-US", AudienceFrames>> = {
  "en-US": {
    place: english(
      "action",
      "short",
      "{place}",
      {
        description:
          "The number {wrongNumber} is wrong. {sender} gave it at {originalSentTime} for {place}, {state}. Do not call it.\n\n[[headline]][[texting]] [[action]][[answering]]\n\n[[unanswered]]",
      },
      ENGLISH_FRAMES.place,
    ),
    noNumber: english(
      "noNumberAction",
      "shortNoNumber",
      "{place}",
      {
        description:
          "The number {wrongNumber} is wrong. {sender} gave it at {originalSentTime} for {place}, {state}. Do not call it.\n\n[[headline]][[texting]] [[noNumberAction]][[unansweredNoNumber]][[noDirectNumber]]",
      },
      ENGLISH_FRAMES.noNumber,
    ),
    county: inCounty(
      english(
        "countyAction",
        "countyShort",
        "{inCounty}",
        {
          headline: ["{senderShort}: {wrongNumber} is wrong. [[countyHeadline]]", "{senderShort}: [[countyShort2]]"],
          description: [
            "The number {wrongNumber} is wrong. {senderShort} gave it at {originalSentTime}. Do not call it. [[countyHeadline]][[texting]] [[countyAction]][[countyList]]",
            "The number {wrongNumber} is wrong. {senderShort} gave it at {originalSentTime}. Do not call it. [[countyHeadline]] [[countyAction]][[countyList]]",
            "The number {wrongNumber} is wrong. {senderShort} gave it at {originalSentTime}. Do not call it. [[countyHeadline]] [[countyAction]]",
          ],
        },
        ENGLISH_FRAMES.county,
      ),
    ),
  },
  "es-US": {
    place: spanish(
      "action",
      "short",
      "{place}",
      {
        description:
          "El número {wrongNumber} es incorrecto. {sender} lo dio a {originalSentTime} para {place}, {state}. No lo marque.\n\n[[headline]][[texting]] [[action]][[answering]]\n\n[[unanswered]]",
      },
      SPANISH_FRAMES.place,
    ),
    noNumber: spanish(
      "noNumberAction",
      "shortNoNumber",
      "{place}",
      {
        description:
          "El número {wrongNumber} es incorrecto. {sender} lo dio a {originalSentTime} para {place}, {state}. No lo marque.\n\n[[headline]][[texting]] [[noNumberAction]][[unansweredNoNumber]][[noDirectNumber]]",
      },
      SPANISH_FRAMES.noNumber,
    ),
    county: inCounty(
      spanish(
        "countyAction",
        "countyShort",
        "{inCounty}",
        {
          headline: [
            "{senderShort}: el {wrongNumber} es incorrecto. [[countyHeadline]]",
            "{senderShort}: [[countyShort2]]",
          ],
          description: [
            "El número {wrongNumber} es incorrecto. {senderShort} lo dio a {originalSentTime}. No lo marque. [[countyHeadline]][[texting]] [[countyAction]][[countyList]]",
            "El número {wrongNumber} es incorrecto. {senderShort} lo dio a {originalSentTime}. No lo marque. [[countyHeadline]] [[countyAction]][[countyList]]",
            "El número {wrongNumber} es incorrecto. {senderShort} lo dio a {originalSentTime}. No lo marque. [[countyHeadline]] [[countyAction]]",
          ],
        },
        SPANISH_FRAMES.county,
      ),
    ),
  },
};
