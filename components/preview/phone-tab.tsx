"use client";

import { type Bundle, type BundleMessage, zoneOf } from "../../lib/alerts/bundle";
import { homeCounty } from "../../lib/alerts/plan";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { describeIdentifier } from "../../lib/standards/cellbroadcast/message-identifiers";
import { formatCounty } from "../../lib/places/county-kinds";
import { PART_SPECS } from "../../lib/wording/texts";
import { Facts } from "../ui/facts";
import { formatPeople, formatDuration, formatPlaces } from "../ui/time";
import { PhonePreview } from "./phone-preview";
import { useShownText } from "./use-shown-text";

/** The clock and the day a phone shows, in the zone of the places. */
export function phoneTimes(now: number, timeZone: string, language: string) {
  return {
    clock: new Intl.DateTimeFormat("en-US", { timeZone, hour: "numeric", minute: "2-digit" })
      .format(now)
      .replace(/\s?[AP]M/, ""),
    day: new Intl.DateTimeFormat(language, { timeZone, weekday: "long", month: "long", day: "numeric" }).format(now),
  };
}

/** A message as a phone shows it, in each language and length. */
export function PhoneTab({
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
  const shown = useShownText(bundle, message, now);
  if (!shown?.words) return <p>This message has no text.</p>;
  const { language, words, part, text, identifier, choice } = shown;
  const county = homeCounty(place);
  return (
    <>
      {choice}
      {bundle.purpose === "cancellation" && (
        <p>
          <strong>Phones show nothing new for a cancellation:</strong> the broadcast of the earlier message ends.{" "}
          {bundle.messages.some(({ msgType }) => msgType === "Alert")
            ? "This text goes to phones with it, as a message of its own."
            : "Stations and CAP readers get this text, and phones do not."}
        </p>
      )}
      {bundle.purpose === "cancellation" ? (
        <blockquote lang={language}>{text}</blockquote>
      ) : (
        <PhonePreview text={text} language={words} {...phoneTimes(now, zoneOf(bundle, message), language)} />
      )}
      <Facts
        items={[
          ["Characters", `${text.length} of ${PART_SPECS[part].limit}`],
          ["For phones in", `${message.place}, ${formatPeople([message.population])}`],
          [
            "If the map outline is lost",
            <>
              <strong>
                All of {formatCounty(county)}, {formatPeople([county.population])}.
              </strong>{" "}
              {county.size > 1 && `${formatPlaces(county.size - 1)} outside this message would read it.`}
            </>,
          ],
          [
            "Cell broadcast",
            identifier === undefined
              ? "not shown on phones"
              : `message ${identifier}: ${describeIdentifier(identifier) ?? "unknown"}`,
          ],
          ["Not shown on", "phones with public safety alerts turned off"],
          ["Ends", `${formatDuration(bundle.validMinutes * 60_000)} after publication`],
        ]}
      />
      <p className="hint">
        Times are as if sent now. They are set at publication. No tone is played here or anywhere in Callbox.
      </p>
    </>
  );
}
