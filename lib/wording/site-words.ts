import { z } from "zod";

/**
 * What the public pages say around the approved texts, in one language. {place},
 * {state}, {time}, {number} and the like are filled in; nothing else is.
 */

const text = z.string().min(1);

export const siteWordsSchema = z.strictObject({
  /** Above every page of a demonstration. */
  demonstration: text,
  /** In a heading, by what fails. */
  failure: z.strictObject({
    full: text,
    partial: text,
    intermittent: text,
    carrier: text,
    landline: text,
    wireless: text,
    /** A row from before this kind of failure was known says it in English. */
    location: text.default("911 may not see where you are"),
  }),
  /** Where, behind it. */
  inPlace: text,
  listNote: text,
  inAll: text,
  inSome: text,
  since: text,
  call: text,
  noNumber: text,
  validUntil: text,
  lastAnswered: text,
  notTest: text,
  relayHeading: text,
  relay: text,
  nextHeading: text,
  next: text,
  elsewhere: text,
  find: text,
  findLabel: text,
  findButton: text,
  findHint: text,
  foundNone: text,
  which: text,
  saidHeading: text,
  saidNothing: text,
  validNow: text,
  ended: text,
  replaced: text,
  takenBack: text,
  published: text,
  made: text,
  signed: text,
  writeDown: text,
  restored: text,
  quiet: text,
  quietSays: text,
  past: text,
  pastSays: text,
  forNextTime: text,
  keep: text,
  noneToKeep: text,
  callFirst: text,
  places: text,
  notAffected: text,
  alerts: text,
  feeds: text,
  plain: text,
  home: text,
  language: text,
  number: text,
  placesToGo: text,
  worksAgain: text,
  /** A row from before these were said has them in English. */
  notTestAlone: text.default("Do not call 911 just to test it."),
  restoredAll: text.default("911 works again in all of {state}"),
  restoredSome: text.default("911 works again in {count} places in {state}"),
  lasted: text.default("It began {began}. It ended {ended}."),
  didYouMean: text.default("Did you mean one of these places?"),
  /** Opens a text to 911, where the alert says that texts arrive. */
  textsWork: text.default("Texts to 911 work: text 911 if you cannot call"),
  /** Where what a page says has ended in part, and nobody made it anew. */
  outdated: text.default("Part of this page is out of date. Load it again, or open the page of your place."),
  /** Before the number of a place in a list. */
  failsHere: text.default("911 fails here:"),
  /** Of a number that was given out and has been called wrong since. */
  wrong: text.default("Do not call {number}: it was reported as wrong."),
  /** On the page of a county for which nothing is announced, though 911 fails in places of it. */
  partsOut: text.default(
    "{what} in {places}. If you are there, open the page of that place. Elsewhere in {county} dial 911.",
  ),
  /** In place of callFirst where landlines, or cell phones, alone do not reach 911. */
  callCell: text.default("Call 911 from a cell phone. If you cannot:"),
  callLandline: text.default("Call 911 from a landline phone. If you cannot:"),
});
export type SiteWords = z.infer<typeof siteWordsSchema>;

/** Fills the gaps of a sentence. A gap that is given nothing stays, so that a test finds it. */
export function say(sentence: string, values: Readonly<Record<string, string>> = {}): string {
  if (!sentence.includes("{")) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? gap) : gap,
  );
}

/**
 * What stands before a number. In a full outage alone it is called at once: in every other one 911 is tried first, from
 * a phone of the kind that still reaches it.
 */
export function callFor(words: SiteWords, failure: keyof SiteWords["failure"]): string {
  switch (failure) {
    case "full":
      return words.call;
    case "landline":
      return words.callCell;
    case "wireless":
      return words.callLandline;
    default:
      return words.callFirst;
  }
}

/** What always holds where there is no number, as sentences. */
export const adviseWithoutNumber = (words: SiteWords, failure: keyof SiteWords["failure"]): string[] =>
  failure === "full" ? [words.noneToKeep] : [callFor(words, failure), words.noneToKeep];

export const SHIPPED_SITE_WORDS: Readonly<Record<"en-US" | "es-US", SiteWords>> = {
  "en-US": {
    demonstration: "Demonstration, not a real outage. The numbers ring nowhere. In an emergency dial 911.",
    failure: {
      full: "911 is not working",
      partial: "Some 911 calls fail",
      intermittent: "911 works on and off",
      carrier: "911 fails for customers of one phone company",
      landline: "911 fails from landline phones",
      wireless: "911 fails from cell phones",
      location: "911 may not see where you are",
    },
    inPlace: "{what} in {place}, {state}",
    listNote:
      "Where 911 fails, the list says so and what to call. Elsewhere dial 911; the number is for when 911 fails.",
    inAll: "{what} in all of {state}",
    inSome: "{what} in {count} places in {state}",
    since: "Since {time}.",
    call: "In an emergency call",
    noNumber: "There is no number for this place. In an emergency:",
    validUntil: "Valid until {time}.",
    lastAnswered: "The right desk last answered a test call on {date}.",
    notTest: "Do not call 911, or this number, just to test it.",
    relayHeading: "If you cannot hear or speak on a phone",
    relay: "Dial 711 and give the relay this number: {number}.",
    nextHeading: "What comes next",
    next: "Next update by {time}. Load this page again then. When 911 works again, it says so here.",
    elsewhere: "Not in {place}?",
    find: "Find the number of another place",
    findLabel: "City, town, county or ZIP Code",
    findButton: "Find",
    findHint: "All numbers are on this page. Once loaded, it works without a connection, and it prints.",
    foundNone: "No place has this name here. Look for it in the list, or try fewer letters.",
    which: "Which place do you mean?",
    saidHeading: "What has been said",
    saidNothing: "Nothing yet.",
    validNow: "valid now",
    ended: "ended",
    replaced: "replaced",
    takenBack: "taken back",
    published: "Published by {agency}, {time}.",
    made: "Page made {time}.",
    signed: "The message as it was sent (CAP)",
    writeDown: "Write the number down: this page may be hard to reach later.",
    restored: "911 works again in {place}",
    quiet: "In an emergency dial 911",
    quietSays: "No 911 outage is announced for {place}.",
    past: "The alert for {place} has ended",
    pastSays: "It ended {time}. Nothing newer has been said here.",
    forNextTime: "For the next time",
    keep: "Write this down and keep it by the phone. Use it only if 911 does not work:",
    noneToKeep: "No number of this place has been verified. If 911 does not work, go to a police or fire station.",
    callFirst: "Dial 911 first. If the call does not go through:",
    places: "Every place and its number",
    notAffected: "Next to it: no 911 outage is announced for {places}. Dial 911 there as usual.",
    alerts: "All alerts",
    feeds: "Feeds for newsrooms and programs",
    plain: "As plain text",
    home: "All places",
    language: "Language",
    number: "Number",
    placesToGo: "where to go",
    worksAgain: "911 works again",
    notTestAlone: "Do not call 911 just to test it.",
    restoredAll: "911 works again in all of {state}",
    restoredSome: "911 works again in {count} places in {state}",
    lasted: "It began {began}. It ended {ended}.",
    didYouMean: "Did you mean one of these places?",
    textsWork: "Texts to 911 work: text 911 if you cannot call",
    outdated: "Part of this page is out of date. Load it again, or open the page of your place.",
    partsOut: "{what} in {places}. If you are there, open the page of that place. Elsewhere in {county} dial 911.",
    callCell: "Call 911 from a cell phone. If you cannot:",
    callLandline: "Call 911 from a landline phone. If you cannot:",
    wrong: "Do not call {number}: it was reported as wrong.",
    failsHere: "911 fails here:",
  },
  "es-US": {
    demonstration:
      "Esto es una demostración, no una falla real. Los números no llaman a ningún lugar. En una emergencia, marque el 911.",
    failure: {
      full: "El 911 no funciona",
      partial: "Algunas llamadas al 911 fallan",
      intermittent: "El 911 funciona a ratos",
      carrier: "El 911 falla para los clientes de una compañía telefónica",
      landline: "El 911 falla desde teléfonos fijos",
      wireless: "El 911 falla desde celulares",
      location: "El 911 quizá no sepa dónde está usted",
    },
    inPlace: "{what} en {place}, {state}",
    listNote:
      "Donde el 911 falla, la lista lo dice y a qué número llamar. En los demás lugares, marque el 911; el número es por si el 911 falla.",
    inAll: "{what} en todo {state}",
    inSome: "{what} en {count} lugares de {state}",
    since: "Desde: {time}.",
    call: "En una emergencia, llame al",
    noNumber: "No hay un número para este lugar. En una emergencia:",
    validUntil: "Válido hasta: {time}.",
    lastAnswered: "La central correspondiente contestó la última llamada de prueba el {date}.",
    notTest: "No llame al 911 ni a este número solo para probar si funcionan.",
    relayHeading: "Si no puede oír o hablar por teléfono",
    relay: "Marque el 711 y dé este número al operador: {number}.",
    nextHeading: "Qué sigue",
    next: "Próximo aviso antes de: {time}. A esa hora, vuelva a cargar esta página. Cuando el 911 vuelva a funcionar, se dirá aquí.",
    elsewhere: "¿No está en {place}?",
    find: "Busque el número de otro lugar",
    findLabel: "Ciudad, pueblo, condado o código postal",
    findButton: "Buscar",
    findHint: "Todos los números están en esta página. Una vez cargada, funciona sin conexión y se puede imprimir.",
    foundNone: "Aquí ningún lugar tiene ese nombre. Búsquelo en la lista o escriba menos letras.",
    which: "¿Cuál de estos lugares?",
    saidHeading: "Lo que se ha informado",
    saidNothing: "Nada todavía.",
    validNow: "vigente",
    ended: "terminó",
    replaced: "reemplazado",
    takenBack: "anulado",
    published: "Publicado por {agency}, {time}.",
    made: "Página creada: {time}.",
    signed: "El mensaje tal como se envió (CAP)",
    writeDown: "Anote el número: más tarde puede ser difícil abrir esta página.",
    restored: "El 911 ya funciona de nuevo en {place}",
    quiet: "En una emergencia, marque el 911",
    quietSays: "No se ha anunciado ninguna falla del 911 en {place}.",
    past: "La alerta para {place} terminó",
    pastSays: "Terminó: {time}. Aquí no se ha informado nada más reciente.",
    forNextTime: "Para la próxima vez",
    keep: "Anote esto y téngalo junto al teléfono. Úselo solo si el 911 no funciona:",
    noneToKeep:
      "Ningún número de este lugar está verificado. Si el 911 no funciona, vaya a la policía o a los bomberos.",
    callFirst: "Marque primero el 911. Si la llamada no entra:",
    places: "Todos los lugares y sus números",
    notAffected:
      "En lugares cercanos no se ha anunciado ninguna falla del 911: {places}. Allí, marque el 911 como siempre.",
    alerts: "Todas las alertas",
    feeds: "Canales de datos para medios y programas",
    plain: "Como texto simple",
    home: "Todos los lugares",
    language: "Idioma",
    number: "Número",
    placesToGo: "adónde ir",
    worksAgain: "el 911 ya funciona de nuevo",
    notTestAlone: "No llame al 911 solo para probar si funciona.",
    restoredAll: "El 911 ya funciona de nuevo en todo {state}",
    restoredSome: "El 911 ya funciona de nuevo en {count} lugares de {state}",
    lasted: "Empezó: {began}. Terminó: {ended}.",
    didYouMean: "¿Quiso decir uno de estos lugares?",
    textsWork: "Los mensajes de texto al 911 sí llegan: envíe uno al 911 si no puede llamar",
    outdated: "Parte de esta página ya no está al día. Vuelva a cargarla o abra la página de su localidad.",
    failsHere: "Aquí falla el 911:",
    wrong: "No llame al {number}: se informó que es incorrecto.",
    partsOut:
      "{what} en {places}. Si está allí, abra la página de esa localidad. En el resto de {county}, marque el 911.",
    callCell: "Llame al 911 desde un celular. Si no puede:",
    callLandline: "Llame al 911 desde un teléfono fijo. Si no puede:",
  },
};
