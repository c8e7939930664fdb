import { type AudienceFrames, composeFrames, composePhrases, type Frames, shortFrames } from "./shipped/compose";
import { ENGLISH } from "./shipped/english";
import { SPANISH } from "./shipped/spanish";
import { type TemplateBody, templateBodySchema } from "./schema";

/**
 * The wording Callbox ships with: an outage and its cancellation, in English
 * and Spanish. It becomes a Template row at installation; a later version is a
 * new row. Every length is written, from the longest to the shortest, and the
 * first that fits a place is used for it.
 */

export const LANGUAGES = { "en-US": ENGLISH, "es-US": SPANISH };

const texts = { works: " Texts to 911 work.", fails: " Texts to 911 fail too.", unknown: "" };
const textos = {
  works: " Los textos al 911 sí llegan.",
  fails: " Los textos al 911 también fallan.",
  unknown: "",
};

/** Short, so that it stays where there is little room: who cannot call has nothing else. */
export const TEXTING: TemplateBody["texting"] = {
  "en-US": { full: texts, other: texts },
  "es-US": { full: textos, other: textos },
};

const CALL_TAKERS = 'Call-takers: first ask "Is this an emergency?" If it is, take the call. If not,';
const OPERATORS = 'Operadores: primero pregunten: "¿Es una emergencia?". Si lo es, atiendan la llamada. Si no,';

const NO_TEST = "Do not call 911 to test it.";
const NO_PROBAR = "No llame al 911 para probarlo.";

export const ENGLISH_FRAMES: Record<"place" | "noNumber" | "county", Frames> = {
  place: {
    short: shortFrames("short", 6),
    long: [
      `{sender}: [[hazard]][[texting]] [[action]] [[unanswered]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[action]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[hazard]][[texting]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[headlineAction]] ${NO_TEST}`,
      `{senderShort}: [[hazard]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]] [[action]] ${NO_TEST}`,
    ],
    headline: [
      "{senderShort}: [[headlineBehind]] [[headlineAction]]",
      "{senderShort}: [[short2]]",
      "{senderShort}: [[short3]]",
    ],
    description: "{sender} says: [[hazard]][[callsFail]][[texting]]\n\n[[action]][[answering]]\n\n[[unanswered]]",
    instruction:
      "Do not call 911 to test it[[keepFree]]. The next update comes by {nextUpdateTime}. This notice ends at {untilTime}.",
    social: [
      `{sender}: [[hazard]][[texting]] [[action]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[action]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[hazard]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]] [[action]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]] [[headlineAction]] ${NO_TEST}`,
      `{senderShort}: [[post]] ${NO_TEST}`,
    ],
    script: `Official notice. {sender} says: [[hazard]][[callsFail]][[texting]] [[action]][[again]] ${NO_TEST} The next update comes by {nextUpdateTime}.\n\n${CALL_TAKERS} [[notUrgent]].`,
  },
  noNumber: {
    short: shortFrames("shortNoNumber", 6),
    long: [
      `{sender}: [[hazard]][[texting]][[noDirectNumber]] [[noNumberAction]][[unansweredNoNumber]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[noNumberAction]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[hazard]][[texting]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[headlineNoNumber]] ${NO_TEST}`,
      `{senderShort}: [[hazard]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]] [[noNumberAction]] ${NO_TEST}`,
    ],
    headline: [
      "{senderShort}: [[headlineBehind]] [[headlineNoNumber]]",
      "{senderShort}: [[shortNoNumber2]]",
      "{senderShort}: [[shortNoNumber3]]",
    ],
    description:
      "{sender} says: [[hazard]][[callsFail]][[texting]]\n\n[[noNumberAction]][[unansweredNoNumber]][[noDirectNumber]]",
    instruction: `${NO_TEST} The next update comes by {nextUpdateTime}. This notice ends at {untilTime}.`,
    social: [
      `{sender}: [[hazard]][[texting]] [[noNumberAction]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[noNumberAction]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[hazard]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]] [[noNumberAction]] ${NO_TEST}`,
      `{senderShort}: [[headlineBehind]] [[headlineNoNumber]] ${NO_TEST}`,
      `{senderShort}: [[postNoNumber]] ${NO_TEST}`,
    ],
    script: `Official notice. {sender} says: [[hazard]][[callsFail]][[texting]][[noDirectNumber]] [[noNumberAction]] ${NO_TEST} The next update comes by {nextUpdateTime}.\n\n${CALL_TAKERS} [[notUrgent]].`,
  },
  county: {
    short: shortFrames("countyShort", 6),
    long: [
      `{sender}: [[countyHazard]][[texting]] [[countyAction]][[onAir]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{sender}: [[countyHazard]][[texting]] [[countyAction]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{sender}: [[countyHazard]][[texting]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHazard]][[texting]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHazard]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHeadlineBehind]][[texting]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHeadlineBehind]][[texting]] [[headlineCounty]] ${NO_TEST}`,
      `{senderShort}: [[countyHeadlineBehind]] [[countyAction]] ${NO_TEST}`,
    ],
    headline: ["{senderShort}: [[countyHeadlineBehind]]", "{senderShort}: [[countyShort2]]"],
    description: [
      "{senderShort} says: [[countyHazard]][[callsFail]][[texting]] [[countyAction]][[countyList]]",
      "{senderShort} says: [[countyHazard]] [[countyAction]][[countyList]]",
      "{senderShort} says: [[countyHazard]] [[countyAction]] The numbers are at {web}.",
      "{senderShort} says: [[countyHazard]] [[countyAction]] The numbers are on the websites of towns.",
    ],
    instruction: `${NO_TEST} The next update comes by {nextUpdateTime}.`,
    social: [
      `{sender}: [[countyHazard]][[texting]] [[countyAction]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: [[countyHazard]][[texting]] [[countyAction]] ${NO_TEST} Next update by {nextUpdateTime}.`,
      `{senderShort}: [[countyHazard]][[texting]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHazard]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHeadlineBehind]][[texting]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHeadlineBehind]] [[countyAction]] ${NO_TEST}`,
      `{senderShort}: [[countyHeadlineBehind]] [[headlineCounty]] ${NO_TEST}`,
      `{senderShort}: [[countyShort]] ${NO_TEST}`,
    ],
    script: `Official notice. {sender} says: [[countyHazard]][[callsFail]][[texting]] [[countyAction]] ${NO_TEST} The next update comes by {nextUpdateTime}.\n\n${CALL_TAKERS} [[notUrgentCounty]].[[countyList]]`,
  },
};

export const SPANISH_FRAMES: Record<"place" | "noNumber" | "county", Frames> = {
  place: {
    short: shortFrames("short", 6),
    long: [
      `{sender}: [[hazard]][[texting]] [[action]] [[unanswered]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[action]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[hazard]][[texting]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[headlineAction]] ${NO_PROBAR}`,
      `{senderShort}: [[hazard]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]] [[action]] ${NO_PROBAR}`,
    ],
    headline: [
      "{senderShort}: [[headlineBehind]] [[headlineAction]]",
      "{senderShort}: [[short2]]",
      "{senderShort}: [[short3]]",
    ],
    description: "{sender} informa: [[hazard]][[callsFail]][[texting]]\n\n[[action]][[answering]]\n\n[[unanswered]]",
    instruction:
      "No llame al 911 para probarlo[[keepFree]]. El próximo aviso será antes de {nextUpdateTime}. Este aviso es válido hasta {untilTime}.",
    social: [
      `{sender}: [[hazard]][[texting]] [[action]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[action]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[hazard]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]] [[action]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]] [[headlineAction]] ${NO_PROBAR}`,
      `{senderShort}: [[post]] ${NO_PROBAR}`,
    ],
    script: `Aviso oficial. {sender} informa: [[hazard]][[callsFail]][[texting]] [[action]][[again]] ${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}.\n\n${OPERATORS} [[notUrgent]].`,
  },
  noNumber: {
    short: shortFrames("shortNoNumber", 6),
    long: [
      `{sender}: [[hazard]][[texting]][[noDirectNumber]] [[noNumberAction]][[unansweredNoNumber]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[noNumberAction]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{sender}: [[hazard]][[texting]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[hazard]][[texting]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[headlineNoNumber]] ${NO_PROBAR}`,
      `{senderShort}: [[hazard]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]] [[noNumberAction]] ${NO_PROBAR}`,
    ],
    headline: [
      "{senderShort}: [[headlineBehind]] [[headlineNoNumber]]",
      "{senderShort}: [[shortNoNumber2]]",
      "{senderShort}: [[shortNoNumber3]]",
    ],
    description:
      "{sender} informa: [[hazard]][[callsFail]][[texting]]\n\n[[noNumberAction]][[unansweredNoNumber]][[noDirectNumber]]",
    instruction: `${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}. Este aviso es válido hasta {untilTime}.`,
    social: [
      `{sender}: [[hazard]][[texting]] [[noNumberAction]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[noNumberAction]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: [[hazard]][[texting]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]][[texting]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[hazard]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]] [[noNumberAction]] ${NO_PROBAR}`,
      `{senderShort}: [[headlineBehind]] [[headlineNoNumber]] ${NO_PROBAR}`,
      `{senderShort}: [[postNoNumber]] ${NO_PROBAR}`,
    ],
    script: `Aviso oficial. {sender} informa: [[hazard]][[callsFail]][[texting]][[noDirectNumber]] [[noNumberAction]] ${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}.\n\n${OPERATORS} [[notUrgent]].`,
  },
  county: {
    short: shortFrames("countyShort", 6),
    long: [
      `{sender}: [[countyHazard]][[texting]] [[countyAction]][[onAir]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{sender}: [[countyHazard]][[texting]] [[countyAction]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{sender}: [[countyHazard]][[texting]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHazard]][[texting]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHazard]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHeadlineBehind]][[texting]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHeadlineBehind]][[texting]] [[headlineCounty]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHeadlineBehind]] [[countyAction]] ${NO_PROBAR}`,
    ],
    headline: ["{senderShort}: [[countyHeadlineBehind]]", "{senderShort}: [[countyShort2]]"],
    description: [
      "{senderShort} informa: [[countyHazard]][[callsFail]][[texting]] [[countyAction]][[countyList]]",
      "{senderShort} informa: [[countyHazard]] [[countyAction]][[countyList]]",
      "{senderShort} informa: [[countyHazard]] [[countyAction]] Los números están en {web}.",
      "{senderShort} informa: [[countyHazard]] [[countyAction]] Los números están en el sitio web de cada localidad.",
    ],
    instruction: `${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}.`,
    social: [
      `{sender}: [[countyHazard]][[texting]] [[countyAction]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: [[countyHazard]][[texting]] [[countyAction]] ${NO_PROBAR} Próximo aviso antes de {nextUpdateTime}.`,
      `{senderShort}: [[countyHazard]][[texting]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHazard]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHeadlineBehind]][[texting]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHeadlineBehind]] [[countyAction]] ${NO_PROBAR}`,
      `{senderShort}: [[countyHeadlineBehind]] [[headlineCounty]] ${NO_PROBAR}`,
      `{senderShort}: [[countyShort]] ${NO_PROBAR}`,
    ],
    script: `Aviso oficial. {sender} informa: [[countyHazard]][[callsFail]][[texting]] [[countyAction]] ${NO_PROBAR} El próximo aviso será antes de {nextUpdateTime}.\n\n${OPERATORS} [[notUrgentCounty]].[[countyList]]`,
  },
};

/** A whole template from the frames of each language. @throws when a frame is missing */
export function makeTemplate(
  phrases: TemplateBody["phrases"],
  texting: TemplateBody["texting"],
  frames: Readonly<Record<string, AudienceFrames>>,
): TemplateBody {
  return templateBodySchema.parse({ format: "callbox-template-2", phrases, texting, ...composeFrames(frames) });
}

export const OUTAGE_TEMPLATE: TemplateBody = makeTemplate(composePhrases(LANGUAGES), TEXTING, {
  "en-US": ENGLISH_FRAMES,
  "es-US": SPANISH_FRAMES,
});
