import type { TemplateBody } from "./schema";
import { textsSchema } from "./texts";

/**
 * The wording Callbox ships with, version 1: an outage and its cancellation, in
 * English and Spanish. It becomes a Template row at installation; a later
 * version is a new row. Order of every text: who says it, what fails, where,
 * what to do, until when.
 */

const phrases: TemplateBody["phrases"] = {
  "en-US": {
    full: {
      short: "911 is down in {placeShort}. Emergency? Call {number}. No test calls.",
      shortNoNumber: "911 is down in {placeShort}. Emergency? Go to a police or fire station.",
      countyShort: "911 is down in {inCountyShort}. Emergency? Go to police or fire.",
      hazard: "911 is not working in {place}, {state}, since {since}.",
      countyHazard: "911 is not working in {inCounty}, {state}, since {since}.",
      headline: "911 is not working in {place}, {state}.",
      countyHeadline: "911 is not working in {inCounty}, {state}.",
      action: "In an emergency call {number}.",
      noNumberAction: "In an emergency {otherHelp}.",
      countyAction: "In an emergency call the number of your town.",
      headlineAction: "In an emergency call {number}.",
      headlineNoNumber: "In an emergency {otherHelp}.",
    },
    partial: {
      short: "911 may fail in {placeShort}. Call 911 first; if it fails, {number}.",
      shortNoNumber: "911 may fail in {placeShort}. If so go to a police or fire station.",
      countyShort: "911 may fail in {inCountyShort}. If so go to police or fire.",
      hazard: "some calls to 911 fail in {place}, {state}, since {since}.",
      countyHazard: "some calls to 911 fail in {inCounty}, {state}, since {since}.",
      headline: "Some calls to 911 fail in {place}, {state}.",
      countyHeadline: "Some calls to 911 fail in {inCounty}, {state}.",
      action: "In an emergency dial 911 first. If it fails, call {number}.",
      noNumberAction: "In an emergency dial 911 first. If it fails, {otherHelp}.",
      countyAction: "In an emergency dial 911 first. If it fails, call the number of your town.",
      headlineAction: "If 911 fails, call {number}.",
      headlineNoNumber: "If 911 fails, {otherHelp}.",
    },
    intermittent: {
      short: "911 may fail in {placeShort}. Call 911 first; if it fails, {number}.",
      shortNoNumber: "911 may fail in {placeShort}. If so go to a police or fire station.",
      countyShort: "911 may fail in {inCountyShort}. If so go to police or fire.",
      hazard: "911 works on and off in {place}, {state}, since {since}.",
      countyHazard: "911 works on and off in {inCounty}, {state}, since {since}.",
      headline: "911 works on and off in {place}, {state}.",
      countyHeadline: "911 works on and off in {inCounty}, {state}.",
      action: "In an emergency dial 911 first. If it fails, call {number}.",
      noNumberAction: "In an emergency dial 911 first. If it fails, {otherHelp}.",
      countyAction: "In an emergency dial 911 first. If it fails, call the number of your town.",
      headlineAction: "If 911 fails, call {number}.",
      headlineNoNumber: "If 911 fails, {otherHelp}.",
    },
    carrier: {
      short: "{carrier} 911 may fail in {placeShort}. If so call {number}.",
      shortNoNumber: "{carrier} 911 may fail in {placeShort}. If so go to police or fire.",
      countyShort: "911 may fail in {inCountyShort}. If so go to police or fire.",
      hazard: "{carrier} phones may not reach 911 in {place}, {state}, since {since}.",
      countyHazard: "{carrier} phones may not reach 911 in {inCounty}, {state}, since {since}.",
      headline: "{carrier} phones may not reach 911 in {place}, {state}.",
      countyHeadline: "{carrier} phones may not reach 911 in {inCounty}, {state}.",
      action: "In an emergency dial 911 first. If it fails, call {number}.",
      noNumberAction: "In an emergency dial 911 first. If it fails, {otherHelp}.",
      countyAction: "In an emergency dial 911 first. If it fails, call the number of your town.",
      headlineAction: "If 911 fails, call {number}.",
      headlineNoNumber: "If 911 fails, {otherHelp}.",
    },
    landline: {
      short: "Landline 911 fails in {placeShort}. Use a cell; if none, {number}.",
      shortNoNumber: "Landline 911 fails in {placeShort}. Use a cell; if none, police/fire.",
      countyShort: "911 may fail in {inCountyShort}. If so go to police or fire.",
      hazard: "landline phones may not reach 911 in {place}, {state}, since {since}.",
      countyHazard: "landline phones may not reach 911 in {inCounty}, {state}, since {since}.",
      headline: "Landline phones may not reach 911 in {place}, {state}.",
      countyHeadline: "Landline phones may not reach 911 in {inCounty}, {state}.",
      action: "In an emergency dial 911 from a cell phone. If you cannot, call {number}.",
      noNumberAction: "In an emergency dial 911 from a cell phone. If you cannot, {otherHelp}.",
      countyAction: "In an emergency dial 911 from a cell phone. If you cannot, call the number of your town.",
      headlineAction: "If 911 fails, call {number}.",
      headlineNoNumber: "If 911 fails, {otherHelp}.",
    },
    wireless: {
      short: "Cell 911 fails in {placeShort}. Use a landline; if none, {number}.",
      shortNoNumber: "Cell 911 fails in {placeShort}. Use a landline; if none, police/fire.",
      countyShort: "911 may fail in {inCountyShort}. If so go to police or fire.",
      hazard: "cell phones may not reach 911 in {place}, {state}, since {since}.",
      countyHazard: "cell phones may not reach 911 in {inCounty}, {state}, since {since}.",
      headline: "Cell phones may not reach 911 in {place}, {state}.",
      countyHeadline: "Cell phones may not reach 911 in {inCounty}, {state}.",
      action: "In an emergency dial 911 from a landline. If you cannot, call {number}.",
      noNumberAction: "In an emergency dial 911 from a landline. If you cannot, {otherHelp}.",
      countyAction: "In an emergency dial 911 from a landline. If you cannot, call the number of your town.",
      headlineAction: "If 911 fails, call {number}.",
      headlineNoNumber: "If 911 fails, {otherHelp}.",
    },
  },
  "es-US": {
    full: {
      short: "sin 911 en {placeShort}. Emergencia: llame al {number}. No lo pruebe.",
      shortNoNumber: "sin 911 en {placeShort}. Emergencia: vaya a la policía o a los bomberos.",
      countyShort: "sin 911 en {inCountyShort}. Vaya a policía o bomberos.",
      hazard: "el 911 no funciona en {place}, {state}, desde {since}.",
      countyHazard: "el 911 no funciona en {inCounty}, {state}, desde {since}.",
      headline: "El 911 no funciona en {place}, {state}.",
      countyHeadline: "El 911 no funciona en {inCounty}, {state}.",
      action: "En una emergencia llame al {number}.",
      noNumberAction: "En una emergencia {otherHelp}.",
      countyAction: "En una emergencia llame al número de su pueblo.",
      headlineAction: "En una emergencia llame al {number}.",
      headlineNoNumber: "En una emergencia {otherHelp}.",
    },
    partial: {
      short: "911 puede fallar en {placeShort}. Llame al 911; si falla, {number}.",
      shortNoNumber: "911 puede fallar en {placeShort}. Si falla: policía o bomberos.",
      countyShort: "911 puede fallar en {inCountyShort}. Si falla: policía o bomberos.",
      hazard: "algunas llamadas al 911 fallan en {place}, {state}, desde {since}.",
      countyHazard: "algunas llamadas al 911 fallan en {inCounty}, {state}, desde {since}.",
      headline: "Algunas llamadas al 911 fallan en {place}, {state}.",
      countyHeadline: "Algunas llamadas al 911 fallan en {inCounty}, {state}.",
      action: "Emergencia: marque primero el 911. Si falla, el {number}.",
      noNumberAction: "Emergencia: marque primero el 911. Si falla, {otherHelp}.",
      countyAction: "Emergencia: marque primero el 911. Si falla, el número de su pueblo.",
      headlineAction: "Si falla, llame al {number}.",
      headlineNoNumber: "Si falla, {otherHelp}.",
    },
    intermittent: {
      short: "911 puede fallar en {placeShort}. Llame al 911; si falla, {number}.",
      shortNoNumber: "911 puede fallar en {placeShort}. Si falla: policía o bomberos.",
      countyShort: "911 puede fallar en {inCountyShort}. Si falla: policía o bomberos.",
      hazard: "el 911 funciona a ratos en {place}, {state}, desde {since}.",
      countyHazard: "el 911 funciona a ratos en {inCounty}, {state}, desde {since}.",
      headline: "El 911 funciona a ratos en {place}, {state}.",
      countyHeadline: "El 911 funciona a ratos en {inCounty}, {state}.",
      action: "Emergencia: marque primero el 911. Si falla, el {number}.",
      noNumberAction: "Emergencia: marque primero el 911. Si falla, {otherHelp}.",
      countyAction: "Emergencia: marque primero el 911. Si falla, el número de su pueblo.",
      headlineAction: "Si falla, llame al {number}.",
      headlineNoNumber: "Si falla, {otherHelp}.",
    },
    carrier: {
      short: "911 puede fallar en {carrier}, {placeShort}. Si falla: {number}.",
      shortNoNumber: "911 puede fallar en {carrier}, {placeShort}. Si falla: bomberos.",
      countyShort: "911 puede fallar en {inCountyShort}. Si falla: policía o bomberos.",
      hazard: "el 911 puede fallar en la red {carrier} en {place}, {state}, desde {since}.",
      countyHazard: "el 911 puede fallar en la red {carrier} en {inCounty}, {state}, desde {since}.",
      headline: "El 911 puede fallar en la red {carrier} en {place}, {state}.",
      countyHeadline: "El 911 puede fallar en la red {carrier} en {inCounty}, {state}.",
      action: "Emergencia: marque primero el 911. Si falla, el {number}.",
      noNumberAction: "Emergencia: marque primero el 911. Si falla, {otherHelp}.",
      countyAction: "Emergencia: marque primero el 911. Si falla, el número de su pueblo.",
      headlineAction: "Si falla, llame al {number}.",
      headlineNoNumber: "Si falla, {otherHelp}.",
    },
    landline: {
      short: "911 falla en fijos en {placeShort}. Use celular; si no, {number}.",
      shortNoNumber: "911 falla en fijos en {placeShort}. Use celular; si no, policía/bomberos.",
      countyShort: "911 puede fallar en {inCountyShort}. Si falla: policía o bomberos.",
      hazard: "el 911 puede fallar en líneas fijas en {place}, {state}, desde {since}.",
      countyHazard: "el 911 puede fallar en líneas fijas en {inCounty}, {state}, desde {since}.",
      headline: "El 911 puede fallar en líneas fijas en {place}, {state}.",
      countyHeadline: "El 911 puede fallar en líneas fijas en {inCounty}, {state}.",
      action: "Emergencia: use un celular. Si no puede, el {number}.",
      noNumberAction: "Emergencia: use un celular. Si no puede, {otherHelp}.",
      countyAction: "Emergencia: use un celular. Si no puede, el número de su pueblo.",
      headlineAction: "Si falla, llame al {number}.",
      headlineNoNumber: "Si falla, {otherHelp}.",
    },
    wireless: {
      short: "911 falla en celular en {placeShort}. Use fijo; si no, {number}.",
      shortNoNumber: "911 falla en celular en {placeShort}. Use fijo; si no, policía/bomberos.",
      countyShort: "911 puede fallar en {inCountyShort}. Si falla: policía o bomberos.",
      hazard: "el 911 puede fallar en celulares en {place}, {state}, desde {since}.",
      countyHazard: "el 911 puede fallar en celulares en {inCounty}, {state}, desde {since}.",
      headline: "El 911 puede fallar en celulares en {place}, {state}.",
      countyHeadline: "El 911 puede fallar en celulares en {inCounty}, {state}.",
      action: "Emergencia: use un fijo. Si no puede, el {number}.",
      noNumberAction: "Emergencia: use un fijo. Si no puede, {otherHelp}.",
      countyAction: "Emergencia: use un fijo. Si no puede, el número de su pueblo.",
      headlineAction: "Si falla, llame al {number}.",
      headlineNoNumber: "Si falla, {otherHelp}.",
    },
  },
};

const texting: TemplateBody["texting"] = {
  "en-US": {
    full: {
      works: " Calls to 911 do not get through; texts to 911 do.",
      fails: " Calls and texts to 911 do not get through.",
      unknown: " Calls to 911 do not get through.",
    },
    other: { works: " Texts to 911 work.", fails: " Texts to 911 fail too.", unknown: "" },
  },
  "es-US": {
    full: {
      works: " No entran llamadas al 911; los mensajes de texto sí.",
      fails: " No entran llamadas ni textos al 911.",
      unknown: " No entran llamadas al 911.",
    },
    other: { works: " Los textos al 911 sirven.", fails: " Los textos al 911 fallan.", unknown: "" },
  },
};

const frames = textsSchema.parse({
  "en-US": {
    place: {
      short: "{senderShort}: [[short]]",
      long: "{sender}: [[hazard]][[texting]] [[action]] If nobody answers, {otherHelp}. Do not call 911 to test it. Next update by {nextUpdate}.",
      headline: "{senderShort}: [[headline]] [[headlineAction]]",
      description:
        "{sender} says: [[hazard]][[texting]]\n\n[[action]] That is the {desk}, answered {hours}.\n\nIf nobody answers, {otherHelp}.",
      instruction:
        "Do not call 911 to test it, and keep the direct number free for emergencies. The next update comes by {nextUpdate}. This notice ends at {until}.",
    },
    noNumber: {
      short: "{senderShort}: [[shortNoNumber]]",
      long: "{sender}: [[hazard]][[texting]] There is no direct number. [[noNumberAction]] Do not call 911 to test it. Next update by {nextUpdate}.",
      headline: "{senderShort}: [[headline]] [[headlineNoNumber]]",
      description: "{sender} says: [[hazard]][[texting]]\n\nThere is no direct number for {place}. [[noNumberAction]]",
      instruction: "Do not call 911 to test it. The next update comes by {nextUpdate}. This notice ends at {until}.",
    },
    county: {
      short: "{senderShort}: [[countyShort]]",
      long: "{sender}: [[countyHazard]][[texting]] Radio and television read out the numbers of towns. No number at hand? Go to a police or fire station. Do not call 911 to test it. Next update by {nextUpdate}.",
      headline: "{senderShort}: [[countyHeadline]]",
      description: "{senderShort} says: [[countyHazard]][[texting]] [[countyAction]] {list}",
      instruction: "Do not call 911 to test it. The next update comes by {nextUpdate}.",
    },
  },
  "es-US": {
    place: {
      short: "{senderShort}: [[short]]",
      long: "{sender}: [[hazard]][[texting]] [[action]] Si nadie contesta, {otherHelp}. No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
      headline: "{senderShort}: [[headline]] [[headlineAction]]",
      description:
        "{sender} informa: [[hazard]][[texting]]\n\n[[action]] Contesta {desk}, {hours}.\n\nSi nadie contesta, {otherHelp}.",
      instruction:
        "No llame al 911 para probarlo y deje libre el número directo para emergencias. El próximo aviso llega antes de {nextUpdate}. Este aviso vale hasta {until}.",
    },
    noNumber: {
      short: "{senderShort}: [[shortNoNumber]]",
      long: "{sender}: [[hazard]][[texting]] No hay número directo. [[noNumberAction]] No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
      headline: "{senderShort}: [[headline]] [[headlineNoNumber]]",
      description: "{sender} informa: [[hazard]][[texting]]\n\nNo hay número directo para {place}. [[noNumberAction]]",
      instruction:
        "No llame al 911 para probarlo. El próximo aviso llega antes de {nextUpdate}. Este aviso vale hasta {until}.",
    },
    county: {
      short: "{senderShort}: [[countyShort]]",
      long: "{sender}: [[countyHazard]][[texting]] La radio y la televisión leen los números de los pueblos. ¿Sin número? Vaya a la policía o a los bomberos. No llame al 911 para probarlo. Próximo aviso: {nextUpdate}.",
      headline: "{senderShort}: [[countyHeadline]]",
      description: "{senderShort} informa: [[countyHazard]][[texting]] [[countyAction]] {list}",
      instruction: "No llame al 911 para probarlo. El próximo aviso llega antes de {nextUpdate}.",
    },
  },
});

export const OUTAGE_TEMPLATE: TemplateBody = { format: "callbox-template-2", phrases, texting, frames };

/** Takes a published alert back. It says nothing about whether 911 works. */
export const CANCELLATION_TEMPLATE: TemplateBody = {
  format: "callbox-template-2",
  phrases: {},
  texting: {},
  frames: textsSchema.parse({
    "en-US": {
      place: {
        short: "{senderShort}: our 911 notice for {placeShort} is withdrawn. Emergency? Call 911.",
        long: "{sender}: our {originalSent} notice about 911 in {place}, {state}, is withdrawn. It should not have gone out. In an emergency call 911. Do not call 911 to test it. Valid until {until}.",
        headline: "{senderShort}: the notice about 911 in {place}, {state}, is withdrawn. In an emergency call 911.",
        description:
          "{sender} withdraws its notice of {originalSent} about 911 in {place}, {state}. It should not have gone out.",
        instruction: "In an emergency call 911. Do not call 911 to test it. This notice ends at {until}.",
      },
      noNumber: {
        short: "{senderShort}: our 911 notice for {placeShort} is withdrawn. Emergency? Call 911.",
        long: "{sender}: our {originalSent} notice about 911 in {place}, {state}, is withdrawn. It should not have gone out. In an emergency call 911. Do not call 911 to test it. Valid until {until}.",
        headline: "{senderShort}: the notice about 911 in {place}, {state}, is withdrawn. In an emergency call 911.",
        description:
          "{sender} withdraws its notice of {originalSent} about 911 in {place}, {state}. It should not have gone out.",
        instruction: "In an emergency call 911. Do not call 911 to test it. This notice ends at {until}.",
      },
      county: {
        short: "{senderShort}: 911 notice for {county} withdrawn. Emergency? Call 911.",
        long: "{sender}: our {originalSent} notice about 911 in {county}, {state}, is withdrawn. It should not have gone out. In an emergency call 911. Do not call 911 to test it. Valid until {until}.",
        headline: "{senderShort}: the notice about 911 in {county}, {state}, is withdrawn.",
        description:
          "{sender} withdraws its notice of {originalSent} about 911 in {county}, {state}. It should not have gone out.",
        instruction: "In an emergency call 911. Do not call 911 to test it.",
      },
    },
    "es-US": {
      place: {
        short: "{senderShort}: anulado el aviso 911 de {placeShort}. Emergencia: llame al 911.",
        long: "{sender}: se anula nuestro aviso de {originalSent} sobre el 911 en {place}, {state}. No debió enviarse. En una emergencia llame al 911. No llame al 911 para probarlo. Vale hasta {until}.",
        headline: "{senderShort}: se anula el aviso sobre el 911 en {place}, {state}. Emergencia: llame al 911.",
        description: "{sender} anula su aviso de {originalSent} sobre el 911 en {place}, {state}. No debió enviarse.",
        instruction: "En una emergencia llame al 911. No llame al 911 para probarlo. Este aviso vale hasta {until}.",
      },
      noNumber: {
        short: "{senderShort}: anulado el aviso 911 de {placeShort}. Emergencia: llame al 911.",
        long: "{sender}: se anula nuestro aviso de {originalSent} sobre el 911 en {place}, {state}. No debió enviarse. En una emergencia llame al 911. No llame al 911 para probarlo. Vale hasta {until}.",
        headline: "{senderShort}: se anula el aviso sobre el 911 en {place}, {state}. Emergencia: llame al 911.",
        description: "{sender} anula su aviso de {originalSent} sobre el 911 en {place}, {state}. No debió enviarse.",
        instruction: "En una emergencia llame al 911. No llame al 911 para probarlo. Este aviso vale hasta {until}.",
      },
      county: {
        short: "{senderShort}: anulado el aviso 911 de {county}. Llame al 911.",
        long: "{sender}: se anula nuestro aviso de {originalSent} sobre el 911 en {county}, {state}. No debió enviarse. En una emergencia llame al 911. No llame al 911 para probarlo. Vale hasta {until}.",
        headline: "{senderShort}: se anula el aviso sobre el 911 en {county}, {state}.",
        description: "{sender} anula su aviso de {originalSent} sobre el 911 en {county}, {state}. No debió enviarse.",
        instruction: "En una emergencia llame al 911. No llame al 911 para probarlo.",
      },
    },
  }),
};
