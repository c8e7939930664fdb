"use client";

import { type Bundle, type BundleMessage, textsAt, zoneOf } from "../../lib/alerts/bundle";
import { isOnlyShortened } from "../../lib/alerts/choose-wording";
import type { AlertForReview } from "../../lib/alerts/data";
import { homeCounty } from "../../lib/alerts/plan";
import { formatCounty } from "../../lib/places/county-kinds";
import { PART_SPECS, type Part } from "../../lib/wording/texts";
import { useLanguageOf, useLanguages } from "../layout/providers";
import { PhonePreview } from "../preview/phone-preview";
import { phoneTimes } from "../preview/phone-tab";
import { PreviewPane } from "../preview/preview-pane";
import { Flowing } from "../ui/flowing";
import { formatClock } from "../ui/time";
import type { ReviewGroups } from "./review-state";

/** Some parts of a message, in each language side by side. */
function Received({
  bundle,
  message,
  parts,
  now,
}: {
  bundle: Bundle;
  message: BundleMessage;
  parts: readonly Part[];
  now: number;
}) {
  const languageOf = useLanguageOf();
  return (
    <div className="texts-received">
      {textsAt(bundle, message, now).map((text) => (
        <p className="received" key={text.language} lang={text.language} dir={languageOf(text.language)?.direction}>
          <Flowing text={parts.map((part) => text.parts[part]).join("\n\n")} />
        </p>
      ))}
    </div>
  );
}

/** Texts as they will be received: the common wording on a phone, those that differ beside it, everything else folded. */
export function TextsReceived({
  alert,
  bundle,
  groups: { phones, counties },
  shownTown,
  onShow,
  now,
}: {
  alert: AlertForReview;
  bundle: Bundle;
  groups: ReviewGroups;
  shownTown: string;
  onShow: (placeId: string) => void;
  now: number;
}) {
  const languageOf = useLanguageOf();
  const { facts, content } = alert;
  const message = phones.find(({ placeId }) => placeId === shownTown) ?? phones[0];
  const place = facts.places.find(({ id }) => message?.placeIds.includes(id));
  if (!message || !place) return <p>This alert has no text for phones.</p>;
  const others = phones.filter(({ placeId }) => placeId !== message.placeId);
  const custom = others.filter(({ placeId }) => {
    const own = content.customWording[placeId];
    return own && !isOnlyShortened(content, own);
  });
  // What else goes out in the same review: the first alert of places that joined, the all-clear of others.
  const kinds = (
    [
      ["The all-clear", (one: BundleMessage) => one.tells === "all-clear"],
      ["The border notice", (one: BundleMessage) => one.tells === "neighbor"],
      [
        "The first alert of places that joined",
        (one: BundleMessage) => one.tells === "outage" && one.msgType === "Alert",
      ],
      ["The update", (one: BundleMessage) => one.tells === "outage" && one.msgType === "Update"],
    ] as const
  ).flatMap(([says, fits]) => {
    const other = fits(message) ? undefined : others.find(fits);
    return other ? [{ message: other, says }] : [];
  });
  const without = others.find(({ tells, numbers }) => tells === "outage" && numbers.length === 0);
  const stations = counties.find(({ placeId }) => placeId === homeCounty(place).id) ?? counties[0];
  return (
    <>
      <div className="rule" id="texts">
        <h2>Texts, as people will receive them</h2>
        <span>as if sent at {formatClock(now, zoneOf(bundle, message))}</span>
      </div>
      <label className="usa-label" htmlFor="shown-town">
        Shown for
      </label>
      <select
        className="usa-select"
        id="shown-town"
        value={message.placeId}
        onChange={(event) => onShow(event.target.value)}
      >
        {[...phones]
          .sort((left, right) => left.place.localeCompare(right.place))
          .map(({ placeId, place: name }) => (
            <option key={placeId} value={placeId}>
              {name}
            </option>
          ))}
      </select>
      <div className="texts-received">
        {textsAt(bundle, message, now).map(({ language, parts }) => {
          const words = languageOf(language);
          return (
            words && (
              <div key={language}>
                <PhonePreview
                  text={parts.long}
                  language={words}
                  {...phoneTimes(now, zoneOf(bundle, message), language)}
                />
                <p className="hint">
                  On older phones and networks, {parts.short.length} of {PART_SPECS.short.limit} characters:
                </p>
                <p className="received" lang={language} dir={words.direction}>
                  <Flowing text={parts.short} />
                </p>
              </div>
            )
          );
        })}
      </div>
      <h3>Web page, printed notice and CAP, for {message.place}</h3>
      <Received bundle={bundle} message={message} parts={["headline", "description", "instruction"]} now={now} />
      {stations && (
        <>
          <h3>Radio and television, for {stations.place}</h3>
          <Received bundle={bundle} message={stations} parts={["headline", "description", "instruction"]} now={now} />
        </>
      )}
      {without && (
        <>
          <h3>Without a number, shown for {without.place}</h3>
          <Received bundle={bundle} message={without} parts={["long"]} now={now} />
        </>
      )}
      {kinds.map(({ message: other, says }) => (
        <section key={`${other.identifier} kind`}>
          <h3>
            {says}, shown for {other.place}
          </h3>
          <Received bundle={bundle} message={other} parts={["long", "short"]} now={now} />
        </section>
      ))}
      {custom.map((other) => (
        <section key={other.identifier}>
          <h3>{other.place}, edited for this place only</h3>
          <Received bundle={bundle} message={other} parts={["long", "short"]} now={now} />
        </section>
      ))}
      <details>
        <summary>Post for social media and script to read aloud, for {message.place}</summary>
        <h3>Social media</h3>
        <Received bundle={bundle} message={message} parts={["social"]} now={now} />
        <h3>Script for call-takers, and for a recorded announcement</h3>
        <Received bundle={bundle} message={message} parts={["script"]} now={now} />
      </details>
      <details>
        <summary>
          EAS, CAP tree and XML, and map for {[...new Set([place.name, formatCounty(homeCounty(place))])].join(" and ")}
        </summary>
        <PreviewPane bundle={bundle} place={place} now={now} />
      </details>
      <details>
        <summary>Every short and long text, {phones.length + counties.length} messages</summary>
        <EveryText bundle={bundle} now={now} />
      </details>
    </>
  );
}

function EveryText({ bundle, now }: { bundle: Bundle; now: number }) {
  const languages = useLanguages().filter(({ code }) =>
    bundle.messages.some(({ texts }) => texts.some(({ language }) => language === code)),
  );
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="Every text">
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">Place</th>
            {languages.map(({ code, name }) => (
              <th scope="col" key={code} lang={code}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bundle.messages.map((message) => {
            const texts = new Map(textsAt(bundle, message, now).map(({ language, parts }) => [language, parts]));
            return (
              <tr key={message.identifier}>
                <th scope="row">{message.place}</th>
                {languages.map(({ code, direction }) => (
                  <td key={code} lang={code} dir={direction}>
                    <Flowing
                      text={texts.get(code)?.[message.audience === "broadcasters" ? "description" : "long"] ?? ""}
                    />
                    <div className="hint">
                      <Flowing text={texts.get(code)?.short ?? ""} />
                    </div>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
