import type { TemplateBody } from "./schema";
import { type Parts, textsSchema } from "./texts";

/**
 * The border notice Callbox ships with: for neighbors of an outage, whose 911
 * works. It names where 911 fails, so that people who work or drive there know,
 * and says to dial 911 as usual. It becomes a Template row.
 */

const NOTHING: Parts = { short: "", long: "", headline: "", description: "", instruction: "" };

const OTHERS = { place: NOTHING, noNumber: NOTHING, county: NOTHING };

export const BORDER_TEMPLATE: TemplateBody = {
  format: "callbox-template-2",
  phrases: {
    "en-US": {
      full: { near: "911 is down nearby", hazard: "It is not working in {downIn}." },
      partial: { near: "911 may fail nearby", hazard: "Some calls to 911 fail in {downIn}." },
      intermittent: { near: "911 may fail nearby", hazard: "It works on and off in {downIn}." },
      carrier: { near: "911 may fail nearby", hazard: "It may fail on {carrier} phones in {downIn}." },
      landline: { near: "911 may fail nearby", hazard: "It may fail on landlines in {downIn}." },
      wireless: { near: "911 may fail nearby", hazard: "It may fail on cell phones in {downIn}." },
    },
    "es-US": {
      full: { near: "no hay 911 cerca", hazard: "No funciona en {downIn}." },
      partial: { near: "911 puede fallar cerca", hazard: "Algunas llamadas al 911 fallan en {downIn}." },
      intermittent: { near: "911 puede fallar cerca", hazard: "Funciona a ratos en {downIn}." },
      carrier: { near: "911 puede fallar cerca", hazard: "Puede fallar en la red {carrier} en {downIn}." },
      landline: { near: "911 puede fallar cerca", hazard: "Puede fallar en líneas fijas en {downIn}." },
      wireless: { near: "911 puede fallar cerca", hazard: "Puede fallar en celulares en {downIn}." },
    },
  },
  texting: {},
  frames: textsSchema.parse({
    "en-US": {
      ...OTHERS,
      neighbor: {
        short: "{senderShort}: [[near]], not in {placeShort}. Dial 911 as usual.",
        long: "{sender}: 911 works in {place}, {state}. [[hazard]] In an emergency in {place} dial 911 as usual. Do not call 911 to test it. Next update by {nextUpdate}.",
        headline: "{senderShort}: 911 works in {place}, {state}. In an emergency dial 911 as usual.",
        description:
          "{sender} says: 911 works in {place}, {state}. [[hazard]]\n\nIn an emergency in {place} dial 911 as usual.",
        instruction: "Do not call 911 to test it. The next update comes by {nextUpdate}. This notice ends at {until}.",
      },
      neighborCounty: {
        short: "{senderShort}: 911 works in {inCountyShort}. Dial 911 as usual.",
        long: "{sender}: 911 works in {inCounty}, {state}. [[hazard]] In an emergency dial 911 as usual. Do not call 911 to test it. Next update by {nextUpdate}.",
        headline: "{senderShort}: 911 works in {inCounty}, {state}. In an emergency dial 911 as usual.",
        description:
          "{senderShort} says: 911 works in {inCounty}, {state}. [[hazard]] In an emergency dial 911 as usual.",
        instruction: "Do not call 911 to test it. The next update comes by {nextUpdate}.",
      },
    },
    "es-US": {
      ...OTHERS,
      neighbor: {
        short: "{senderShort}: [[near]], no en {placeShort}. Marque el 911 como siempre.",
        long: "{sender}: el 911 funciona en {place}, {state}. [[hazard]] En una emergencia en {place} marque el 911 como siempre. No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
        headline: "{senderShort}: el 911 funciona en {place}, {state}. En una emergencia marque el 911 como siempre.",
        description:
          "{sender} informa: el 911 funciona en {place}, {state}. [[hazard]]\n\nEn una emergencia en {place} marque el 911 como siempre.",
        instruction:
          "No llame al 911 para probarlo. El próximo aviso llega antes de {nextUpdate}. Este aviso vale hasta {until}.",
      },
      neighborCounty: {
        short: "{senderShort}: el 911 funciona en {inCountyShort}. Marque el 911 como siempre.",
        long: "{sender}: el 911 funciona en {inCounty}, {state}. [[hazard]] En una emergencia marque el 911 como siempre. No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
        headline: "{senderShort}: el 911 funciona en {inCounty}, {state}. Marque el 911 como siempre.",
        description:
          "{senderShort} informa: el 911 funciona en {inCounty}, {state}. [[hazard]] En una emergencia marque el 911 como siempre.",
        instruction: "No llame al 911 para probarlo. El próximo aviso llega antes de {nextUpdate}.",
      },
    },
  }),
};
