"use client";

import { useEffect, useRef, useState } from "react";
import { type Bundle, type BundleMessage, textsAt } from "../../lib/alerts/bundle";
import { floorPromise } from "../../lib/alerts/clock-words";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import type { Failure } from "../../lib/directory/selection";
import type { SiteFacts, SiteLanguage, SitePlace } from "../../lib/delivery/channels/public-site/facts";
import { placeBody } from "../../lib/delivery/channels/public-site/place-body";
import { STYLE } from "../../lib/delivery/channels/public-site/style";
import { useLanguages } from "../layout/providers";
import { Segmented } from "../ui/segmented";
import type { Previewed } from "./preview-pane";

/** The place as its public page knows it, with this message in force and nothing before it. */
function sitePlace(
  bundle: Bundle,
  message: BundleMessage,
  place: PlaceFacts,
  failure: Failure,
  now: number,
): SitePlace {
  return {
    id: place.id,
    path: "",
    name: place.name,
    label: place.name,
    stateCode: place.stateCode,
    stateName: place.stateName,
    counties: place.counties,
    neighborIds: [],
    timeZone: place.timeZone,
    aliases: [],
    zips: [],
    kept: null,
    takesNoTexts: false,
    said: [
      {
        identifier: message.identifier,
        alertCode: "",
        incidentId: "",
        sentAt: now,
        endsAt: now + bundle.validMinutes * 60_000,
        nextUpdateAt: floorPromise(now + bundle.nextUpdateMinutes * 60_000),
        tells: message.tells,
        msgType: message.msgType,
        standing: message.msgType === "Cancel" ? "taken-back" : "in-force",
        failure,
        beganAt: message.beganAt ?? bundle.beganAt,
        restoredAt: message.restoredAt ?? null,
        // The directory's test calls are not part of a draft: the page itself says when each number was last answered.
        numbers: message.numbers
          .filter(({ placeId }) => placeId === place.id)
          .map(({ e164, extension }) => ({ e164, extension, lastAnsweredAt: null })),
        wrong: [],
        textsWork: false,
        texts: Object.fromEntries(textsAt(bundle, message, now).map(({ language, parts }) => [language, parts])),
        agency: bundle.senderName,
      },
    ],
  };
}

/** Finished markup with its own style, kept apart from the console's; nothing in it is followed. */
function Framed({ html, language }: { html: string; language: SiteLanguage }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    // A page's own body is the frame here.
    sheet.replaceSync(STYLE.replace("body{", ":host{").replaceAll("vw", "cqw"));
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = html;
    const stay = (event: Event) => event.preventDefault();
    root.addEventListener("click", stay);
    return () => root.removeEventListener("click", stay);
  }, [html]);
  return <div className="web-frame" ref={host} lang={language.code} dir={language.direction} data-verbatim />;
}

/** The page of the place on the public site, made by what publishes it. */
export function WebTab({ bundle, phone, place, failure, now }: Previewed & { failure: Failure }) {
  const languages = useLanguages().flatMap(({ code, name, direction, site }): SiteLanguage[] =>
    site ? [{ code, name, direction, words: site }] : [],
  );
  const [wanted, setWanted] = useState(languages[0]?.code ?? "");
  const language = languages.find(({ code }) => code === wanted) ?? languages[0];
  if (!language) return <p>The public site has no pages in any language.</p>;
  const site: SiteFacts = {
    name: "",
    demonstration: bundle.status === "Test",
    url: "",
    timeZone: bundle.timeZone,
    since: 0,
    languages,
    agencies: [],
    places: [],
    alerts: [],
    now,
  };
  const shown = sitePlace(bundle, phone, place, failure, now);
  return (
    <div className="stack">
      <Segmented
        label="Language"
        value={language.code}
        onChange={setWanted}
        options={languages.map(({ code, name }) => ({ value: code, says: name }))}
      />
      <Framed html={placeBody(site, shown, language, false).text} language={language} />
      <p className="hint">
        The page of {place.name} while the alert is valid. Its links work on the public site. Times are as if sent now.
      </p>
    </div>
  );
}
