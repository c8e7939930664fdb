"use client";

import { type Bundle, type BundleMessage, zoneOf } from "../../lib/alerts/bundle";
import { joinNames } from "../../lib/alerts/message-slots";
import { type LostReach, reachWithoutOutline } from "../../lib/alerts/outline-lost";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { describeIdentifier } from "../../lib/standards/cellbroadcast/message-identifiers";
import { PART_SPECS } from "../../lib/wording/texts";
import { Facts } from "../ui/facts";
import { formatCount, formatDuration, formatPeople, formatPlaces } from "../ui/time";
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

/** How many counties are named. */
const NAMED = 3;

/** Whom the phones of whole counties reach, and who of them is not meant. */
function OutlineLost({ reach: { names, count, people, outside } }: { reach: LostReach }) {
  const counties =
    names && names.length <= NAMED ? joinNames(names, { and: " and " }) : `${formatCount(count)} counties`;
  return (
    <>
      <strong>
        All of {counties}
        {people !== null && `, ${formatPeople([people])}`}.
      </strong>{" "}
      {outside &&
        ("places" in outside
          ? `${formatPlaces(outside.places)} outside this message would read it.`
          : `${formatPeople([outside.people])} outside this message would read it.`)}
    </>
  );
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
            <OutlineLost key="lost" reach={reachWithoutOutline(bundle, message, place)} />,
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
