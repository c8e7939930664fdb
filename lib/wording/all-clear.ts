import type { AudienceFrames, Frames } from "./shipped/compose";

/** The frames of an all-clear: that 911 works, since when, that the other numbers are not needed, and not to test it. */

const english = (where: string, short: string, list = ""): Frames => {
  const works = `[[works]] in ${where}, {state}, and has since {restoredTime}.`;
  const act = "In an emergency call 911.[[noLongerNeeded]] Do not call 911 to test it.";
  return {
    short: [
      `{senderShort}: [[works]] in ${short}. Emergency? Call 911. Do not call 911 to test it.`,
      `{senderShort}: [[works]] in ${short}. Emergency? Call 911. No test calls.`,
      `{senderShort}: [[works]] in ${short}. Emergency? Call 911.`,
      `{senderShort}: [[works]] in ${short}. Call 911.`,
    ],
    long: [`{sender}: ${works} ${act}`, `{senderShort}: ${works} ${act}`],
    headline: [
      `{senderShort}: [[works]] in ${where}, {state}. In an emergency call 911.`,
      `{senderShort}: [[works]] in ${short}. Emergency? Call 911.`,
    ],
    description: list
      ? `{senderShort} says: ${works} ${list} In an emergency call 911.[[noLongerNeeded]]`
      : `{sender} says: ${works}[[noLongerNeeded]]`,
    instruction: list
      ? "Do not call 911 to test it."
      : "In an emergency call 911. Do not call 911 to test it. This notice ends at {untilTime}.",
    social: [
      `{sender}: ${works} ${act}`,
      `{senderShort}: ${works} ${act}`,
      `{senderShort}: [[works]] in ${short}. In an emergency call 911. Do not call 911 to test it.`,
    ],
    script: `Official notice. {sender} says: ${works} ${act}\n\nCall-takers: first ask "Is this an emergency?" If it is, take the call. If not, [[notUrgent]].`,
  };
};

const spanish = (where: string, short: string, list = ""): Frames => {
  const works = `[[works]] en ${where}, {state}, desde {restoredTime}.`;
  const act = "En una emergencia, llame al 911.[[noLongerNeeded]] No llame al 911 para probarlo.";
  return {
    short: [
      `{senderShort}: [[worksShort]] en ${short}. Emergencia: llame al 911. No haga pruebas.`,
      `{senderShort}: [[worksShort]] en ${short}. Emergencia: llame al 911.`,
      `{senderShort}: ya hay 911 en ${short}. Llame al 911.`,
    ],
    long: [`{sender}: ${works} ${act}`, `{senderShort}: ${works} ${act}`],
    headline: [
      `{senderShort}: [[works]] en ${where}, {state}. En una emergencia, llame al 911.`,
      `{senderShort}: [[worksShort]] en ${short}. ¿Emergencia? Llame al 911.`,
    ],
    description: list
      ? `{senderShort} informa: ${works} ${list} En una emergencia, llame al 911.[[noLongerNeeded]]`
      : `{sender} informa: ${works}[[noLongerNeeded]]`,
    instruction: list
      ? "No llame al 911 para probarlo."
      : "En una emergencia, llame al 911. No llame al 911 para probarlo. Este aviso es válido hasta {untilTime}.",
    social: [
      `{sender}: ${works} ${act}`,
      `{senderShort}: ${works} ${act}`,
      `{senderShort}: [[worksShort]] en ${short}. En una emergencia, llame al 911. No llame al 911 para probarlo.`,
    ],
    script: `Aviso oficial. {sender} informa: ${works} ${act}\n\nOperadores: primero pregunten: "¿Es una emergencia?". Si lo es, atiendan la llamada. Si no, [[notUrgent]].`,
  };
};

const audiences = (frames: typeof english): AudienceFrames => ({
  restored: frames("{place}", "{placeShort}"),
  restoredCounty: frames("{inCounty}", "{inCountyShort}", "{list}"),
});

export const ALL_CLEAR: Readonly<Record<"en-US" | "es-US", AudienceFrames>> = {
  "en-US": audiences(english),
  "es-US": audiences(spanish),
};
