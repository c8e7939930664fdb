"use client";

import { useEffect, useRef, useState } from "react";
import type { SiteFacts, SiteLanguage } from "../../lib/delivery/channels/public-site/facts";
import { placeBody } from "../../lib/delivery/channels/public-site/place-body";
import { STYLE } from "../../lib/delivery/channels/public-site/style";
import { useLanguages } from "../layout/providers";
import { Segmented } from "../ui/segmented";
import type { Previewed } from "./preview-pane";
import { previewPlace, type PreviewedOutage } from "./preview-place";

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
export function WebTab({ bundle, phone, place, outage, now }: Previewed & { outage: PreviewedOutage }) {
  const written = useLanguages();
  const languages = written.flatMap(({ code, name, direction, site }): SiteLanguage[] =>
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
  const shown = previewPlace(bundle, phone, place, outage, written, now);
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
        {bundle.status === "Exercise"
          ? `An exercise is never put on the public site. In an outage this would be the page of ${place.name}.`
          : `The page of ${place.name} while the alert is valid. Its links work on the public site.`}{" "}
        Times are as if sent now.
      </p>
    </div>
  );
}
