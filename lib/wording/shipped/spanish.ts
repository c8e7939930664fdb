import type { FailureWording, LanguageWording } from "./compose";

/** What Callbox says in Spanish of each failure: as Spanish is spoken in the United States, with usted. */

/** Since when; behind "desde celulares" in a sentence of its own, or two "desde" would stand in one. */
const SINCE = ", desde {sinceTime}.";
const CALLS_FAILED = ". Hay fallas desde {sinceTime}.";
const ON_SOME_PHONES = [CALLS_FAILED, CALLS_FAILED] as const;
const TRY_FIRST = "En una emergencia, llame primero al 911. Si falla, {help}.";
const POLICE_OR_FIRE = "vaya a la policía o a los bomberos";

const IF_IT_FAILS = {
  number: [
    "el 911 puede fallar en {placeShort}. Si falla, llame al {number}.",
    "si falla el 911 en {placeShort}, llame al {number}.",
  ],
  noNumber: [
    `el 911 puede fallar en {placeShort}. Si falla, ${POLICE_OR_FIRE}.`,
    "el 911 puede fallar en {placeShort}. Si falla, vaya a la policía.",
    "si falla el 911 en {placeShort}, vaya a la policía.",
  ],
  county: [
    `el 911 puede fallar en {inCountyShort}. Si falla, ${POLICE_OR_FIRE}.`,
    "el 911 puede fallar en {inCountyShort}. Si falla, vaya a la policía.",
    "si falla el 911 en {inCountyShort}, vaya a la policía.",
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
  headline: `${hazard.charAt(0).toUpperCase()}${hazard.slice(1)} en {where}.`,
  stillHeadline: `${still.charAt(0).toUpperCase()}${still.slice(1)} en {where}.`,
  action: TRY_FIRST,
  headlineAction: "Si el 911 falla, {help}.",
  short: [
    `el 911 puede fallar${from} en {placeShort}. Llame al 911; si falla, al {number}. No lo pruebe.`,
    `el 911 puede fallar${from} en {placeShort}. Llame al 911; si falla, al {number}.`,
    ...(from ? [`el 911 puede fallar${from} en {placeShort}. Si falla, llame al {number}.`] : []),
    ...IF_IT_FAILS.number,
  ],
  shortNoNumber: [
    `el 911 puede fallar${from} en {placeShort}. Llame al 911; si falla, ${POLICE_OR_FIRE}.`,
    ...(from ? [`el 911 puede fallar${from} en {placeShort}. Si falla, vaya a la policía.`] : []),
    ...IF_IT_FAILS.noNumber,
  ],
  countyShort: IF_IT_FAILS.county,
  near: "el 911 puede fallar cerca",
  nearHazard: near,
  needsNumber: true,
});

/** One kind of phone fails: the other kind comes first. */
const oneKind = (kind: string, other: string, brief: string, briefOther: string): FailureWording => ({
  ...some(
    `el 911 puede fallar desde ${kind}`,
    `el 911 aún puede fallar desde ${kind}`,
    ON_SOME_PHONES,
    `Puede fallar desde ${kind} en {downIn}.`,
  ),
  action: `En una emergencia, llame al 911 desde ${other}. Si no puede, {help}.`,
  short: [
    `el 911 puede fallar desde ${kind} en {placeShort}. Use ${other}; si no puede, {number}.`,
    `el 911 puede fallar desde ${brief} en {placeShort}. Use ${briefOther}; si no, {number}.`,
    ...IF_IT_FAILS.number,
  ],
  shortNoNumber: [
    `el 911 puede fallar desde ${brief} en {placeShort}. Use ${other}; si no puede, vaya a la policía.`,
    `el 911 puede fallar desde ${brief} en {placeShort}. Use ${briefOther}; si no, vaya a la policía.`,
    `el 911 puede fallar desde ${brief} en {placeShort}. Si falla, vaya a la policía.`,
    ...IF_IT_FAILS.noNumber,
  ],
});

const LOCATION_SHORT = [
  "el 911 en {placeShort} quizá no lo ubique. Llame al 911 y diga primero la dirección.",
  "el 911 en {placeShort} quizá no lo ubique. Llame al 911 y diga dónde está.",
  "llame al 911 en {placeShort} y diga dónde está.",
];

const location: FailureWording = {
  hazard:
    "es posible que el 911 en {where}, no vea dónde está usted ni su número. Las llamadas entran sin esos datos desde {sinceTime}.",
  still:
    "es posible que el 911 en {where}, aún no vea dónde está usted ni su número. Las llamadas entran sin esos datos desde {sinceTime}.",
  headline: "Es posible que el 911 en {where}, no vea dónde está usted ni su número.",
  stillHeadline: "Es posible que el 911 en {where}, aún no vea dónde está usted ni su número.",
  action: "En una emergencia, llame al 911. Diga primero la dirección y luego su número. No cuelgue.",
  headlineAction: "Llame al 911 y diga primero la dirección.",
  short: LOCATION_SHORT,
  shortNoNumber: LOCATION_SHORT,
  countyShort: LOCATION_SHORT.map((text) => text.replace("{placeShort}", "{inCountyShort}")),
  near: "el 911 tiene problemas cerca",
  nearHazard: "Es posible que el 911 no vea dónde está quien llama desde {downIn}.",
  needsNumber: false,
};

export const SPANISH: LanguageWording = {
  failures: {
    full: {
      hazard: `el 911 no funciona en {where}${SINCE}`,
      still: `el 911 aún no funciona en {where}${SINCE}`,
      headline: "El 911 no funciona en {where}.",
      stillHeadline: "El 911 aún no funciona en {where}.",
      action: "En una emergencia, {help}.",
      headlineAction: "En una emergencia, {help}.",
      short: [
        "no hay 911 en {placeShort}. Emergencia: llame al {number}. No llame al 911 para probarlo.",
        "no hay 911 en {placeShort}. Emergencia: llame al {number}. No lo pruebe.",
        "no hay 911 en {placeShort}. Emergencia: llame al {number}.",
        "sin 911 en {placeShort}. Llame al {number}.",
      ],
      shortNoNumber: [
        `no hay 911 en {placeShort}. Emergencia: ${POLICE_OR_FIRE}. No pruebe el 911.`,
        `no hay 911 en {placeShort}. Emergencia: ${POLICE_OR_FIRE}.`,
        `sin 911 en {placeShort}. ${POLICE_OR_FIRE.charAt(0).toUpperCase()}${POLICE_OR_FIRE.slice(1)}.`,
        "sin 911 en {placeShort}. Vaya a la policía.",
      ],
      countyShort: [
        `no hay 911 en {inCountyShort}. Emergencia: ${POLICE_OR_FIRE}.`,
        "no hay 911 en {inCountyShort}. Vaya a la policía.",
        "sin 911 en {inCountyShort}. Vaya a la policía.",
      ],
      near: "el 911 falla cerca",
      nearHazard: "No funciona en {downIn}.",
      needsNumber: true,
    },
    partial: some(
      "algunas llamadas al 911 fallan",
      "algunas llamadas al 911 aún fallan",
      [SINCE, ". Fallan desde {sinceTime}."],
      "Algunas llamadas al 911 fallan en {downIn}.",
    ),
    intermittent: some(
      "el 911 falla a ratos",
      "el 911 aún falla a ratos",
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
    landline: oneKind("teléfonos fijos", "un celular", "fijos", "un celular"),
    wireless: oneKind("celulares", "un teléfono fijo", "celulares", "un fijo"),
    location,
  },
  where: { place: "{place}, {state}", county: "{inCounty}, {state}" },
  help: {
    number: "llame al {number}",
    noNumber: "{otherHelp}",
    county: `llame al número de su pueblo o ${POLICE_OR_FIRE}`,
  },
  still: (short) =>
    short
      .replace("puede fallar", "aún puede fallar")
      .replace("quizá no lo", "quizá aún no lo")
      .replace(/^no hay 911/, "aún no hay 911")
      .replace(/^sin 911/, "aún sin 911"),
  desk: "Contesta {desk}, {hours}.",
  ifNobodyAnswers: "Si nadie contesta, {otherHelp}.",
  ifOneFails: "Si una llamada al 911 falla, llame al {number}.",
  ifOneFailsNoNumber: "Si una llamada al 911 falla, {otherHelp}.",
  noDirectNumber: "No hay número directo.",
  callsFail: "Las llamadas al 911 no entran.",
  again: "Repetimos el número: {number}.",
  noTesting: ["No lo pruebe.", "No pruebe el 911.", "No llame al 911 para probarlo."],
  keepFree: " y deje libre el número directo para emergencias",
  onAir: "La radio y la televisión dan los números.",
  works: "el 911 funciona otra vez",
  worksFully: "el 911 funciona otra vez por completo",
  worksShort: "ya funciona el 911",
  worksFullyShort: "ya funciona bien el 911",
  noLongerNeeded: "No hace falta ningún otro número.",
  askTown: "pregunten de qué pueblo llama y den su número",
  readText: "lean el texto de arriba y terminen la llamada",
};
