"use client";

import { useState } from "react";
import { type Bundle, type BundleMessage, textsAt } from "../../lib/alerts/bundle";
import { homeCounty } from "../../lib/alerts/plan";
import { renderMessage } from "../../lib/alerts/renderers/cap-2";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { describeIdentifier, identifierOf } from "../../lib/standards/cellbroadcast/message-identifiers";
import { formatCounty } from "../../lib/places/county-kinds";
import { PART_SPECS } from "../../lib/wording/texts";
import { useLanguageOf } from "../layout/providers";
import { Facts } from "../ui/facts";
import { Segmented } from "../ui/segmented";
import { formatPeople, formatDuration, formatPlaces } from "../ui/time";
import { PhonePreview } from "./phone-preview";

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
  const languageOf = useLanguageOf();
  const [wanted, setWanted] = useState(message.texts[0]?.language ?? "");
  const [part, setPart] = useState<"short" | "long">("long");
  const texts = textsAt(bundle, message, now);
  const shown = texts.find(({ language }) => language === wanted) ?? texts[0];
  const words = shown && languageOf(shown.language);
  if (!shown || !words) return <p>This message has no text.</p>;
  const cap = renderMessage(bundle, message, now);
  const info = cap.info.find(({ language }) => language === shown.language);
  const identifier = info && identifierOf(cap, info);
  const text = shown.parts[part];
  const county = homeCounty(place);
  return (
    <>
      <div className="row">
        <Segmented
          label="Language"
          value={shown.language}
          onChange={setWanted}
          options={texts.map(({ language }) => ({ value: language, says: languageOf(language)?.name ?? language }))}
        />
        <Segmented
          label="Length"
          value={part}
          onChange={setPart}
          options={(["short", "long"] as const).map((length) => ({
            value: length,
            says: `${PART_SPECS[length].limit}`,
            label: `${PART_SPECS[length].limit} characters`,
          }))}
        />
      </div>
      {bundle.purpose === "cancellation" && (
        <p>
          <strong>Phones show nothing new for a cancellation:</strong> the broadcast of the earlier message ends.{" "}
          {bundle.messages.some(({ msgType }) => msgType === "Alert")
            ? "This text goes to phones with it, as a message of its own."
            : "Stations and CAP readers get this text, and phones do not."}
        </p>
      )}
      {bundle.purpose === "cancellation" ? (
        <blockquote lang={shown.language}>{text}</blockquote>
      ) : (
        <PhonePreview text={text} language={words} {...phoneTimes(now, bundle.timeZone, shown.language)} />
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
