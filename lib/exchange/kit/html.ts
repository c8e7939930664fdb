import { fingerprint } from "../../record/chain";
import { type Kit, type KitNumber, type KitPlace, formatKitDay, writeKitData } from "./kit";
import { UNSIGNED } from "./sign";

/**
 * The kit as one file that opens from a USB stick: no other file, no network.
 * It is complete without its script, which only searches and checks.
 */

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const STYLE = `:root{color-scheme:light}body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;margin:0 auto;max-width:60rem;padding:0 1rem 4rem}
h1{font-size:1.7rem;line-height:1.2;margin:1rem 0}h2{font-size:1.2rem;margin:2rem 0 .25rem;border-top:2px solid #1b1b1b;padding-top:.5rem}
h3{font-size:1rem;margin:.75rem 0 .25rem}table{border-collapse:collapse;width:100%;font-size:.95rem}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #c6cace}
.number{font-weight:700;font-variant-numeric:tabular-nums;white-space:nowrap}.give{font-size:1.3rem}.warn{color:#9c3d10;font-weight:700}.hint{color:#565c65;font-size:.9rem}
.mono{font-family:ui-monospace,monospace;overflow-wrap:anywhere}.demo{background:#faf3d1;border:2px dashed #1b1b1b;padding:.5rem 1rem;font-weight:700}
blockquote{margin:.25rem 0;padding:.5rem .75rem;border-left:4px solid #565c65;background:#f0f0f0}input{font:inherit;padding:.5rem;width:20rem;max-width:100%}button{font:inherit;padding:.5rem 1rem}
.index{columns:16rem auto;list-style:none;padding:0}.wide{overflow-x:auto}@media print{input,button,label{display:none}section{break-inside:avoid}}`;

const SCRIPT = `(function(){
var now=Number(new Date),all=document.getElementById("all"),find=document.getElementById("find"),count=document.getElementById("count");
var read=all.textContent+"|"+Array.from(all.querySelectorAll("[data-until]")).map(function(cell){return cell.dataset.until}).join();
document.querySelectorAll("[data-until]").forEach(function(cell){if(Number(cell.dataset.until)<=now){cell.className="warn";cell.textContent+=" \\u2013 this date has passed; call it once before you give it out"}});
document.getElementById("finding").hidden=false;
find.addEventListener("input",function(){var wanted=find.value.trim().toLowerCase(),shown=0;
document.querySelectorAll("section[data-name]").forEach(function(part){part.hidden=wanted!==""&&part.dataset.name.indexOf(wanted)<0;if(!part.hidden)shown++});
count.textContent=shown+" shown"});
var check=document.getElementById("check"),said=document.getElementById("said");
if(window.crypto&&crypto.subtle){check.hidden=false;check.addEventListener("click",function(){
crypto.subtle.digest("SHA-256",new TextEncoder().encode(read)).then(function(hash){
var hex=Array.from(new Uint8Array(hash)).map(function(byte){return byte.toString(16).padStart(2,"0")}).join("");
said.textContent=hex===document.getElementById("shown").textContent?"Nothing that this page shows was damaged. Whether someone changed it on purpose, only the signature tells.":"This file WAS ALTERED. Do not use it."})})}
})();`;

/** What a reader of the page reads, as the browser gives it back: no tags, and characters as they are. */
const readable = (html: string) =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** The checksum of all that a page shows, dates of validity and all, as its script takes it. */
function checksumOf(shown: string): string {
  const untils = [...shown.matchAll(/ data-until="(\d+)"/g)].map(([, until]) => until);
  return fingerprint(`${readable(shown)}|${untils.join()}`);
}

function numberRow(number: KitNumber, timeZone: string, whose = ""): string {
  const until =
    number.verifiedUntil === null
      ? `<td class="warn">never answered a test call</td>`
      : `<td data-until="${number.verifiedUntil}">${escape(formatKitDay(number.verifiedUntil, timeZone))}</td>`;
  const network = number.network ? ` <span class="warn">on the 911 network</span>` : "";
  const warning = `${network}${number.warning ? ` <span class="warn">${escape(number.warning)}</span>` : ""}`;
  return `<tr><td class="number">${escape(number.number)}</td><td>${escape(number.service)}${whose}</td><td>${escape(number.desk)}, ${escape(number.hours)}, ${number.lines} ${number.lines === 1 ? "line" : "lines"}${warning}</td>${until}</tr>`;
}

const LANGUAGES: ReadonlyMap<string, string> = new Map(Object.entries({ "en-US": "English", "es-US": "Spanish" }));

/** Until when the number to give out is good, beside it. */
const giveUntil = ({ giveUntil: until }: KitPlace, timeZone: string) =>
  until === null ? "" : `, good until <span data-until="${until}">${escape(formatKitDay(until, timeZone))}</span>`;

function section(place: KitPlace, timeZone: string): string {
  const rows = [
    ...place.numbers.map((number) => numberRow(number, timeZone)),
    ...place.larger.flatMap(({ name, numbers }) =>
      numbers.map((number) => numberRow(number, timeZone, ` of ${escape(name)}`)),
    ),
  ].join("");
  const table =
    rows === ""
      ? `<p class="warn">No number.</p>`
      : `<div class="wide"><table><thead><tr><th>Number</th><th>For</th><th>Who answers</th><th>Good until</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  const give = place.give
    ? `<p>Give out: <span class="number give">${escape(place.give)}</span>${giveUntil(place, timeZone)}</p>`
    : `<p><strong>Give out no number; name places to go.</strong></p>`;
  const helpOptions =
    place.helpOptions.length > 0
      ? `<p>In an emergency people can also ${place.helpOptions.map(escape).join("; ")}.</p>`
      : "";
  const texts = place.texts
    .map(
      ({ language, short, long }) =>
        `<h3>${LANGUAGES.get(language) ?? language}</h3><blockquote lang="${language}">${escape(long)}</blockquote><blockquote lang="${language}">${escape(short)}</blockquote>`,
    )
    .join("");
  return `<section data-name="${escape(`${place.name} ${place.county} ${[...place.numbers, ...place.larger.flatMap(({ numbers }) => numbers)].map(({ number }) => number).join(" ")}`.toLowerCase())}"><h2 id="r${place.id}">${escape(place.name)}</h2><p class="hint">${escape(place.county)}. ${escape(place.why)}</p>${give}${table}${helpOptions}${texts}</section>`;
}

/** Every place by its first letter, with a way to its sheet: found without a script. */
function index(kit: Kit): string {
  const sorted = [...kit.places].sort((left, right) => left.name.localeCompare(right.name, "en"));
  const links = sorted.map(
    ({ id, name, give }) => `<li><a href="#r${id}">${escape(name)}</a> ${escape(give ?? "no number")}</li>`,
  );
  return `<h2>Every place, with the number to give out</h2><ul class="index">${links.join("")}</ul>`;
}

/**
 * @param checksum sha256 of writeKitData(kit), in hex
 * @param key public key that verifies the file
 * @returns the page, with an empty place for its signature
 */
export function writeKitHtml(kit: Kit, checksum: string, key: string): string {
  const day = formatKitDay(kit.madeAt, kit.timeZone);
  const finding = `<p id="finding" hidden><label for="find">Find a place </label><input id="find" type="search"> <span id="count" class="hint" role="status"></span></p>`;
  const shown = `<h1>If 911 fails and Callbox cannot be reached</h1>
${kit.demonstration ? `<p class="demo">Demonstration. Numbers are invented (555-01xx) and ring nowhere.</p>` : ""}
<p>${escape(kit.agency)}. Made on ${escape(day)}. Each number says until when its last test call is good.</p>
<ol>${kit.steps.map((step) => `<li>${escape(step)}</li>`).join("")}</ol>
${finding}
${index(kit)}
${kit.places.map((place) => section(place, kit.timeZone)).join("\n")}
<h2>Is this file whole?</h2>
<p>Signed by the site whose key is <span class="mono">${key}</span>. To check: <span class="mono">npm run callbox -- verify-kit --key ${key} THIS-FILE</span>. The console shows the key beside the kit.</p>
<p>Checksum (sha256) of its data, the same as on the printed kit of the same minute: <span class="mono">${checksum}</span></p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Callbox kit, ${escape(kit.agency)}, ${escape(day)}</title><style>${STYLE}</style></head>
<body><div id="all">${shown}</div>
<p>Signature: ${UNSIGNED}</p>
<p>Checksum of what this page shows: <span class="mono" id="shown">${checksumOf(shown)}</span></p>
<p><button id="check" type="button" hidden>Check for damage</button> <strong id="said" role="status"></strong></p>
<script type="application/json" id="kit">${writeKitData(kit)}</script><script>${SCRIPT}</script></body></html>
`;
}
