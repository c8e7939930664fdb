"use client";

import { useId, useState } from "react";
import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import { renderMessage } from "../../lib/alerts/render";
import { drawPolygons } from "../../lib/places/map";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { valuesOf } from "../../lib/standards/cap/model";
import { describeIdentifier, identifierOf } from "../../lib/standards/cellbroadcast/message-identifiers";
import { writeCap } from "../../lib/standards/cap/write";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "../../lib/wording/schema";
import { Facts } from "../ui/facts";
import { sayCount, sayDuration } from "../ui/time";
import { CapTree } from "./cap-tree";
import { EasPreview } from "./eas-preview";
import { PhonePreview } from "./phone-preview";

const TABS = ["Phone", "EAS", "CAP", "Map"] as const;
type Tab = (typeof TABS)[number];

/** The alert of one town as the phone, the broadcaster and a CAP consumer will get it: the functions that publish it. */
export function PreviewPane({ bundle, place, now }: { bundle: Bundle; place: PlaceFacts; now: number }) {
  const [tab, setTab] = useState<Tab>("Phone");
  const id = useId();
  const phone = bundle.messages.find(({ audience, regionId }) => audience === "phones" && regionId === place.id);
  const county = bundle.messages.find(
    ({ audience, regionId }) => audience === "broadcasters" && regionId === place.countyId,
  );
  if (!phone || !county) return <p>No message is made for this place.</p>;
  return (
    <>
      <div className="segmented" role="tablist" aria-label="Preview">
        {TABS.map((name, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={tab === name}
            aria-controls={`${id}-panel`}
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              if (step === undefined) return;
              const next = TABS[(index + step + TABS.length) % TABS.length]!;
              setTab(next);
              document.getElementById(`${id}-${next}`)?.focus();
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} tabIndex={0}>
        {tab === "Phone" && <PhoneTab bundle={bundle} message={phone} place={place} now={now} />}
        {tab === "EAS" && (
          <EasPreview alert={renderMessage(bundle, county, now)} timeZone={bundle.timeZone} county={county.place} />
        )}
        {tab === "CAP" && <CapTab bundle={bundle} phone={phone} county={county} now={now} />}
        {tab === "Map" && <MapTab place={place} />}
      </div>
    </>
  );
}

function PhoneTab({
  bundle,
  message,
  place,
  now,
}: {
  bundle: Bundle;
  message: BundleMessage;
  place: PlaceFacts;
  now: number;
}) {
  const [language, setLanguage] = useState<Language>("en-US");
  const [long, setLong] = useState(true);
  const cap = renderMessage(bundle, message, now);
  const info = cap.info.find((candidate) => candidate.language === language)!;
  const text = valuesOf(info.parameter, long ? "CMAMlongtext" : "CMAMtext")[0] ?? "";
  const locale = language === "es-US" ? "es-US" : "en-US";
  const zone = { timeZone: bundle.timeZone };
  return (
    <>
      <div className="row">
        <div className="segmented" role="group" aria-label="Language">
          {LANGUAGES.map((name) => (
            <button key={name} type="button" aria-pressed={language === name} onClick={() => setLanguage(name)}>
              {LANGUAGE_NAMES[name]}
            </button>
          ))}
        </div>
        <div className="segmented" role="group" aria-label="Length">
          <button type="button" aria-pressed={!long} onClick={() => setLong(false)} aria-label="90 characters">
            90
          </button>
          <button type="button" aria-pressed={long} onClick={() => setLong(true)} aria-label="360 characters">
            360
          </button>
        </div>
      </div>
      <PhonePreview
        text={text}
        language={language}
        clock={new Intl.DateTimeFormat("en-US", { ...zone, hour: "numeric", minute: "2-digit" })
          .format(now)
          .replace(/\s?[AP]M/, "")}
        day={new Intl.DateTimeFormat(locale, { ...zone, weekday: "long", month: "long", day: "numeric" }).format(now)}
      />
      {bundle.kind === "cancel" && (
        <p className="hint">
          As a reader of CAP that shows texts would show it. Carriers send no text for a Cancel (WEA-017).
        </p>
      )}
      <Facts
        items={[
          [
            "Characters",
            <>
              {text.length} of {long ? 360 : 90}
            </>,
          ],
          [
            "Phones meant",
            <>
              {place.name}, {sayCount(place.population)} people
            </>,
          ],
          [
            "If the outline is lost",
            <>
              <strong>
                All of {place.countyName} County, {sayCount(place.countyPopulation)} people.
              </strong>{" "}
              {place.countySize - 1} other towns would read this.
            </>,
          ],
          [
            "Goes out as",
            <>
              cell-broadcast message {identifierOf(cap, info)}: {describeIdentifier(identifierOf(cap, info) ?? 0)}
            </>,
          ],
          ["Not shown on", <>phones with “public safety alerts” switched off</>],
          ["Ends", <>{sayDuration(bundle.validMinutes * 60_000)} after publication</>],
        ]}
      />
      <p className="hint">
        Times are as if sent now; they are stamped at publication. No tone is played here or anywhere in Callbox.
      </p>
    </>
  );
}

function CapTab({
  bundle,
  phone,
  county,
  now,
}: {
  bundle: Bundle;
  phone: BundleMessage;
  county: BundleMessage;
  now: number;
}) {
  const [forPhones, setForPhones] = useState(true);
  const [xml, setXml] = useState(false);
  const alert = renderMessage(bundle, forPhones ? phone : county, now);
  return (
    <div className="stack">
      <div className="row">
        <div className="segmented" role="group" aria-label="Which message">
          <button type="button" aria-pressed={forPhones} onClick={() => setForPhones(true)}>
            {phone.place}
          </button>
          <button type="button" aria-pressed={!forPhones} onClick={() => setForPhones(false)}>
            {county.place}
          </button>
        </div>
        <div className="segmented" role="group" aria-label="As">
          <button type="button" aria-pressed={!xml} onClick={() => setXml(false)}>
            Tree
          </button>
          <button type="button" aria-pressed={xml} onClick={() => setXml(true)}>
            XML
          </button>
        </div>
      </div>
      {xml ? (
        <pre className="xml-view" tabIndex={0} aria-label="CAP XML">
          {writeCap(alert)}
        </pre>
      ) : (
        <CapTree alert={alert} />
      )}
      <p className="hint">Times are as if sent now; they are stamped at publication.</p>
    </div>
  );
}

function MapTab({ place }: { place: PlaceFacts }) {
  const { viewBox, path } = drawPolygons(place.polygons, 300);
  const points = place.polygons.reduce((sum, polygon) => sum + polygon.split(" ").length, 0);
  return (
    <div className="stack">
      <svg className="town-outline" viewBox={viewBox} role="img" aria-label={`Outline of ${place.name}`}>
        <path d={path} />
      </svg>
      <Facts
        items={[
          [
            "Outline",
            <>
              {points} points
              {place.approximate && <strong>, approximate: the part of the county nearest to its middle</strong>}
            </>,
          ],
          [
            "County",
            <>
              {place.countyName}, SAME {place.sameCode}
            </>,
          ],
          [
            "People",
            <>
              {sayCount(place.population)} in {place.name}, {sayCount(place.countyPopulation)} in the county
            </>,
          ],
        ]}
      />
    </div>
  );
}
