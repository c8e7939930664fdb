import type { PressSheet, PressText, Told } from "../../press/schema";
import { type Html, markup } from "../public-site/html";

/**
 * What stands in an email about an alert, as text and as HTML: of each place the approved texts, its number and
 * until when they hold; of many places a table. Nothing in it has to be fetched, and no style is needed to read it. Pure.
 */

/** Places that are told in full; more are a table. */
export const TOLD_IN_FULL = 10;

export interface Letter {
  agency: string;
  title: string;
  exercise: boolean;
  demonstration: boolean;
  /** The public page of the alert; null in an exercise, which has none. */
  page: string | null;
  /** Null of what was approved before there were texts to tell. */
  told: Told | null;
  /** The places by name, where there is nothing to tell. */
  names: readonly string[];
  /** What is attached, as a sentence. */
  attached: string;
}

/** What has to be read before anything else. */
function bannersOf({ exercise, demonstration }: Letter): string[] {
  return [
    ...(exercise ? ["EXERCISE. This is an exercise. It is not for the public."] : []),
    ...(demonstration ? ["DEMONSTRATION. This is not a real outage. The numbers ring nowhere."] : []),
  ];
}

/** Texts that were approved, not facts in the words of the pages. */
const approvedOf = ({ texts }: PressSheet): PressText[] => texts.filter(({ translated }) => !translated);

interface Row {
  place: string;
  /** The number, or what people do instead. */
  number: string;
  validUntil: string;
  texts: PressText[];
}

/** Places in the order of the table; both halves of what is told are by name. */
function rowsOf({ whole, places }: Told): Row[] {
  return places.map((sheet, index): Row => {
    const texts = approvedOf(sheet);
    const row = whole.rows[index];
    const [first] = texts;
    const instead = first && row ? (row.instead[first.language] ?? "") : "";
    return {
      place: sheet.place,
      number: row && row.numbers.length > 0 ? row.numbers.join(", ") : instead,
      validUntil: first?.validUntil ?? "",
      texts,
    };
  });
}

/** One text with its call where there is a number to call. */
function linesOf(text: PressText, numbers: readonly string[]): string[] {
  return [
    ...(text.mode === null ? [] : [text.mode]),
    ...(text.ended === null ? [] : [text.ended]),
    text.headline,
    ...(text.call === null || numbers.length === 0 ? [] : [`${text.call} ${numbers.join(", ")}`]),
    ...(text.ended === null ? [text.validUntil] : []),
    ...text.body.split(/\n{2,}/),
    text.sender,
  ].filter((line) => line.trim() !== "");
}

function textOfPlaces(told: Told): string[] {
  const rows = rowsOf(told);
  if (rows.length > TOLD_IN_FULL)
    return [
      ...approvedOf(told.whole).flatMap(({ headline }) => [headline, ""]),
      ...rows.map(({ place, number, validUntil }) => `- ${place} – ${number} – ${validUntil}`),
      "",
    ];
  return told.places.flatMap((sheet) => [
    sheet.place.toUpperCase(),
    "",
    ...approvedOf(sheet).flatMap((text) => [linesOf(text, sheet.numbers).join("\n\n"), ""]),
  ]);
}

export function writeText(letter: Letter): string {
  const { agency, title, page, told, names, attached } = letter;
  return [
    ...bannersOf(letter).flatMap((banner) => [banner, ""]),
    `${agency}: ${title}`,
    "",
    ...(told ? textOfPlaces(told) : [...names.map((name) => `- ${name}`), ""]),
    ...(page === null ? [] : [`What people read: ${page}`, ""]),
    attached,
    "",
  ].join("\n");
}

const CELL = "border:1px solid #71767a;padding:4px 8px;text-align:left;vertical-align:top";

function tableOf(told: Told): Html {
  return markup`${approvedOf(told.whole).map((text) => markup`<p lang="${text.language}" dir="${text.direction}"><strong>${text.headline}</strong></p>`)}
    <table style="border-collapse:collapse">
      <thead><tr><th scope="col" style="${CELL}">Place</th><th scope="col" style="${CELL}">Number</th><th scope="col" style="${CELL}">Valid until</th></tr></thead>
      <tbody>${rowsOf(told).map(
        ({ place, number, validUntil }) =>
          markup`<tr><th scope="row" style="${CELL}">${place}</th><td style="${CELL}">${number}</td><td style="${CELL}">${validUntil}</td></tr>
          `,
      )}</tbody>
    </table>`;
}

const sectionOf = (sheet: PressSheet): Html =>
  markup`<h2>${sheet.place}</h2>
    ${approvedOf(sheet).map(
      (text) =>
        markup`<div lang="${text.language}" dir="${text.direction}">${linesOf(text, sheet.numbers).map(
          (line) => markup`<p>${line === text.headline ? markup`<strong>${line}</strong>` : line}</p>
          `,
        )}</div>
        `,
    )}`;

export function writeHtml(letter: Letter): string {
  const { agency, title, page, told, names, attached } = letter;
  return markup`<!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>${title}</title></head>
    <body style="font-family:sans-serif;max-width:45em">
    ${bannersOf(letter).map((banner) => markup`<p style="border:3px solid #b50909;padding:8px"><strong>${banner}</strong></p>`)}
    <h1 style="font-size:1.4em">${title}</h1>
    <p>${agency}</p>
    ${
      told === null
        ? markup`<ul>${names.map((name) => markup`<li>${name}</li>`)}</ul>`
        : told.places.length > TOLD_IN_FULL
          ? tableOf(told)
          : told.places.map(sectionOf)
    }
    ${page !== null && markup`<p>What people read: <a href="${page}">${page}</a></p>`}
    <p>${attached}</p>
    </body>
    </html>
    `.text;
}
