"use client";

import { useId, useState } from "react";
import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import { homeCounty } from "../../lib/alerts/plan";
import { renderMessage } from "../../lib/alerts/renderers/cap-2";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { formatCounty } from "../../lib/places/county-kinds";
import { drawPolygons } from "../../lib/places/map";
import { writeCap } from "../../lib/standards/cap/write";
import { Facts } from "../ui/facts";
import { formatPeople } from "../ui/time";
import { CapTree } from "./cap-tree";
import { EasPreview } from "./eas-preview";
import { PhoneTab } from "./phone-tab";

const TABS = ["Phone", "EAS", "CAP", "Map"] as const;
type Tab = (typeof TABS)[number];

/** The alert of one town as the phone, the broadcaster and a CAP reader will get it: the functions that publish it. */
export function PreviewPane({ bundle, place, now }: { bundle: Bundle; place: PlaceFacts; now: number }) {
  const [tab, setTab] = useState<Tab>("Phone");
  const id = useId();
  const phone = bundle.messages.find(({ audience, placeIds }) => audience === "phones" && placeIds.includes(place.id));
  const county = bundle.messages.find(
    ({ audience, placeId }) => audience === "broadcasters" && placeId === homeCounty(place).id,
  );
  if (!phone || !county) return <p>There is no message for this place.</p>;
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
              const next = TABS[(index + step + TABS.length) % TABS.length] ?? name;
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
      <p className="hint">Times are as if sent now. They are set at publication.</p>
    </div>
  );
}

function MapTab({ place }: { place: PlaceFacts }) {
  const { viewBox, path } = drawPolygons(place.polygons, 300);
  const points = place.polygons.reduce((sum, polygon) => sum + polygon.split(" ").length, 0);
  const county = homeCounty(place);
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
              {place.approximate && <strong>, approximate: the part of the county nearest to its center</strong>}
            </>,
          ],
          ...place.counties.map(({ id, name, sameCode }): [string, string] => [
            "County",
            `${formatCounty({ id, name })}, SAME ${sameCode}`,
          ]),
          [
            "People",
            `${place.name}: ${formatPeople([place.population])}; the county: ${formatPeople([county.population])}`,
          ],
        ]}
      />
    </div>
  );
}
