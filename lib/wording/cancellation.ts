import type { AudienceFrames, Frames } from "./shipped/compose";
import { makeTemplate } from "./outage";

/** Takes a published alert back. It says nothing about whether 911 works. */

const english = (where: string, short: string): Frames => {
  const gone = `our notice of {originalSentTime} about 911 in ${where}, {state}, is withdrawn.`;
  const act = "It was sent in error. In an emergency call 911. Do not call 911 to test it.";
  return {
    short: [
      `{senderShort}: our 911 notice for ${short} is withdrawn. Emergency? Call 911. No test calls.`,
      `{senderShort}: our 911 notice for ${short} is withdrawn. Emergency? Call 911.`,
      `{senderShort}: 911 notice for ${short} withdrawn. Call 911.`,
    ],
    long: [
      `{sender}: ${gone} ${act} This message ends at {untilTime}.`,
      `{sender}: ${gone} ${act}`,
      `{senderShort}: ${gone} ${act}`,
    ],
    headline: [
      `{senderShort}: the notice about 911 in ${where}, {state}, is withdrawn. In an emergency call 911.`,
      `{senderShort}: 911 notice for ${short} withdrawn. Call 911.`,
    ],
    description: `{sender} says: ${gone} It was sent in error.`,
    instruction: "In an emergency call 911. Do not call 911 to test it. This message ends at {untilTime}.",
    social: [
      `{sender}: ${gone} ${act}`,
      `{senderShort}: ${gone} ${act}`,
      `{senderShort}: 911 notice for ${short} withdrawn. ${act}`,
    ],
    script: `Official notice. {sender} says: ${gone} ${act}\n\nCall-takers: first ask "Is this an emergency?" If it is, take the call. If not, read out the text above and end the call.`,
  };
};

const spanish = (where: string, short: string): Frames => {
  const gone = `se anula nuestro aviso de {originalSentTime} sobre el 911 en ${where}, {state}.`;
  const act = "Se envió por error. En una emergencia, llame al 911. No llame al 911 para probarlo.";
  return {
    short: [
      `{senderShort}: se anula el aviso del 911 para ${short}. Emergencia: llame al 911. No haga pruebas.`,
      `{senderShort}: se anula el aviso del 911 para ${short}. Emergencia: llame al 911.`,
      `{senderShort}: anulado el aviso 911 para ${short}. Llame al 911.`,
    ],
    long: [
      `{sender}: ${gone} ${act} Este mensaje es válido hasta {untilTime}.`,
      `{sender}: ${gone} ${act}`,
      `{senderShort}: ${gone} ${act}`,
    ],
    headline: [
      `{senderShort}: se anula el aviso sobre el 911 en ${where}, {state}. En una emergencia, llame al 911.`,
      `{senderShort}: anulado el aviso 911 para ${short}. Llame al 911.`,
    ],
    description: `{sender} informa: ${gone} Se envió por error.`,
    instruction:
      "En una emergencia, llame al 911. No llame al 911 para probarlo. Este mensaje es válido hasta {untilTime}.",
    social: [
      `{sender}: ${gone} ${act}`,
      `{senderShort}: ${gone} ${act}`,
      `{senderShort}: anulado el aviso 911 para ${short}. ${act}`,
    ],
    script: `Aviso oficial. {sender} informa: ${gone} ${act}\n\nOperadores: primero pregunten: "¿Es una emergencia?". Si lo es, atiendan la llamada. Si no, lean el texto de arriba y terminen la llamada.`,
  };
};

const audiences = (frames: (where: string, short: string) => Frames): AudienceFrames => {
  const [place, county] = [frames("{place}", "{placeShort}"), frames("{wholeCounty}", "{wholeCounty}")];
  return { place, noNumber: place, county: { ...county, instruction: withoutEnd(county.instruction as string) } };
};

/** Stations crawl a text for a while; when it ends is not read out. */
const withoutEnd = (instruction: string) => instruction.replace(/ [^.]*\{untilTime\}\.$/, "");

export const CANCELLATION_TEMPLATE = makeTemplate({}, {}, { "en-US": audiences(english), "es-US": audiences(spanish) });
