import { say } from "../../../wording/site-words";
import { currentOf, folderOf, type SiteFacts, type SiteLanguage, type SitePlace, standingOf } from "./facts";
import { markup } from "./html";
import { layout } from "./layout";
import { describeParts, headingOf } from "./official";
import { placeBody, saidSection } from "./place-body";
import { formatWhen } from "./times";

/** The whole page of one place. Pure. */

/** @param ended what is read after the alert ended, from a server that knows the time */
export function placePage(facts: SiteFacts, place: SitePlace, language: SiteLanguage, ended = false): string {
  const { words, code } = language;
  const standing = standingOf(place, facts.now);
  const message = currentOf(place, facts.now) ?? place.said[0];
  const isOut = standing === "out" && !ended;
  const parts = describeParts(facts, place, language);
  const title =
    isOut && message
      ? headingOf(words, place, message)
      : standing === "restored"
        ? say(words.restored, { place: place.label })
        : standing === "past" || ended
          ? say(words.past, { place: place.label })
          : (parts?.heading ?? `${words.quiet}: ${place.label}`);
  const agency = message ? (message.agency[code] ?? Object.values(message.agency)[0] ?? facts.name) : facts.name;
  return layout(facts, {
    path: place.path,
    placesNotice: true,
    language,
    title,
    by: agency,
    until: isOut ? message?.endsAt : parts?.until,
    body: markup`${placeBody(facts, place, language, ended)}
      <div class="w">
        ${saidSection(words, place, language, ended && message ? { ...facts, now: message.endsAt } : facts)}
        <section class="np">
          <h2>${say(words.elsewhere, { place: place.name })}</h2>
          <p><a href="/${folderOf(facts, language)}">${words.find}</a></p>
        </section>
        ${
          message === undefined
            ? null
            : markup`<p class="small">
                ${say(words.published, { agency, time: formatWhen(code, place.timeZone, message.sentAt) })}
                <span class="np"><a href="/cap/${message.identifier}.xml">${words.signed}</a>.</span>
                ${isOut && message.numbers.length > 0 ? markup`<span data-ends="${message.endsAt}">${words.writeDown}</span>` : null}
              </p>`
        }
      </div>`,
  });
}
