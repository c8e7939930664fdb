import { LANGUAGES, makeTemplate } from "./outage";
import { type AudienceFrames, composePhrases, type Frames } from "./shipped/compose";

/**
 * The border notice Callbox ships with: for neighbors of an outage, whose 911
 * works. It names where 911 fails, so that people who work or drive there know,
 * and says to call 911 as usual. It becomes a Template row.
 */

/** A border notice is for neighbors only: nobody gets its other texts. */
const NOTHING: Frames = { short: "", long: "", headline: "", description: "", instruction: "", social: "", script: "" };
const OTHERS = { place: NOTHING, noNumber: NOTHING, county: NOTHING };

const NO_TEST = "Do not call 911 to test it.";
const NO_PROBAR = "No llame al 911 para probarlo.";

const english = (where: string, short: string, isCounty = false): Frames => {
  const works = `911 works in ${where}, {state}. [[nearHazard]] In an emergency in ${where} call 911 as usual.`;
  // "Not in parts of a county" could be read as failing in the rest of it.
  const here = isCounty ? `works in ${short}` : `not in ${short}`;
  return {
    short: [
      `{senderShort}: [[near]], but ${here}. Call 911 as usual. No test calls.`,
      `{senderShort}: [[near]], but ${here}. Call 911 as usual.`,
      `{senderShort}: 911 works in ${short}. Call 911 as usual.`,
    ],
    long: [
      `{sender}: ${works} ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: ${works} ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: 911 works in ${where}, {state}. [[nearHazard]] Call 911 as usual. ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: 911 works in ${where}, {state}. [[nearHazard]] Call 911 as usual. ${NO_TEST}`,
    ],
    headline: [
      `{senderShort}: 911 works in ${where}, {state}. In an emergency call 911 as usual.`,
      `{senderShort}: 911 works in ${short}. Call 911 as usual.`,
    ],
    description: isCounty
      ? `{senderShort} says: ${works}`
      : `{sender} says: 911 works in ${where}, {state}. [[nearHazard]]\n\nIn an emergency in ${where} call 911 as usual.`,
    instruction: isCounty
      ? `${NO_TEST} The next update comes by {nextUpdateTime}.`
      : `${NO_TEST} The next update comes by {nextUpdateTime}. This notice ends at {untilTime}.`,
    social: [
      `{sender}: ${works} ${NO_TEST}`,
      `{senderShort}: ${works} ${NO_TEST}`,
      `{senderShort}: 911 works in ${where}, {state}. Call 911 as usual. ${NO_TEST}`,
      `{senderShort}: 911 works in ${short}. Call 911 as usual. ${NO_TEST}`,
    ],
    script: `Official notice. {sender} says: ${works} ${NO_TEST}\n\nCall-takers: first ask "Is this an emergency?" If it is, take the call. If not, [[notUrgent]].`,
  };
};

const spanish = (where: string, short: string, isCounty = false): Frames => {
  const works = `el 911 funciona en ${where}, {state}. [[nearHazard]] En una emergencia en ${where}, llame al 911 como siempre.`;
  const here = isCounty ? `funciona en ${short}` : `no en ${short}`;
  return {
    short: [
      `{senderShort}: [[near]], pero ${here}. Llame al 911 como siempre. No haga pruebas.`,
      `{senderShort}: [[near]], pero ${here}. Llame al 911 como siempre.`,
      `{senderShort}: el 911 funciona en ${short}. Llame al 911 como siempre.`,
      `{senderShort}: el 911 sirve en ${short}. Llame al 911 como siempre.`,
      `{senderShort}: el 911 funciona en ${short}. Llame al 911.`,
    ],
    long: [
      `{sender}: ${works} ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: ${works} ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: el 911 funciona en ${where}, {state}. [[nearHazard]] Llame al 911 como siempre. ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: el 911 funciona en ${where}, {state}. [[nearHazard]] Llame al 911 como siempre. ${NO_PROBAR}`,
    ],
    headline: [
      `{senderShort}: el 911 funciona en ${where}, {state}. En una emergencia, llame al 911 como siempre.`,
      `{senderShort}: el 911 funciona en ${short}. Llame al 911 como siempre.`,
    ],
    description: isCounty
      ? `{senderShort} informa: ${works}`
      : `{sender} informa: el 911 funciona en ${where}, {state}. [[nearHazard]]\n\nEn una emergencia en ${where}, llame al 911 como siempre.`,
    instruction: isCounty
      ? `${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}.`
      : `${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}. Este aviso es válido hasta {untilTime}.`,
    social: [
      `{sender}: ${works} ${NO_PROBAR}`,
      `{senderShort}: ${works} ${NO_PROBAR}`,
      `{senderShort}: el 911 funciona en ${where}, {state}. Llame al 911 como siempre. ${NO_PROBAR}`,
      `{senderShort}: el 911 funciona en ${short}. Llame al 911 como siempre. ${NO_PROBAR}`,
    ],
    script: `Aviso oficial. {sender} informa: ${works} ${NO_PROBAR}\n\nOperadores: primero pregunten: "¿Es una emergencia?". Si lo es, atiendan la llamada. Si no, [[notUrgent]].`,
  };
};

const audiences = (frames: typeof english): AudienceFrames => ({
  ...OTHERS,
  neighbor: frames("{place}", "{placeShort}"),
  neighborCounty: frames("{inCounty}", "{inCountyShort}", true),
});

export const BORDER_TEMPLATE = makeTemplate(
  composePhrases(LANGUAGES),
  {},
  { "en-US": audiences(english), "es-US": audiences(spanish) },
);
