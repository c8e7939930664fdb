import { capitalize } from "../../platform/capitalize";
import type { FailureWording, LanguageWording } from "./compose";

/** What Callbox says in Spanish of each failure: as Spanish is spoken in the United States, with usted. */

/** Since when; behind "desde celulares" in a sentence of its own, or two "desde" would stand in one. */
const SINCE = ", desde {sinceTime}.";
const CALLS_FAILED = ". Hay fallas desde {sinceTime}.";
const ON_SOME_PHONES = [CALLS_FAILED, CALLS_FAILED] as const;
const TRY_FIRST = "En una emergencia, llame primero al 911. Si falla, {help}.";
const POLICE_OR_FIRE = "vaya a la policía o a los bomberos";
/** The same where there is little room, and where there is none: both are always named. */
const TO_EITHER = "vaya a policía o bomberos";
const EITHER = "policía o bomberos";

const IF_IT_FAILS = {
  number: [
    "el 911 puede fallar en {placeShort}. Si falla, llame al {number}.",
    "si falla el 911 en {placeShort}, llame al {number}.",
  ],
  noNumber: [
    `el 911 puede fallar en {placeShort}. Si falla, ${POLICE_OR_FIRE}.`,
    `el 911 puede fallar en {placeShort}. Si falla, ${TO_EITHER}.`,
    `si falla el 911 en {placeShort}, ${TO_EITHER}.`,
  ],
  /** Places with numbers of their own, and places with none. */
  county: [
    `el 911 puede fallar en {inCountyShort}. Si falla, llame al número de su localidad o ${POLICE_OR_FIRE}.`,
    `el 911 puede fallar en {inCountyShort}. Si falla, llame o ${TO_EITHER}.`,
    `si falla el 911 en {inCountyShort}, llame o ${TO_EITHER}.`,
    `si falla el 911 en {inCountyShort}, ${TO_EITHER}.`,
    `si falla el 911 en {inCountyShort}: ${EITHER}.`,
  ],
};

/** Some calls get through: 911 comes first, the number only if it fails. */
const some = (
  hazard: string,
  still: string,
  [since, stillSince]: readonly [string, string],
  near: string,
  from = "",
): FailureWording => ({
  hazard: `${hazard} en {where}${since}`,
  still: `${still} en {where}${stillSince}`,
  headline: `${capitalize(hazard)} en {where}.`,
  stillHeadline: `${capitalize(still)} en {where}.`,
  action: TRY_FIRST,
  headlineAction: "Si el 911 falla, {help}.",
  short: [
    `el 911 puede fallar${from} en {placeShort}. Llame al 911; si falla, al {number}. No haga pruebas.`,
    `el 911 puede fallar${from} en {placeShort}. Llame al 911; si falla, al {number}.`,
    ...(from ? [`el 911 puede fallar${from} en {placeShort}. Si falla, llame al {number}.`] : []),
    ...IF_IT_FAILS.number,
  ],
  shortNoNumber: [
    `el 911 puede fallar${from} en {placeShort}. Llame al 911; si falla, ${POLICE_OR_FIRE}.`,
    ...(from
      ? [
          `el 911 puede fallar${from} en {placeShort}. Si falla, ${POLICE_OR_FIRE}.`,
          `el 911 puede fallar${from} en {placeShort}. Si falla, ${TO_EITHER}.`,
        ]
      : []),
    ...IF_IT_FAILS.noNumber,
  ],
  countyShort: IF_IT_FAILS.county,
  near: "el 911 puede fallar cerca",
  nearHazard: near,
  needsNumber: true,
});

interface Kind {
  /** Behind "desde", as a sentence has it and as a text of 90 characters does. */
  from: string;
  brief: string;
  /** The kind that works: behind "desde", behind "use", and in the fewest characters. */
  other: string;
  use: string;
  useBriefly: string;
}

/** One kind of phone fails: the other kind comes first. */
const oneKind = ({ from, brief, other, use, useBriefly }: Kind): FailureWording => ({
  ...some(
    `el 911 puede fallar desde ${from}`,
    `el 911 aún puede fallar desde ${from}`,
    ON_SOME_PHONES,
    `Puede fallar desde ${from} en {downIn}.`,
  ),
  action: `En una emergencia, llame al 911 desde ${other}. Si no puede, {help}.`,
  short: [
    `el 911 puede fallar desde ${brief} en {placeShort}. Use ${use}; si no puede, llame al {number}.`,
    `si falla el 911 desde ${brief} en {placeShort}, use ${use} o llame al {number}.`,
    `si falla el 911 desde ${brief} en {placeShort}, use ${useBriefly} o llame al {number}.`,
    `el 911 puede fallar desde ${brief} en {placeShort}. Si falla, llame al {number}.`,
    ...IF_IT_FAILS.number,
  ],
  shortNoNumber: [
    `el 911 puede fallar desde ${brief} en {placeShort}. Use ${use}; si no puede, ${POLICE_OR_FIRE}.`,
    `si falla el 911 desde ${brief} en {placeShort}, use ${use} o ${TO_EITHER}.`,
    `si falla el 911 desde ${brief} en {placeShort}, use ${useBriefly} o ${TO_EITHER}.`,
    `el 911 puede fallar desde ${brief} en {placeShort}. Si falla, ${TO_EITHER}.`,
    ...IF_IT_FAILS.noNumber.slice(1),
  ],
});

const LOCATION_SHORT = [
  "el 911 en {placeShort} quizá no sepa dónde está. Llame al 911 y diga primero la dirección.",
  "el 911 en {placeShort} quizá no sepa dónde está. Llame al 911 y dé primero la dirección.",
  "el 911 en {placeShort} quizá no sepa dónde está. Llame al 911 y dé la dirección.",
  "el 911 en {placeShort} quizá no sepa dónde está. Llame al 911 y dígalo.",
  "llame al 911 en {placeShort} y diga dónde está.",
];

const location: FailureWording = {
  hazard:
    "es posible que el 911 en {where}, no reciba su ubicación ni su número. Las llamadas entran sin esos datos desde {sinceTime}.",
  still:
    "es posible que el 911 en {where}, aún no reciba su ubicación ni su número. Las llamadas entran sin esos datos desde {sinceTime}.",
  headline: "Es posible que el 911 en {where}, no reciba su ubicación ni su número.",
  stillHeadline: "Es posible que el 911 en {where}, aún no reciba su ubicación ni su número.",
  action: "En una emergencia, llame al 911. Dé primero la dirección y luego su número. No cuelgue.",
  headlineAction: "Llame al 911 y dé primero la dirección.",
  short: LOCATION_SHORT,
  shortNoNumber: LOCATION_SHORT,
  countyShort: LOCATION_SHORT.map((text) => text.replace("{placeShort}", "{inCountyShort}")),
  near: "el 911 tiene problemas cerca",
  nearHazard: "Es posible que el 911 no reciba la ubicación de quien llama desde {downIn}.",
  needsNumber: false,
};

export const SPANISH: LanguageWording = {
  failures: {
    full: {
      hazard: `el 911 no funciona en {where}${SINCE}`,
      still: `el 911 sigue sin funcionar en {where}${SINCE}`,
      headline: "El 911 no funciona en {where}.",
      stillHeadline: "El 911 sigue sin funcionar en {where}.",
      action: "En una emergencia, {help}.",
      headlineAction: "En una emergencia, {help}.",
      short: [
        "no hay 911 en {placeShort}. Emergencia: llame al {number}. No llame al 911 para probarlo.",
        "no hay 911 en {placeShort}. Emergencia: llame al {number}. No haga pruebas.",
        "sin 911 en {placeShort}. Emergencia: llame al {number}. No haga pruebas.",
        "no hay 911 en {placeShort}. Emergencia: llame al {number}.",
        "sin 911 en {placeShort}. Llame al {number}.",
      ],
      shortNoNumber: [
        `no hay 911 en {placeShort}. Emergencia: ${POLICE_OR_FIRE}. No haga pruebas.`,
        `no hay 911 en {placeShort}. Emergencia: ${POLICE_OR_FIRE}.`,
        `sin 911 en {placeShort}. ${capitalize(POLICE_OR_FIRE)}.`,
        "sin 911 en {placeShort}. Vaya a policía o bomberos.",
      ],
      countyShort: [
        `no hay 911 en {inCountyShort}. Llame al número de su localidad o ${POLICE_OR_FIRE}.`,
        `no hay 911 en {inCountyShort}. Llame o ${POLICE_OR_FIRE}.`,
        `no hay 911 en {inCountyShort}. Llame o ${TO_EITHER}.`,
        `sin 911 en {inCountyShort}. Llame o ${TO_EITHER}.`,
        "sin 911 en {inCountyShort}. Vaya a policía o bomberos.",
        `sin 911 en {inCountyShort}: ${EITHER}.`,
      ],
      near: "el 911 falla cerca",
      nearHazard: "No funciona en {downIn}.",
      needsNumber: true,
    },
    partial: some(
      "algunas llamadas al 911 fallan",
      "algunas llamadas al 911 siguen fallando",
      [SINCE, ". Fallan desde {sinceTime}."],
      "Algunas llamadas al 911 fallan en {downIn}.",
    ),
    intermittent: some(
      "el 911 falla a ratos",
      "el 911 sigue fallando a ratos",
      [SINCE, ". Falla desde {sinceTime}."],
      "Falla a ratos en {downIn}.",
    ),
    carrier: some(
      "el 911 puede fallar desde teléfonos de {carrier}",
      "el 911 aún puede fallar desde teléfonos de {carrier}",
      ON_SOME_PHONES,
      "Puede fallar desde teléfonos de {carrier} en {downIn}.",
      " con {carrier}",
    ),
    landline: oneKind({
      from: "teléfonos fijos",
      brief: "línea fija",
      other: "un celular",
      use: "un celular",
      useBriefly: "celular",
    }),
    wireless: oneKind({
      from: "celulares",
      brief: "celular",
      other: "un teléfono fijo",
      use: "línea fija",
      useBriefly: "un fijo",
    }),
    location,
  },
  where: { place: "{place}, {state}", county: "{inCounty}, {state}" },
  help: {
    number: "llame al {number}",
    noNumber: "{otherHelp}",
    county: "llame al número de su localidad o vaya a la policía o los bomberos",
  },
  still: (short) =>
    short
      .replace("puede fallar", "aún puede fallar")
      .replace("quizá no sepa", "quizá aún no sepa")
      .replace(/^no hay 911/, "aún no hay 911")
      .replace(/^sin 911/, "aún sin 911"),
  desk: "Contesta {desk}, {hours}.",
  ifNobodyAnswers: "Si nadie contesta, {otherHelp}.",
  ifOneFails: "Si una llamada al 911 falla, llame al {number}.",
  ifOneFailsNoNumber: "Si una llamada al 911 falla, {otherHelp}.",
  noDirectNumber: "No hay número directo.",
  callsFail: "Las llamadas al 911 no entran.",
  again: "Repetimos el número: {number}.",
  noTesting: ["No haga pruebas.", "No llame al 911 para probarlo."],
  keepFree: " y deje libre el número directo para emergencias",
  onAir: "La radio y la televisión dan los números.",
  works: "el 911 ya funciona de nuevo",
  worksFully: "el 911 ya funciona con normalidad",
  worksShort: "ya funciona el 911",
  worksFullyShort: "ya funciona bien el 911",
  noLongerNeeded: "No necesita ningún otro número.",
  askTown: "pregunten desde qué localidad llama la persona y denle el número de ese lugar",
  readText: "lean el texto de arriba y terminen la llamada",
};
