import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { PAGE_LANGUAGES } from "../../../wording/pages/shipped-pages";
import { SHIPPED_SITE_WORDS, type SiteWords } from "../../../wording/site-words";
import type { SaidMessage, SiteAlert, SiteFacts, SiteLanguage, SitePlace } from "./facts";
import { listFiles } from "./files";
import { POLICY } from "./layout";
import { foot, PACK, type SiteTable, type Span } from "./pack";

/** Public pages in every state they can be in, made from nothing but facts, for tests that look at pages. */

const HOUR = 3_600_000;
export const NOW = Date.parse("2024-06-18T18:27:00Z");

/** Every letter changed, gaps kept: a language that nobody reads shows what a page does with any. */
function pseudo(words: SiteWords, change: (text: string) => string): SiteWords {
  const put = (text: string) =>
    text
      .split(/(\{\w+\}|\d+)/)
      .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
      .join("");
  const all = (part: object): object =>
    Object.fromEntries(
      Object.entries(part).map(([name, value]) => [
        name,
        typeof value === "string" ? put(value) : all(value as object),
      ]),
    );
  return all(words) as SiteWords;
}

/** Latin letters as Arabic ones. */
const mirror = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => String.fromCodePoint(0x0627 + letter.toLowerCase().codePointAt(0)! - 97));
/** Four letters in ten twice, without a word becoming two. */
const stretch = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => (/[aeiou]/i.test(letter) ? letter + letter : letter));

const ENGLISH = SHIPPED_SITE_WORDS["en-US"];
export const LANGUAGES: readonly SiteLanguage[] = [
  { code: "en-US", name: "English", direction: "ltr", words: ENGLISH },
  { code: "es-US", name: "Español", direction: "ltr", words: SHIPPED_SITE_WORDS["es-US"] },
  ...PAGE_LANGUAGES.map(({ code, name, direction, words: { site, notice, official } }) => ({
    code,
    name,
    direction,
    words: site,
    translation: { notice, official, isReviewed: false },
  })),
  {
    code: "ar",
    name: "العربية",
    direction: "rtl",
    words: pseudo(ENGLISH, mirror),
    translation: { notice: mirror("not reviewed"), official: mirror("official text"), isReviewed: false },
  },
  {
    code: "eo",
    name: "Lengthened",
    direction: "ltr",
    words: pseudo(ENGLISH, stretch),
    translation: { notice: stretch("Not yet reviewed."), official: stretch("Official text"), isReviewed: true },
  },
];

/** Of a place without a number, as the shipped template words it. */
const TEXTS_WITHOUT: SaidMessage["texts"] = {
  "en-US": {
    headline:
      "MA 911: 911 is not working in the place, Massachusetts. In an emergency go to the Cuttyhunk fire station.",
    description:
      "Massachusetts State 911 Department says: 911 is not working in the place, Massachusetts.\n\nIn an emergency go to the Cuttyhunk fire station. There is no direct number.",
    instruction: "Do not call 911 to test it. The next update comes by 4:27 PM EDT. This notice ends at 5:27 PM EDT.",
  },
  "es-US": {
    headline:
      "MA 911: el 911 no funciona en el lugar, Massachusetts. En una emergencia vaya a los bomberos de Cuttyhunk.",
    description:
      "Departamento Estatal 911 de Massachusetts informa: el 911 no funciona en el lugar, Massachusetts.\n\nEn una emergencia vaya a los bomberos de Cuttyhunk. No hay un número directo.",
    instruction:
      "No llame al 911 para probarlo. El próximo aviso llega antes de las 4:27 p. m. EDT. Este aviso termina a las 5:27 p. m. EDT.",
  },
};

const TEXTS: SaidMessage["texts"] = {
  "en-US": {
    headline: "911 is not working in the place, Massachusetts. In an emergency call 413-555-0142.",
    description:
      "911 is not working since 1:15 PM. Landlines and cell phones are affected alike. Text to 911 fails too.\nThe number rings at the dispatch center, day and night.",
    instruction:
      "In an emergency call 413-555-0142, or go to the police station. Do not call 911 to test it. Next update by 4:27 PM.",
  },
  "es-US": {
    headline: "El 911 no funciona en el lugar, Massachusetts. En una emergencia llame al 413-555-0142.",
    description:
      "El 911 no funciona desde la 1:15 PM. Falla desde teléfonos fijos y celulares. Los textos al 911 también fallan.\nEl número comunica con la central de emergencias, día y noche.",
    instruction:
      "En una emergencia llame al 413-555-0142 o vaya a la policía. No llame al 911 para probarlo. Próximo aviso antes de las 4:27 PM.",
  },
};

/** How often each letter stands in English, out of a hundred or so. */
const LETTERS =
  "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnssssssrrrrrrhhhhhhlllldddddccccuuummmwwffggyyppbbvk";

/** Letters as often as in English, but in no order: a compressor does worse with it than with any sentence. */
function worstText(length: number, seed: number): string {
  let text = "";
  for (let turn = 0; text.length < length; turn += 1) {
    const bytes = createHash("sha256").update(`${seed} ${turn}`).digest();
    for (const [index, byte] of bytes.entries()) text += index % 6 === 5 ? " " : LETTERS[byte % LETTERS.length];
    text += " ";
  }
  return text.slice(0, length);
}

/** As long as a part may be (lib/wording/texts.ts). */
const LONGEST = 4000;

const AGENCY = { "en-US": "Massachusetts State 911 Department", "es-US": "Departamento 911 de Massachusetts" };

const messageOf = (name: string, change: Partial<SaidMessage> = {}): SaidMessage => ({
  identifier: `MA911-${name}`,
  alertCode: "MA911-0001",
  incidentId: "incident-1",
  sentAt: NOW - HOUR,
  endsAt: NOW + HOUR,
  nextUpdateAt: NOW + HOUR / 2,
  tells: "outage",
  msgType: "Alert",
  standing: "in-force",
  failure: "full",
  beganAt: NOW - 2 * HOUR,
  restoredAt: null,
  numbers: [{ e164: "+14135550142", extension: "", lastAnsweredAt: NOW - 240 * HOUR }],
  wrong: [],
  textsWork: false,
  texts: TEXTS,
  agency: AGENCY,
  ...change,
});

const placeOf = (name: string, change: Partial<SitePlace> = {}): SitePlace => ({
  id: `25${name}`,
  path: `ma/${name}`,
  name,
  label: name.charAt(0).toUpperCase() + name.slice(1),
  stateCode: "MA",
  stateName: "Massachusetts",
  counties: [{ id: "25015", name: "Hampshire" }],
  neighborIds: [],
  timeZone: "America/New_York",
  aliases: [],
  zips: ["01033", "01075"],
  kept: {
    e164: "+14135550142",
    extension: "",
    desks: { "en-US": "Granby dispatch center", "es-US": "la central de Granby" },
    lastAnsweredAt: NOW - 240 * HOUR,
  },
  takesNoTexts: false,
  said: [],
  ...change,
});

const withMessage = (name: string, change: Partial<SaidMessage> = {}, place: Partial<SitePlace> = {}) =>
  placeOf(name, { said: [messageOf(name, change)], ...place });

const LONG_NAME = "Saint Mary-of-the-Assumption-and-Manchester-by-the-Sea Charter Township";

/** A place in every state, by the name of the state. */
export const PLACES: readonly SitePlace[] = [
  ...(["full", "partial", "intermittent", "carrier", "landline", "wireless"] as const).map((failure) =>
    withMessage(failure, { failure }),
  ),
  withMessage("no-number", { numbers: [], texts: TEXTS_WITHOUT }, { kept: null }),
  withMessage("no-number-partial", { numbers: [], failure: "partial", texts: TEXTS_WITHOUT }, { kept: null }),
  withMessage("two-numbers", {
    numbers: [
      { e164: "+14135550142", extension: "", lastAnsweredAt: NOW - 240 * HOUR },
      { e164: "+14135550190", extension: "12345", lastAnsweredAt: NOW - 480 * HOUR },
    ],
  }),
  withMessage("restored", { tells: "all-clear", msgType: "Update", restoredAt: NOW - HOUR }),
  withMessage("canceled", { standing: "taken-back" }),
  withMessage("outlived", { endsAt: NOW - HOUR }),
  placeOf("updated", { said: [messageOf("updated"), messageOf("updated-0", { standing: "replaced" })] }),
  placeOf("quiet"),
  placeOf("quiet-none", { kept: null }),
  withMessage("county", {}, { label: "Prince of Wales-Hyder Census Area", name: "Prince of Wales-Hyder Census Area" }),
  withMessage(
    "long-name",
    { numbers: [{ e164: "+14135550142", extension: "12345", lastAnsweredAt: null }] },
    { name: LONG_NAME, label: `${LONG_NAME}, Northumberland County` },
  ),
  withMessage("worst", {
    texts: Object.fromEntries(
      Object.keys(TEXTS).map((code, index) => [
        code,
        {
          headline: worstText(160, index),
          description: worstText(LONGEST, 10 + index),
          instruction: worstText(LONGEST, 20 + index),
        },
      ]),
    ),
  }),
];

const alertOf = (places: readonly SitePlace[]): SiteAlert => ({
  code: "MA911-0001",
  title: "911 outage in Massachusetts",
  incidentId: "incident-1",
  agencyCode: "MA911",
  agency: AGENCY,
  sentAt: NOW - HOUR,
  endsAt: NOW + HOUR,
  failure: "full",
  timeZone: "America/New_York",
  messages: places.flatMap((place) =>
    place.said.map((message) => ({
      identifier: message.identifier,
      sha256: "0".repeat(64),
      sent: "2024-06-18T13:27:00-04:00",
      msgType: message.msgType,
      tells: message.tells,
      audience: "phones" as const,
      placeIds: [place.id],
      place: place.label,
      headline: message.texts["en-US"]?.headline ?? "",
      standing: message.standing,
    })),
  ),
});

export const factsOf = (
  places: readonly SitePlace[],
  {
    demonstration = true,
    languages = LANGUAGES,
  }: { demonstration?: boolean; languages?: readonly SiteLanguage[] } = {},
): SiteFacts => ({
  name: "Callbox demonstration",
  demonstration,
  url: "https://911.example.gov",
  timeZone: "America/New_York",
  since: NOW - 30 * 86_400_000,
  languages,
  agencies: [{ code: "MA911", name: AGENCY["en-US"] }],
  places,
  alerts: places.some(({ said }) => said.length > 0) ? [alertOf(places)] : [],
  now: NOW,
});

/** Whole sites: everything at once, a quiet day, and all 351 places down. */
export const SITES = {
  "every state": factsOf(PLACES),
  "a quiet day": factsOf(["granby", "ludlow", "north-adams", "north-reading"].map((name) => placeOf(name))),
  "351 places down": factsOf(
    Array.from({ length: 351 }, (_, index) =>
      withMessage(`${String.fromCodePoint(97 + (index % 26))}town-${index}`, {
        numbers: [
          {
            e164: `+1413555${String(100 + (index % 99)).padStart(4, "0")}`,
            extension: "",
            lastAnsweredAt: NOW - (index % 30) * 24 * HOUR,
          },
        ],
      }),
    ),
  ),
} as const;

/** Writes a site as its server reads it, without a database and uncompressed. */
export function packSite(folder: string, facts: SiteFacts): void {
  const table: SiteTable = { madeAt: facts.now, policy: POLICY, files: {} };
  const bodies: Buffer[] = [];
  let at = 0;
  for (const file of listFiles(facts)) {
    const body = Buffer.from(file.message ? "<alert/>" : file.make());
    const raw: Span = [at, body.length];
    bodies.push(body);
    at += body.length;
    table.files[file.path] = { key: file.key, etag: file.key, raw, ...(file.until ? { until: file.until } : {}) };
  }
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, PACK), Buffer.concat([...bodies, foot(table, at)]));
}

/** Bytes of a page as it is sent. */
export const weigh = (page: string) => ({
  raw: Buffer.byteLength(page),
  gzip: zlib.gzipSync(page, { level: 6 }).length,
  brotli: zlib.brotliCompressSync(page, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4, [zlib.constants.BROTLI_PARAM_LGWIN]: 18 },
  }).length,
});
