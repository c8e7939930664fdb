import { formatNumber } from "../../../directory/schema";
import { say, type SiteWords } from "../../../wording/site-words";
import { currentOf, type SaidMessage, type SiteFacts, type SiteLanguage, type SitePlace, standingOf } from "./facts";
import { folderOf, layout } from "./layout";
import { type Html, markup } from "./html";
import { formatDate, formatWhen } from "./times";

/** The page of one place: the number, until when, what to do, what has been said. Pure. */

interface Dialable {
  e164: string;
  extension: string;
}

/** A number to press. An extension is dialed after a pause. */
export function numberLink(number: Dialable, cls = ""): Html {
  const dial = number.extension ? `${number.e164},${number.extension}` : number.e164;
  return markup`<a${cls ? markup` class="${cls}"` : null} href="tel:${dial}" dir="ltr">${formatNumber(number)}</a>`;
}

/** The approved texts in a language, or in the first one they were written in. */
export const textsOf = (message: SaidMessage, language: SiteLanguage) =>
  message.texts[language.code] ?? Object.values(message.texts)[0] ?? { headline: "", description: "", instruction: "" };

export function describeStanding(
  words: SiteWords,
  message: Pick<SaidMessage, "standing" | "endsAt">,
  now: number,
): string {
  if (message.standing === "taken-back") return words.takenBack;
  if (message.standing === "replaced") return words.replaced;
  return message.standing === "ended" || message.endsAt <= now ? words.ended : words.validNow;
}

const NUMBER = /(\d{3}-\d{3}-\d{4}(?: (?:ext\.|extensión) \d+)?)/;

/** An approved text as it is, with its numbers kept on one line. */
export const flowing = (text: string): Html[] =>
  text.split(NUMBER).map((part, index) => (index % 2 === 1 ? markup`<span class="n">${part}</span>` : markup`${part}`));

const paragraphs = (text: string): Html[] => text.split(/\n+/).map((line) => markup`<p>${flowing(line)}</p>`);

/** What fails and where, as a heading. */
const headingOf = (words: SiteWords, place: SitePlace, message: SaidMessage): string =>
  say(words.inPlace, { what: words.failure[message.failure], place: place.label, state: place.stateName });

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

function saidSection(words: SiteWords, place: SitePlace, language: SiteLanguage, facts: SiteFacts): Html | null {
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
              >${flowing(textsOf(message, language).headline)}</a
            >
            (${describeStanding(words, message, facts.now)})
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

function outBody(place: SitePlace, language: SiteLanguage, message: SaidMessage, ended: boolean): Html {
  const { words, code } = language;
  const when = (at: number) => formatWhen(code, place.timeZone, at);
  const texts = textsOf(message, language);
  const [first] = message.numbers;
  const past = band("past", say(words.past, { place: place.label }), [
    say(words.pastSays, { time: when(message.endsAt) }),
  ]);
  const now = markup`${band("out", headingOf(words, place, message), [say(words.since, { time: when(message.beganAt) })])}
    <div class="w">
      <div class="frame">
        <p>${first ? words.call : words.noNumber}</p>
        ${
          message.numbers.length > 0
            ? message.numbers.map((number) => markup`<p>${numberLink(number, "number")}</p>`)
            : markup`${paragraphs(texts.instruction)}`
        }
      </div>
      <p>
        <strong>${say(words.validUntil, { time: when(message.endsAt) })}</strong>${
          place.kept?.lastAnsweredAt !== undefined &&
          place.kept.lastAnsweredAt !== null &&
          place.kept.e164 === first?.e164
            ? markup`<br /><span class="small"
                  >${say(words.lastAnswered, { date: formatDate(code, place.timeZone, place.kept.lastAnsweredAt) })}</span
                >`
            : null
        }
      </p>
      <p class="bar">${words.notTest}</p>
      <section>${paragraphs(texts.description)}${first ? paragraphs(texts.instruction) : null}</section>
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
    </div>`;
  const instead = markup`${past}
    <div class="w">
      <p>${words.callFirst}</p>
      ${keptSection(words, place, language, words.forNextTime)}
    </div>`;
  // What is read afterwards is no part of the page until then: a reader without styles would show both.
  return ended ? instead : markup`<div data-now>${now}</div><script type="text/plain" data-after>${instead}</script>`;
}

function bodyOf(facts: SiteFacts, place: SitePlace, language: SiteLanguage, ended: boolean): Html {
  const { words, code } = language;
  const standing = standingOf(place, facts.now);
  const current = currentOf(place, facts.now) ?? place.said[0];
  if (standing === "out" && current) return outBody(place, language, current, ended);
  const when = (at: number) => formatWhen(code, place.timeZone, at);
  const kept = keptSection(words, place, language, words.forNextTime);
  if (standing === "restored" && current) {
    const texts = textsOf(current, language);
    const lines = [
      current.restoredAt === null ? null : say(words.since, { time: when(current.restoredAt) }),
      words.quiet,
    ];
    return markup`${band("restored", say(words.restored, { place: place.label }), lines)}
      <div class="w">${paragraphs(texts.description)}${paragraphs(texts.instruction)}${kept}</div>`;
  }
  if (standing === "past" && current) {
    return markup`${band("past", say(words.past, { place: place.label }), [say(words.pastSays, { time: when(current.endsAt) }), words.quiet])}
      <div class="w">${kept}</div>`;
  }
  return markup`${band("quiet", words.quiet, [say(words.quietSays, { place: place.label })])}
    <div class="w">${kept}</div>`;
}

/** @param ended what is read after the alert ended, from a server that knows the time */
export function placePage(facts: SiteFacts, place: SitePlace, language: SiteLanguage, ended = false): string {
  const { words, code } = language;
  const standing = standingOf(place, facts.now);
  const message = currentOf(place, facts.now) ?? place.said[0];
  const title =
    standing === "out" && message
      ? headingOf(words, place, message)
      : standing === "restored"
        ? say(words.restored, { place: place.label })
        : standing === "past"
          ? say(words.past, { place: place.label })
          : `${words.quiet}: ${place.label}`;
  const agency = message ? (message.agency[code] ?? Object.values(message.agency)[0] ?? facts.name) : facts.name;
  return layout(facts, {
    path: place.path,
    language,
    title,
    by: agency,
    until: standing === "out" ? message?.endsAt : undefined,
    body: markup`${bodyOf(facts, place, language, ended)}
      <div class="w">
        ${saidSection(words, place, language, facts)}
        <section>
          <h2>${say(words.elsewhere, { place: place.name })}</h2>
          <p><a href="/${folderOf(facts, language)}">${words.find}</a></p>
        </section>
        ${
          message === undefined
            ? null
            : markup`<p class="small">
                ${say(words.published, { agency, time: formatWhen(code, place.timeZone, message.sentAt) })}
                <a href="/cap/${message.identifier}.xml">${words.signed}</a>.
                ${standing === "out" ? words.writeDown : null}
              </p>`
        }
      </div>`,
  });
}
