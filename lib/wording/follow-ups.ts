import { BORDER_TEMPLATE } from "./border";
import { OUTAGE_TEMPLATE } from "./outage";
import type { TemplateBody } from "./schema";
import type { Parts, Texts } from "./texts";

/**
 * The wording Callbox ships with for what follows a first alert: an update, a
 * correction of a wrong number, and the all-clear, in English and Spanish. They
 * become Template rows. An all-clear says that 911 works, since when, that the
 * other numbers are no longer needed, and not to test it; a correction names the
 * wrong number first (W16).
 */

type Phrases = TemplateBody["phrases"];

/** The phrases of the first alert with some of them worded anew, by language and by what fails. */
function reworded(changes: Phrases): Phrases {
  return Object.fromEntries(
    Object.entries(OUTAGE_TEMPLATE.phrases).map(([language, byFailure]) => [
      language,
      Object.fromEntries(
        Object.entries(byFailure).map(([failure, phrases]) => [
          failure,
          { ...phrases, ...changes[language]?.[failure] },
        ]),
      ),
    ]),
  );
}

const STILL: Phrases = {
  "en-US": {
    full: {
      short: "911 is still down in {placeShort}. Emergency? Call {number}.",
      shortNoNumber: "911 is still down in {placeShort}. Emergency? Go to police or fire.",
      countyShort: "911 is still down in {inCountyShort}. Go to police or fire.",
      hazard: "911 is still not working in {place}, {state}, since {since}.",
      countyHazard: "911 is still not working in {inCounty}, {state}, since {since}.",
      headline: "911 is still not working in {place}, {state}.",
      countyHeadline: "911 is still not working in {inCounty}, {state}.",
    },
    partial: {
      short: "911 may still fail in {placeShort}. Try 911 first, then {number}.",
      shortNoNumber: "911 may still fail in {placeShort}. If so go to police or fire.",
      countyShort: "911 may still fail in {inCountyShort}. If so go to police or fire.",
      hazard: "some calls to 911 still fail in {place}, {state}, since {since}.",
      countyHazard: "some calls to 911 still fail in {inCounty}, {state}, since {since}.",
      headline: "Some calls to 911 still fail in {place}, {state}.",
      countyHeadline: "Some calls to 911 still fail in {inCounty}, {state}.",
    },
    intermittent: {
      short: "911 may still fail in {placeShort}. Try 911 first, then {number}.",
      shortNoNumber: "911 may still fail in {placeShort}. If so go to police or fire.",
      countyShort: "911 may still fail in {inCountyShort}. If so go to police or fire.",
      hazard: "911 still works on and off in {place}, {state}, since {since}.",
      countyHazard: "911 still works on and off in {inCounty}, {state}, since {since}.",
      headline: "911 still works on and off in {place}, {state}.",
      countyHeadline: "911 still works on and off in {inCounty}, {state}.",
    },
    carrier: {
      short: "{carrier} 911 may still fail in {placeShort}. If so: {number}.",
      shortNoNumber: "{carrier} 911 may still fail in {placeShort}. If so go to police.",
      countyShort: "911 may still fail in {inCountyShort}. If so go to police or fire.",
      hazard: "911 may still fail on {carrier} phones in {place}, {state}, since {since}.",
      countyHazard: "{carrier} phones may still not reach 911 in {inCounty}, {state}, since {since}.",
      headline: "{carrier} phones may still not reach 911 in {place}, {state}.",
      countyHeadline: "{carrier} phones may still not reach 911 in {inCounty}, {state}.",
    },
    landline: {
      short: "Landline 911 still fails in {placeShort}. If no cell, {number}.",
      shortNoNumber: "Landline 911 still fails in {placeShort}. If no cell: police/fire.",
      countyShort: "911 may still fail in {inCountyShort}. If so go to police or fire.",
      hazard: "landlines may still not reach 911 in {place}, {state}, since {since}.",
      countyHazard: "landlines may still not reach 911 in {inCounty}, {state}, since {since}.",
      headline: "Landlines may still not reach 911 in {place}, {state}.",
      countyHeadline: "Landlines may still not reach 911 in {inCounty}, {state}.",
    },
    wireless: {
      short: "Cell 911 still fails in {placeShort}. If no landline, {number}.",
      shortNoNumber: "Cell 911 still fails in {placeShort}. If no landline: police/fire.",
      countyShort: "911 may still fail in {inCountyShort}. If so go to police or fire.",
      hazard: "cell phones may still not reach 911 in {place}, {state}, since {since}.",
      countyHazard: "cell phones may still not reach 911 in {inCounty}, {state}, since {since}.",
      headline: "Cell phones may still not reach 911 in {place}, {state}.",
      countyHeadline: "Cell phones may still not reach 911 in {inCounty}, {state}.",
    },
  },
  "es-US": {
    full: {
      short: "sigue sin 911 {placeShort}. Emergencia: llame al {number}.",
      shortNoNumber: "sigue sin 911 {placeShort}. Emergencia: vaya a policía o bomberos.",
      countyShort: "sigue sin 911 {inCountyShort}. Vaya a policía o bomberos.",
      hazard: "el 911 aún no funciona en {place}, {state}, desde {since}.",
      countyHazard: "el 911 aún no funciona en {inCounty}, {state}, desde {since}.",
      headline: "El 911 aún no funciona en {place}, {state}.",
      countyHeadline: "El 911 aún no funciona en {inCounty}, {state}.",
    },
    partial: {
      short: "911 aún puede fallar en {placeShort}. Si 911 falla, {number}.",
      shortNoNumber: "911 aún puede fallar en {placeShort}. Si falla: policía o bomberos.",
      countyShort: "911 aún puede fallar en {inCountyShort}. Si falla: policía.",
      hazard: "algunas llamadas al 911 aún fallan en {place}, {state}, desde {since}.",
      countyHazard: "algunas llamadas al 911 aún fallan en {inCounty}, {state}, desde {since}.",
      headline: "Algunas llamadas al 911 aún fallan en {place}, {state}.",
      countyHeadline: "Algunas llamadas al 911 aún fallan en {inCounty}, {state}.",
    },
    intermittent: {
      short: "911 aún puede fallar en {placeShort}. Si 911 falla, {number}.",
      shortNoNumber: "911 aún puede fallar en {placeShort}. Si falla: policía o bomberos.",
      countyShort: "911 aún puede fallar en {inCountyShort}. Si falla: policía.",
      hazard: "el 911 aún funciona a ratos en {place}, {state}, desde {since}.",
      countyHazard: "el 911 aún funciona a ratos en {inCounty}, {state}, desde {since}.",
      headline: "El 911 aún funciona a ratos en {place}, {state}.",
      countyHeadline: "El 911 aún funciona a ratos en {inCounty}, {state}.",
    },
    carrier: {
      short: "911 aún puede fallar en {carrier}, {placeShort}. Si falla: {number}.",
      shortNoNumber: "911 aún puede fallar en {carrier}, {placeShort}. Si falla: policía.",
      countyShort: "911 aún puede fallar en {inCountyShort}. Si falla: policía.",
      hazard: "el 911 aún puede fallar con {carrier} en {place}, {state}, desde {since}.",
      countyHazard: "el 911 aún puede fallar en la red {carrier} en {inCounty}, {state}, desde {since}.",
      headline: "El 911 aún puede fallar en la red {carrier} en {place}, {state}.",
      countyHeadline: "El 911 aún puede fallar en la red {carrier} en {inCounty}, {state}.",
    },
    landline: {
      short: "911 aún falla en fijos en {placeShort}. Si no hay celular, {number}.",
      shortNoNumber: "911 aún falla en fijos en {placeShort}. Si no hay celular: policía.",
      countyShort: "911 aún puede fallar en {inCountyShort}. Si falla: policía.",
      hazard: "el 911 aún puede fallar en líneas fijas en {place}, {state}, desde {since}.",
      countyHazard: "el 911 aún puede fallar en líneas fijas en {inCounty}, {state}, desde {since}.",
      headline: "El 911 aún puede fallar en líneas fijas en {place}, {state}.",
      countyHeadline: "El 911 aún puede fallar en líneas fijas en {inCounty}, {state}.",
    },
    wireless: {
      short: "911 aún falla en celular en {placeShort}. Si no hay fijo, {number}.",
      shortNoNumber: "911 aún falla en celular en {placeShort}. Si no hay fijo: policía.",
      countyShort: "911 aún puede fallar en {inCountyShort}. Si falla: policía.",
      hazard: "el 911 aún puede fallar en celulares en {place}, {state}, desde {since}.",
      countyHazard: "el 911 aún puede fallar en celulares en {inCounty}, {state}, desde {since}.",
      headline: "El 911 aún puede fallar en celulares en {place}, {state}.",
      countyHeadline: "El 911 aún puede fallar en celulares en {inCounty}, {state}.",
    },
  },
};

const still = reworded(STILL);

const firstName = (name: string) => `first${name.charAt(0).toUpperCase()}${name.slice(1)}`;

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

/** The frames of a first alert, with the phrases of one. */
const asFirst = (parts: Parts): Parts =>
  Object.fromEntries(
    Object.entries(parts).map(([part, frame]) => [
      part,
      frame.replace(/\[\[(\w+)\]\]/g, (whole, name: string) => (name === "texting" ? whole : `[[${firstName(name)}]]`)),
    ]),
  ) as Parts;

/** Frames for places that an update is the first alert for. */
const withJoined = (frames: Texts): Texts =>
  Object.fromEntries(
    Object.entries(frames).map(([language, texts]) => {
      const first = OUTAGE_TEMPLATE.frames[language];
      return [
        language,
        first
          ? {
              ...texts,
              joined: asFirst(first.place),
              joinedNoNumber: asFirst(first.noNumber),
              joinedCounty: asFirst(first.county),
            }
          : texts,
      ];
    }),
  );

/** The all-clear, which is the same whatever failed. */
const ALL_CLEAR: Record<"en-US" | "es-US", { restored: Parts; restoredCounty: Parts }> = {
  "en-US": {
    restored: {
      short: "{senderShort}: 911 works again in {placeShort}. Emergency? Call 911. No test calls.",
      long: "{sender}: 911 works again in {place}, {state}, since {restoredAt}. In an emergency call 911. The direct numbers we gave are no longer needed. Do not call 911 to test it.",
      headline: "{senderShort}: 911 works again in {place}, {state}. In an emergency call 911.",
      description:
        "{sender} says: 911 works again in {place}, {state}, since {restoredAt}.\n\nThe direct numbers we gave during the outage are no longer needed.",
      instruction: "In an emergency call 911. Do not call 911 to test it. This notice ends at {until}.",
    },
    restoredCounty: {
      short: "{senderShort}: 911 works again in {inCountyShort}. Emergency? Call 911.",
      long: "{sender}: 911 works again in {inCounty}, {state}, since {restoredAt}. In an emergency call 911. The direct numbers we gave are no longer needed. Do not call 911 to test it.",
      headline: "{senderShort}: 911 works again in {inCounty}, {state}.",
      description:
        "{senderShort} says: 911 works again in {inCounty}, {state}, since {restoredAt}. {list} In an emergency call 911. The direct numbers we gave are no longer needed.",
      instruction: "Do not call 911 to test it.",
    },
  },
  "es-US": {
    restored: {
      short: "{senderShort}: ya hay 911 en {placeShort}. Emergencia: llame al 911. No lo pruebe.",
      long: "{sender}: el 911 funciona otra vez en {place}, {state}, desde {restoredAt}. En una emergencia llame al 911. Ya no hacen falta los números directos que dimos. No llame al 911 para probarlo.",
      headline: "{senderShort}: el 911 funciona otra vez en {place}, {state}. Emergencia: llame al 911.",
      description:
        "{sender} informa: el 911 funciona otra vez en {place}, {state}, desde {restoredAt}.\n\nYa no hacen falta los números directos que dimos durante la falla.",
      instruction: "En una emergencia llame al 911. No llame al 911 para probarlo. Este aviso vale hasta {until}.",
    },
    restoredCounty: {
      short: "{senderShort}: ya hay 911 en {inCountyShort}. Emergencia: llame al 911.",
      long: "{sender}: el 911 funciona otra vez en {inCounty}, {state}, desde {restoredAt}. En una emergencia llame al 911. Ya no hacen falta los números directos que dimos. No llame al 911 para probarlo.",
      headline: "{senderShort}: el 911 funciona otra vez en {inCounty}, {state}.",
      description:
        "{senderShort} informa: el 911 funciona otra vez en {inCounty}, {state}, desde {restoredAt}. {list} En una emergencia llame al 911. Ya no hacen falta los números directos que dimos.",
      instruction: "No llame al 911 para probarlo.",
    },
  },
};

const withAllClear = (frames: Texts): Texts =>
  Object.fromEntries(
    Object.entries(frames).map(([language, texts]) => [
      language,
      { ...texts, ...ALL_CLEAR[language as "en-US" | "es-US"] },
    ]),
  );

/** 911 is still down: the frames of the first alert, in words that say so. */
export const UPDATE_TEMPLATE: TemplateBody = {
  ...OUTAGE_TEMPLATE,
  phrases: withFirst(still),
  frames: withJoined(withAllClear(OUTAGE_TEMPLATE.frames)),
};

/** 911 works again in some places or all. Where a county has both, its stations are told so. */
export const RESTORATION_TEMPLATE: TemplateBody = {
  ...UPDATE_TEMPLATE,
  frames: Object.fromEntries(
    Object.entries(UPDATE_TEMPLATE.frames).map(([language, texts]) => [
      language,
      {
        ...texts,
        county: {
          ...texts.county,
          description:
            language === "en-US"
              ? "{senderShort} says: in {county}, {state}, 911 works again in some towns and still fails in others. [[countyAction]] {list}"
              : "{senderShort} informa: en {county}, {state}, el 911 funciona otra vez en algunos pueblos y aún falla en otros. [[countyAction]] {list}",
        },
      },
    ]),
  ),
};

const WRONG: Phrases = {
  "en-US": {
    full: {
      short: "{wrongNumber} is wrong. 911 is down in {placeShort}: call {number}.",
      shortNoNumber: "{wrongNumber} is wrong. 911 is down in {placeShort}: go to police.",
      countyShort: "{wrongNumber} is wrong. 911 down in {inCountyShort}: go to police.",
    },
    other: {
      short: "{wrongNumber} is wrong. If 911 fails in {placeShort} call {number}.",
      shortNoNumber: "{wrongNumber} is wrong. If 911 fails in {placeShort} go to police.",
      countyShort: "{wrongNumber} is wrong. If 911 fails in {inCountyShort} go to police.",
    },
  },
  "es-US": {
    full: {
      short: "{wrongNumber} está equivocado. Sin 911 {placeShort}: {number}.",
      shortNoNumber: "{wrongNumber} está equivocado. Sin 911 {placeShort}: vaya a la policía.",
      countyShort: "{wrongNumber} está equivocado. Sin 911 {inCountyShort}: policía.",
    },
    other: {
      short: "{wrongNumber} equivocado. Si falla 911 en {placeShort}: {number}.",
      shortNoNumber: "{wrongNumber} equivocado. Si falla 911 en {placeShort}: policía.",
      countyShort: "{wrongNumber} equivocado. Si falla 911 en {inCountyShort}: policía.",
    },
  },
};

const byFailure = (language: string): Phrases[string] =>
  Object.fromEntries(
    Object.entries(still[language] ?? {}).map(([failure, phrases]) => [
      failure,
      { ...phrases, ...WRONG[language]?.[failure === "full" ? "full" : "other"] },
    ]),
  );

/** A number that was given out was wrong. It is named first, then the right one. */
export const CORRECTION_TEMPLATE: TemplateBody = {
  ...UPDATE_TEMPLATE,
  phrases: { "en-US": byFailure("en-US"), "es-US": byFailure("es-US") },
  frames: withAllClear({
    ...OUTAGE_TEMPLATE.frames,
    "en-US": {
      ...OUTAGE_TEMPLATE.frames["en-US"]!,
      place: {
        short: "{senderShort}: [[short]]",
        long: "{wrongNumber} is wrong. {sender} gave it at {originalSent} for {place}, {state}. 911 still fails there. [[action]] Do not call 911 to test it. Next update by {nextUpdate}.",
        headline:
          "{senderShort}: {wrongNumber} is the wrong number for 911 calls from {place}, {state}. [[headlineAction]]",
        description:
          "{wrongNumber} is wrong. {sender} gave it at {originalSent} for {place}, {state}. Do not call it.\n\n[[headline]] [[action]] That is the {desk}, answered {hours}.\n\nIf nobody answers, {otherHelp}.",
        instruction: OUTAGE_TEMPLATE.frames["en-US"]!.place.instruction,
      },
      noNumber: {
        short: "{senderShort}: [[shortNoNumber]]",
        long: "{wrongNumber} is wrong. {sender} gave it at {originalSent} for {place}, {state}. 911 still fails there. [[noNumberAction]] Do not call 911 to test it. Next update by {nextUpdate}.",
        headline:
          "{senderShort}: {wrongNumber} is the wrong number for 911 calls from {place}, {state}. [[headlineNoNumber]]",
        description:
          "{wrongNumber} is wrong. {sender} gave it at {originalSent} for {place}, {state}. Do not call it.\n\n[[headline]] There is no other direct number. [[noNumberAction]]",
        instruction: OUTAGE_TEMPLATE.frames["en-US"]!.noNumber.instruction,
      },
      county: {
        short: "{senderShort}: [[countyShort]]",
        long: "{wrongNumber} is wrong. {sender} gave it at {originalSent}. Do not call it. [[countyHeadline]] Radio and television read out the numbers of towns. Go to a police or fire station if you have none. Do not call 911 to test it. Next update by {nextUpdate}.",
        headline: "{senderShort}: {wrongNumber} is wrong. [[countyHeadline]]",
        description:
          "{wrongNumber} is wrong. {senderShort} gave it at {originalSent}. [[countyHeadline]] [[countyAction]] {list}",
        instruction: OUTAGE_TEMPLATE.frames["en-US"]!.county.instruction,
      },
    },
    "es-US": {
      ...OUTAGE_TEMPLATE.frames["es-US"]!,
      place: {
        short: "{senderShort}: [[short]]",
        long: "El {wrongNumber} está equivocado. {sender} lo dio a las {originalSent} para {place}, {state}. El 911 aún falla allí. [[action]] No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
        headline: "{senderShort}: el {wrongNumber} está equivocado para el 911 en {place}, {state}. [[headlineAction]]",
        description:
          "El {wrongNumber} está equivocado. {sender} lo dio a las {originalSent} para {place}, {state}. No lo marque.\n\n[[headline]] [[action]] Contesta {desk}, {hours}.\n\nSi nadie contesta, {otherHelp}.",
        instruction: OUTAGE_TEMPLATE.frames["es-US"]!.place.instruction,
      },
      noNumber: {
        short: "{senderShort}: [[shortNoNumber]]",
        long: "El {wrongNumber} está equivocado. {sender} lo dio a las {originalSent} para {place}, {state}. El 911 aún falla allí. [[noNumberAction]] No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
        headline:
          "{senderShort}: el {wrongNumber} está equivocado para el 911 en {place}, {state}. [[headlineNoNumber]]",
        description:
          "El {wrongNumber} está equivocado. {sender} lo dio a las {originalSent} para {place}, {state}. No lo marque.\n\n[[headline]] No hay otro número directo. [[noNumberAction]]",
        instruction: OUTAGE_TEMPLATE.frames["es-US"]!.noNumber.instruction,
      },
      county: {
        short: "{senderShort}: [[countyShort]]",
        long: "El {wrongNumber} está equivocado. {sender} lo dio a las {originalSent}. No lo marque. [[countyHeadline]] La radio y la televisión leen los números. Si no tiene uno, vaya a la policía o a los bomberos. No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
        headline: "{senderShort}: el {wrongNumber} está equivocado. [[countyHeadline]]",
        description:
          "El {wrongNumber} está equivocado. {senderShort} lo dio a las {originalSent}. [[countyHeadline]] [[countyAction]] {list}",
        instruction: OUTAGE_TEMPLATE.frames["es-US"]!.county.instruction,
      },
    },
  }),
};

/** The rows they become, beside those of a first alert and a cancellation. */
export const FOLLOW_UP_TEMPLATES = [
  { id: "update-1", key: "update", name: "Update: 911 is still down", body: UPDATE_TEMPLATE },
  { id: "correction-1", key: "correction", name: "Correction of a wrong number", body: CORRECTION_TEMPLATE },
  { id: "restoration-1", key: "restoration", name: "All-clear: 911 works again", body: RESTORATION_TEMPLATE },
  { id: "border-1", key: "border", name: "Border notice: 911 works here", body: BORDER_TEMPLATE },
];
