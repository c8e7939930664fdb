"use client";

import { type Bundle, type BundleMessage, zoneOf } from "../../lib/alerts/bundle";
import { homeCounty } from "../../lib/alerts/plan";
import { renderMessage } from "../../lib/alerts/renderers/cap-2";
import { formatCounty } from "../../lib/places/county-kinds";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { type Tab, Tabs } from "../ui/tabs";
import { CapTab } from "./cap-tab";
import { CellTab } from "./cell-tab";
import { EasPreview } from "./eas-preview";
import { MapTab } from "./map-tab";
import { NoticeTab } from "./notice-tab";
import { PhoneTab } from "./phone-tab";
import { PostTab } from "./post-tab";
import type { PreviewedOutage } from "./preview-place";
import { WebTab } from "./web-tab";

/** What a channel's preview is made from. */
export interface Previewed {
  bundle: Bundle;
  /** The same as when the page was opened, to mark what changed; without it nothing is marked. */
  before?: () => Bundle;
  place: PlaceFacts;
  /** The message for phones that covers the place, and the one of its county for broadcasters, if it gets one. */
  phone: BundleMessage;
  county: BundleMessage | null;
  /** What fails and whether texts arrive; without it there is no page of the place to show. */
  outage?: PreviewedOutage;
  now: number;
}

/** Where an alert is received, in the order of how many people it reaches at once. A further channel is a row. */
const CHANNELS: readonly { name: string; render: (previewed: Previewed) => React.ReactNode }[] = [
  { name: "Phone", render: (previewed) => <PhoneTab {...previewed} message={previewed.phone} /> },
  {
    name: "EAS",
    render: ({ bundle, county, place, now }) =>
      county ? (
        <EasPreview
          alert={renderMessage(bundle, county, now)}
          timeZone={zoneOf(bundle, county)}
          county={county.place}
          counties={place.counties}
        />
      ) : (
        <p>
          Stations of {formatCounty(homeCounty(place))} keep the message they have: 911 fails elsewhere in it. This
          alert is for phones and the public pages.
        </p>
      ),
  },
  { name: "CAP", render: (previewed) => <CapTab {...previewed} /> },
  { name: "Cell", render: (previewed) => <CellTab {...previewed} /> },
  { name: "Web", render: ({ outage, ...previewed }) => outage && <WebTab {...previewed} outage={outage} /> },
  { name: "Post", render: (previewed) => <PostTab {...previewed} /> },
  { name: "Notice", render: (previewed) => <NoticeTab {...previewed} /> },
  { name: "Map", render: ({ phone, place }) => <MapTab message={phone} place={place} /> },
];

/** The alert of one town as everyone who receives it will get it: the functions that publish it. */
export function PreviewPane(props: Omit<Previewed, "phone" | "county">) {
  const { bundle, place } = props;
  const phone = bundle.messages.find(({ audience, placeIds }) => audience === "phones" && placeIds.includes(place.id));
  const county = bundle.messages.find(
    ({ audience, placeId }) => audience === "broadcasters" && placeId === homeCounty(place).id,
  );
  if (!phone) return <p>There is no message for this place.</p>;
  const tabs = CHANNELS.filter(({ name }) => name !== "Web" || props.outage !== undefined).map(
    ({ name, render }): Tab => ({ name, render: () => render({ ...props, phone, county: county ?? null }) }),
  );
  return <Tabs label="Preview" tabs={tabs} />;
}
