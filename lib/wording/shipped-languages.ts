import { COUNTY_KINDS, type CountyKind } from "../places/county-kinds";
import type { CountyWords, LanguageWords } from "./languages";
import { SHIPPED_SITE_WORDS } from "./site-words";

/** Sentences that ask not to test 911 in other words than ours (W7). */
const ENGLISH_NO_TESTING = [
  "\\b(?:do not|don['’]t|never) (?:call|dial|ring|phone|text|try|use|contact)(?: or (?:call|dial|text))? 911 (?:just |only |simply )?(?:to|in order to) (?:test|check|try|see|find out)\\b",
  "\\b(?:do not|don['’]t|never) test (?:911|it|the 911)\\b",
  "\\b(?:do not|don['’]t|never) (?:make|place) (?:\\w+ )?test calls?\\b",
  "\\b(?:no|avoid) (?:911 )?test calls?\\b",
  "\\b(?:avoid|refrain from) (?:calling|dialing) 911 (?:just |only )?to (?:test|check)\\b",
].join("|");
const SPANISH_NO_TESTING = [
  "\\bno (?:llamen?|marquen?|usen?|intenten llamar|intente llamar) (?:al|el) 911 (?:s[oó]lo |solamente |[uú]nicamente )?(?:para|a) (?:probar|comprobar|verificar|ver si|revisar)",
  "\\bno (?:lo )?prueben?(?: el 911|\\b)",
  "\\bno (?:haga|hagan|realicen?) (?:llamadas de prueba|pruebas)\\b",
  "\\beviten? (?:llamar al 911 (?:s[oó]lo |solamente )?para probar|(?:las )?llamadas de prueba)",
].join("|");

type Counties = Record<CountyKind, CountyWords>;

const ofEach = (words: (kind: CountyKind) => CountyWords): Counties =>
  Object.fromEntries(COUNTY_KINDS.map((kind) => [kind, words(kind)])) as Counties;

const ENGLISH_COUNTIES = ofEach((kind) => {
  const area = kind === "federal-district" ? "the {area}" : "{area}";
  return { name: "{area}", in: area, inParts: `parts of ${area}`, short: "{area}", shortParts: `parts of ${area}` };
});

/** With its article in a sentence, and with "de" before it. */
const SPANISH: Readonly<Record<CountyKind, readonly [whole: string, of: string]>> = {
  county: ["el condado de {county}", "del condado de {county}"],
  parish: ["la parroquia de {county}", "de la parroquia de {county}"],
  borough: ["el borough de {county}", "del borough de {county}"],
  "city-and-borough": ["la ciudad y borough de {county}", "de la ciudad y borough de {county}"],
  "census-area": ["el área censal de {county}", "del área censal de {county}"],
  municipality: ["la municipalidad de {county}", "de la municipalidad de {county}"],
  "independent-city": ["la ciudad de {county}", "de la ciudad de {county}"],
  "federal-district": ["el Distrito de Columbia", "del Distrito de Columbia"],
  district: ["el distrito {county}", "del distrito {county}"],
  municipio: ["el municipio de {county}", "del municipio de {county}"],
  island: ["{county}", "de {county}"],
};

/** In 90 characters, as English shortens them (`shortenCounty`). */
const BRIEFLY = new Map<CountyKind, string>([
  ["parish", "la parroquia {county}"],
  ["census-area", "el área de {county}"],
  ["city-and-borough", "{county}"],
  ["municipality", "{county}"],
]);

const SPANISH_COUNTIES = ofEach((kind) => {
  const [whole, of] = SPANISH[kind];
  const name = whole.replace(/^(?:el|la) /, "");
  return {
    name,
    in: whole,
    inParts: `partes ${of}`,
    short: BRIEFLY.get(kind) ?? whole,
    shortParts: `partes ${of}`,
  };
});

/** The languages every site begins with. Migrations made their rows, and hold the same. */
export const SHIPPED_LANGUAGES: readonly LanguageWords[] = [
  {
    code: "en-US",
    name: "English",
    direction: "ltr",
    phones: true,
    and: " and ",
    counties: ENGLISH_COUNTIES,
    inCounty: "{place} in {county}",
    exercise: "EXERCISE",
    help: "go to a police or fire station",
    textFirst: "text 911 or {help}",
    helpLead: "In an emergency …",
    usualHelp: {
      "text-to-911": "text 911",
      tty: "use a TTY",
      "relay-711": "call 711 and ask for the police",
      "fire-box": "pull a fire box",
      "fire-station": "go to the fire station",
      "police-station": "go to the police station",
      cruiser: "go to the police car at the town hall",
      kiosk: "use the call box at the town hall",
    },
    approximate: " (approximate outline)",
    phoneLabels: {
      safety: "Public safety alert",
      emergency: "Emergency alert",
      amber: "AMBER alert",
      test: "Test alert",
      now: "now",
    },
    phrases: {},
    site: SHIPPED_SITE_WORDS["en-US"],
    lexicon: {
      hazard:
        "\\b(down|not working|fails?|on and off|may (?:still )?not reach|withdrawn|withdraws|canceled|cancels|works (?:fully )?again|wrong|corrects|may not see|has trouble|no 911|911 works)\\b",
      help: "\\b(go to|pull|walk to|police/fire|police or fire|call 911|dial 911|text 911|call 711|use the)\\b",
      time: "\\b(since|until|next update|ends at)\\b",
      condition: "\\b(if|first|no number at hand)\\b",
      unconditional: "911 first\\b",
      call911: "\\b(call|dial) 911\\b",
      noTesting: "Do not call 911 to test it.",
      noTestingLike: ENGLISH_NO_TESTING,
    },
  },
  {
    code: "es-US",
    name: "Español",
    direction: "ltr",
    phones: true,
    and: " y ",
    counties: SPANISH_COUNTIES,
    inCounty: "{place} en {county}",
    exercise: "EJERCICIO",
    help: "vaya a la policía o a los bomberos",
    textFirst: "envíe un texto al 911 o {help}",
    helpLead: "En una emergencia …",
    usualHelp: {
      "text-to-911": "envíe un mensaje de texto al 911",
      tty: "use un TTY",
      "relay-711": "llame al 711 y pida hablar con la policía",
      "fire-box": "use una caja de alarma de incendios",
      "fire-station": "vaya a los bomberos",
      "police-station": "vaya a la policía",
      cruiser: "vaya al auto de la policía en el ayuntamiento",
      kiosk: "use la caja de llamada del ayuntamiento",
    },
    approximate: " (contorno aproximado)",
    phoneLabels: {
      safety: "Alerta de seguridad pública",
      emergency: "Alerta de emergencia",
      amber: "Alerta AMBER",
      test: "Alerta de prueba",
      now: "ahora",
    },
    site: SHIPPED_SITE_WORDS["es-US"],
    phrases: {
      "day and night": "las 24 horas",
      dispatch: "la central de emergencias",
      "dispatch center": "la central de emergencias",
      "county dispatch center": "la central de emergencias del condado",
      "regional dispatch center": "la central regional de emergencias",
      "public safety dispatch": "la central de seguridad pública",
      "police department": "la policía",
      "State Police": "la policía estatal",
      "fire department": "los bomberos",
      "sheriff’s office": "la oficina del sheriff",
      "{place} dispatch": "la central de {place}",
      "{place} dispatch center": "la central de {place}",
      "{place} regional dispatch": "la central regional de {place}",
      "{place} police department": "la policía de {place}",
      "{place} fire department": "los bomberos de {place}",
      "{place} sheriff": "el sheriff de {place}",
      "sheriff's office": "la oficina del sheriff",
      "911 works again": "el 911 ya funciona de nuevo",
    },
    lexicon: {
      hazard:
        "(no funciona|sin funcionar|sin 911|no hay 911|fall[ae]|fallan|fallar|a ratos|no comunican|anula|funciona otra vez|ya hay|ya funciona|equivocado|err[oó]neo|incorrecto|corrige|no lo ubique|no ubique|no sepa|no vea|no reciba|sin recibir|tiene problemas|911 (?:funciona|sirve)|diga d[oó]nde)",
      help: "\\b(vaya|tire|use|polic[ií]a|bomberos|llame al [79]11|marque el 911|texto al 911)",
      time: "\\b(desde|hasta|pr[oó]ximo aviso)\\b",
      condition: "\\b(si|primero|sin n[uú]mero)\\b",
      unconditional: "primero (al|el) 911",
      call911: "\\b(llame al|marque el) 911\\b",
      noTesting: "No llame al 911 para probarlo.",
      noTestingLike: SPANISH_NO_TESTING,
    },
  },
];
