import { ENGLISH_FRAMES, SPANISH_FRAMES } from "./outage";
import type { TemplateBody } from "./schema";
import type { AudienceFrames, Frames } from "./shipped/compose";

/** What a correction says: the wrong number first, when it was given, then what is right (W16). */

type Phrases = TemplateBody["phrases"];
type Kind = "full" | "other" | "location";

const SHORT: Record<"en-US" | "es-US", Record<Kind, Record<string, string>>> = {
  "en-US": {
    full: {
      short: "{wrongNumber} is wrong. 911 is down in {placeShort}: call {number}.",
      short2: "{wrongNumber} is wrong. No 911 in {placeShort}: {number}.",
      short3: "not {wrongNumber}. No 911 in {placeShort}: {number}.",
      shortNoNumber: "{wrongNumber} is wrong. 911 is down in {placeShort}: go to police or fire.",
      shortNoNumber2: "{wrongNumber} is wrong. No 911 in {placeShort}: go to police.",
      shortNoNumber3: "not {wrongNumber}. No 911 in {placeShort}: go to police.",
      countyShort: "{wrongNumber} is wrong. 911 is down in {inCountyShort}: go to police or fire.",
      countyShort2: "{wrongNumber} is wrong. No 911 in {inCountyShort}: go to police.",
      countyShort3: "not {wrongNumber}. No 911 in {inCountyShort}: go to police.",
    },
    other: {
      short: "{wrongNumber} is wrong. If 911 fails in {placeShort}, call {number}.",
      short2: "{wrongNumber} is wrong. If 911 fails in {placeShort}: {number}.",
      short3: "not {wrongNumber}. If 911 fails in {placeShort}: {number}.",
      shortNoNumber: "{wrongNumber} is wrong. If 911 fails in {placeShort}, go to police or fire.",
      shortNoNumber2: "{wrongNumber} is wrong. If 911 fails in {placeShort}, go to police.",
      shortNoNumber3: "not {wrongNumber}. If 911 fails in {placeShort}, go to police.",
      countyShort: "{wrongNumber} is wrong. If 911 fails in {inCountyShort}, go to police or fire.",
      countyShort2: "{wrongNumber} is wrong. If 911 fails in {inCountyShort}, go to police.",
      countyShort3: "not {wrongNumber}. If 911 fails in {inCountyShort}, go to police.",
    },
    location: {
      short: "{wrongNumber} is wrong. In {placeShort} call 911 and say the address first.",
      short2: "{wrongNumber} is wrong. In {placeShort} call 911, say where.",
      short3: "not {wrongNumber}. In {placeShort} call 911.",
      shortNoNumber: "{wrongNumber} is wrong. In {placeShort} call 911 and say the address first.",
      shortNoNumber2: "{wrongNumber} is wrong. In {placeShort} call 911, say where.",
      shortNoNumber3: "not {wrongNumber}. In {placeShort} call 911.",
      countyShort: "{wrongNumber} is wrong. In {inCountyShort} call 911 and say the address first.",
      countyShort2: "{wrongNumber} is wrong. In {inCountyShort} call 911, say where.",
      countyShort3: "not {wrongNumber}. In {inCountyShort} call 911.",
    },
  },
  "es-US": {
    full: {
      short: "el {wrongNumber} es erróneo. Sin 911 en {placeShort}, llame al {number}.",
      short2: "el {wrongNumber} es erróneo. Sin 911 en {placeShort}: {number}.",
      short3: "no {wrongNumber}. Sin 911 en {placeShort}: {number}.",
      shortNoNumber: "el {wrongNumber} es erróneo. Sin 911 en {placeShort}, vaya a la policía o a los bomberos.",
      shortNoNumber2: "el {wrongNumber} es erróneo. Sin 911 en {placeShort}, vaya a la policía.",
      shortNoNumber3: "no {wrongNumber}. Sin 911 en {placeShort}: policía.",
      countyShort: "el {wrongNumber} es erróneo. Sin 911 en {inCountyShort}, vaya a la policía o a los bomberos.",
      countyShort2: "el {wrongNumber} es erróneo. Sin 911 en {inCountyShort}, vaya a la policía.",
      countyShort3: "no {wrongNumber}. Sin 911 en {inCountyShort}: policía.",
    },
    other: {
      short: "el {wrongNumber} es erróneo. Si falla el 911 en {placeShort}, llame al {number}.",
      short2: "el {wrongNumber} es erróneo. Si falla el 911 en {placeShort}: {number}.",
      short3: "no {wrongNumber}. Si falla el 911 en {placeShort}: {number}.",
      short4: "no {wrongNumber}. Si falla 911 en {placeShort}: {number}.",
      shortNoNumber:
        "el {wrongNumber} es erróneo. Si falla el 911 en {placeShort}, vaya a la policía o a los bomberos.",
      shortNoNumber2: "el {wrongNumber} es erróneo. Si falla el 911 en {placeShort}, vaya a la policía.",
      shortNoNumber3: "no {wrongNumber}. Si falla 911 en {placeShort}: policía.",
      countyShort:
        "el {wrongNumber} es erróneo. Si falla el 911 en {inCountyShort}, vaya a la policía o a los bomberos.",
      countyShort2: "el {wrongNumber} es erróneo. Si falla el 911 en {inCountyShort}, vaya a la policía.",
      countyShort3: "no {wrongNumber}. Si falla 911 en {inCountyShort}: policía.",
    },
    location: {
      short: "el {wrongNumber} es erróneo. En {placeShort}, llame al 911 y diga dónde está.",
      short2: "el {wrongNumber} es erróneo. En {placeShort}, llame al 911.",
      short3: "no {wrongNumber}. En {placeShort}, llame al 911.",
      shortNoNumber: "el {wrongNumber} es erróneo. En {placeShort}, llame al 911 y diga dónde está.",
      shortNoNumber2: "el {wrongNumber} es erróneo. En {placeShort}, llame al 911.",
      shortNoNumber3: "no {wrongNumber}. En {placeShort}, llame al 911.",
      countyShort: "el {wrongNumber} es erróneo. En {inCountyShort}, llame al 911 y diga dónde está.",
      countyShort2: "el {wrongNumber} es erróneo. En {inCountyShort}, llame al 911.",
      countyShort3: "no {wrongNumber}. En {inCountyShort}, llame al 911.",
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
  const wrong = `El {wrongNumber} es erróneo. {sender} lo dio a {originalSentTime} para ${where}, {state}.`;
  return {
    ...base,
    long: [
      `${wrong} [[headline]][[texting]] [[${action}]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `El {wrongNumber} es erróneo. {senderShort} lo dio a {originalSentTime}. [[headline]][[texting]] [[${action}]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `El {wrongNumber} es erróneo. {senderShort}: [[hazard]][[texting]] [[${action}]] ${NO_PROBAR}`,
      ...(action === "countyAction"
        ? [`El {wrongNumber} es erróneo. {senderShort}: [[hazard]] [[${action}]] ${NO_PROBAR}`]
        : []),
      `El {wrongNumber} es erróneo. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `El {wrongNumber} es erróneo. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es erróneo. {senderShort}: [[headlineBehind]][[texting]] [[${HEADLINE_ACTIONS[action]}]] ${NO_PROBAR}`,
      `El {wrongNumber} es erróneo. {senderShort}: [[headlineBehind]] [[${action}]] ${NO_PROBAR}`,
    ],
    headline: [
      `{senderShort}: el {wrongNumber} es erróneo. [[headline]] [[${HEADLINE_ACTIONS[action]}]]`,
      `{senderShort}: [[${short}]]`,
      `{senderShort}: [[${short}2]]`,
    ],
    social: [
      `${wrong} [[headline]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es erróneo. {senderShort} lo dio a {originalSentTime}. [[headline]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es erróneo. {senderShort}: [[headlineBehind]][[texting]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es erróneo. {senderShort}: [[headlineBehind]] [[${action}]] ${NO_PROBAR}`,
      `El {wrongNumber} es erróneo. {senderShort}: [[headlineBehind]] [[${HEADLINE_ACTIONS[action]}]] ${NO_PROBAR}`,
      `{senderShort}: [[${short}]] ${NO_PROBAR}`,
    ],
    script: `Aviso oficial. {sender} informa: el número {wrongNumber} es erróneo. No lo marque. [[headline]][[texting]] [[${action}]]${action === "action" ? "[[again]]" : ""} ${NO_PROBAR} El próximo aviso llega antes de {nextUpdateTime}.\n\nOperadores: primero pregunten "¿Es una emergencia?" Si lo es, atiendan la llamada. Si no, [[notUrgent]].`,
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
          headline: ["{senderShort}: {wrongNumber} is wrong. [[countyHeadline]]", "{senderShort}: [[countyShort]]"],
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
          "El número {wrongNumber} es erróneo. {sender} lo dio a {originalSentTime} para {place}, {state}. No lo marque.\n\n[[headline]][[texting]] [[action]][[answering]]\n\n[[unanswered]]",
      },
      SPANISH_FRAMES.place,
    ),
    noNumber: spanish(
      "noNumberAction",
      "shortNoNumber",
      "{place}",
      {
        description:
          "El número {wrongNumber} es erróneo. {sender} lo dio a {originalSentTime} para {place}, {state}. No lo marque.\n\n[[headline]][[texting]] [[noNumberAction]][[unansweredNoNumber]][[noDirectNumber]]",
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
            "{senderShort}: el {wrongNumber} es erróneo. [[countyHeadline]]",
            "{senderShort}: [[countyShort]]",
          ],
          description: [
            "El número {wrongNumber} es erróneo. {senderShort} lo dio a {originalSentTime}. No lo marque. [[countyHeadline]][[texting]] [[countyAction]][[countyList]]",
            "El número {wrongNumber} es erróneo. {senderShort} lo dio a {originalSentTime}. No lo marque. [[countyHeadline]] [[countyAction]][[countyList]]",
            "El número {wrongNumber} es erróneo. {senderShort} lo dio a {originalSentTime}. No lo marque. [[countyHeadline]] [[countyAction]]",
          ],
        },
        SPANISH_FRAMES.county,
      ),
    ),
  },
};
