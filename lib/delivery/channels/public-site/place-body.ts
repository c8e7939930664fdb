import { formatNumber } from "../../../directory/schema";
import { adviseWithoutNumber, callFor, say, type SiteWords } from "../../../wording/site-words";
import {
  currentOf,
  folderOf,
  type SaidMessage,
  type SaidNumber,
  type SiteFacts,
  type SiteLanguage,
  type SitePlace,
  standingOf,
} from "./facts";
import { describeParts, flowing, headingOf, listWrong, noticeOf, officialTexts, summarize } from "./official";
import { type Html, markup } from "./html";
import { formatDate, formatWhen } from "./times";

/** What the page of one place says: the number, until when, what to do, what has been said. Pure. */

interface Dialable {
  e164: string;
  extension: string;
}

/** A number to press. An extension is dialed after a pause. @param target "_top" out of a frame */
export function numberLink(number: Dialable, cls = "", target = ""): Html {
  const dial = number.extension ? `${number.e164},${number.extension}` : number.e164;
  // On a narrow screen an extension goes to the next line, where the number itself never breaks.
  const shown = formatNumber(number);
  const bare = formatNumber({ ...number, extension: "" });
  const text = number.extension ? markup`<span class="n">${bare}</span>${shown.slice(bare.length)}` : shown;
  const classes = [cls, number.extension && cls ? "ext" : ""].filter(Boolean).join(" ");
  return markup`<a${classes ? markup` class="${classes}"` : null} href="tel:${dial}"${target ? markup` target="${target}"` : null} dir="ltr">${text}</a>`;
}

export function describeStanding(
  words: SiteWords,
  message: Pick<SaidMessage, "standing" | "endsAt">,
  now: number,
): string {
  if (message.standing === "taken-back") return words.takenBack;
  if (message.standing === "replaced") return words.replaced;
  return message.standing === "ended" || message.endsAt <= now ? words.ended : words.validNow;
}

/** The same on a page, which goes on to be true once the message has ended, though nobody made it anew. */
export function standingMark(words: SiteWords, message: Pick<SaidMessage, "standing" | "endsAt">, now: number): Html {
  const text = describeStanding(words, message, now);
  return text === words.validNow
    ? markup`<span data-ends="${message.endsAt}" data-then="${words.ended}">${text}</span>`
    : markup`${text}`;
}

function keptSection(words: SiteWords, place: SitePlace, language: SiteLanguage, heading: string): Html {
  const { kept } = place;
  return markup`<section>
    <h2>${heading}</h2>
    ${
      kept
        ? markup`<p>${words.keep}</p>
            <p>
              ${numberLink(kept, "number")}<br /><span class="small"
                >${kept.desks[language.code] ? `${kept.desks[language.code]}. ` : ""}${
                  kept.lastAnsweredAt !== null &&
                  say(words.lastAnswered, { date: formatDate(language.code, place.timeZone, kept.lastAnsweredAt) })
                }</span
              >
            </p>`
        : markup`<p>${words.noneToKeep}</p>`
    }
  </section>`;
}

export function saidSection(words: SiteWords, place: SitePlace, language: SiteLanguage, facts: SiteFacts): Html | null {
  const list = place.said.filter(({ tells }) => tells !== "withdrawal" || place.said.length > 0).slice(0, 10);
  if (list.length === 0) return null;
  return markup`<section>
    <h2>${words.saidHeading}</h2>
    <ul>
      ${list.map(
        (message) =>
          markup`<li>
            ${formatWhen(language.code, place.timeZone, message.sentAt)}:
            <a href="/${folderOf(facts, language)}alerts/${message.alertCode}"
              >${summarize(language, place, message)}</a
            >
            (${standingMark(words, message, facts.now)})
          </li>`,
      )}
    </ul>
  </section>`;
}

function band(cls: string, title: string, lines: readonly (string | null)[]): Html {
  return markup`<div class="band ${cls}">
    <div class="w">
      <h1>${title}</h1>
      ${lines.map((line) => line && markup`<p>${line}</p>`)}
    </div>
  </div>`;
}

function outBody(
  facts: SiteFacts,
  place: SitePlace,
  language: SiteLanguage,
  message: SaidMessage,
  ended: boolean,
): Html {
  const { words, code } = language;
  const when = (at: number) => formatWhen(code, place.timeZone, at);
  const [first, ...others] = message.numbers;
  const checked = ({ lastAnsweredAt }: SaidNumber) =>
    lastAnsweredAt !== null &&
    markup`<br /><span class="small"
        >${say(words.lastAnswered, { date: formatDate(code, place.timeZone, lastAnsweredAt) })}</span
      >`;
  // Approved advice that is only quoted helps nobody who reads neither language: what always holds goes before it. It
  // stands alone where the approved advice is to call a number that has been called wrong since.
  const standingAdvice = markup`${adviseWithoutNumber(words, message.failure).map((line) => markup`<p>${line}</p>`)}`;
  const official = markup`<section>
    ${officialTexts(facts, language, message, first ? ["description", "instruction"] : ["rest"])}
  </section>`;
  const past = band("past", say(words.past, { place: place.label }), [
    say(words.pastSays, { time: when(message.endsAt) }),
    words.quiet,
  ]);
  const now = markup`${band("out", headingOf(words, place, message), [say(words.since, { time: when(message.beganAt) })])}
    <div class="w">
      <div class="frame">
        ${listWrong(words, message).map((line) => markup`<p class="bar">${flowing(line)}</p>`)}
        ${
          first
            ? markup`<p>
                  ${callFor(words, message.failure)}<br />${numberLink(first, "number")}${checked(first)}
                </p>
                ${others.map((number) => markup`<p>${numberLink(number, "number")}${checked(number)}</p>`)}`
            : message.wrong.length > 0
              ? markup`<div class="do">${standingAdvice}</div>`
              : markup`${message.texts[code] ? null : markup`<p>${words.noNumber}</p>`}${language.translation ? standingAdvice : null}
                  <div class="do">${officialTexts(facts, language, message, ["action"])}</div>`
        }
      </div>
      <p>
        <strong>${say(words.validUntil, { time: when(message.endsAt) })}</strong>
      </p>
      ${message.textsWork && !place.takesNoTexts && markup`<p>${facts.demonstration ? words.textsWork : markup`<a href="sms:911">${words.textsWork}</a>`}</p>`}
      <p class="bar">${first ? words.notTest : words.notTestAlone}</p>
      ${noticeOf(language)}
      ${language.translation ? null : official}
      ${
        first
          ? markup`<section>
              <h2>${words.relayHeading}</h2>
              <p>${flowing(say(words.relay, { number: formatNumber(first) }))}</p>
            </section>`
          : null
      }
      <section>
        <h2>${words.nextHeading}</h2>
        <p>${say(words.next, { time: when(message.nextUpdateAt) })}</p>
      </section>
      ${language.translation ? official : null}
    </div>`;
  const instead = markup`${past}
    <div class="w">
      ${noticeOf(language)}
      ${keptSection(words, place, language, words.forNextTime)}
    </div>`;
  // What is read afterwards is no part of the page until then: a reader without styles would show both.
  return ended ? instead : markup`<div data-now>${now}</div><script type="text/plain" data-after>${instead}</script>`;
}

export function placeBody(facts: SiteFacts, place: SitePlace, language: SiteLanguage, ended: boolean): Html {
  const { words, code } = language;
  const standing = standingOf(place, facts.now);
  const current = currentOf(place, facts.now) ?? place.said[0];
  if (standing === "out" && current) return outBody(facts, place, language, current, ended);
  const when = (at: number) => formatWhen(code, place.timeZone, at);
  const kept = keptSection(words, place, language, words.forNextTime);
  if (standing === "restored" && current) {
    const lines = [
      current.restoredAt === null ? null : say(words.since, { time: when(current.restoredAt) }),
      words.quiet,
    ];
    return markup`${band("restored", say(words.restored, { place: place.label }), lines)}
      <div class="w">
        ${noticeOf(language)}${officialTexts(facts, language, current, ["description", "instruction"])}${kept}
      </div>`;
  }
  if (standing === "past" && current) {
    return markup`${band("past", say(words.past, { place: place.label }), [say(words.pastSays, { time: when(current.endsAt) }), words.quiet])}
      <div class="w">${noticeOf(language)}${kept}</div>`;
  }
  const quiet = band("quiet", words.quiet, [say(words.quietSays, { place: place.label })]);
  const parts = describeParts(facts, place, language);
  const top = parts
    ? markup`<div data-now>${band("out", parts.heading, [parts.text])}</div>
        <script type="text/plain" data-after>${quiet}</script>`
    : quiet;
  return markup`${top}
    <div class="w">${noticeOf(language)}${kept}</div>`;
}
