"use client";

import { useState } from "react";
import { formatInstant } from "../../lib/alerts/clock-words";
import type { CapAlert } from "../../lib/standards/cap/model";
import { parseCapTime } from "../../lib/standards/cap/time";
import { formatHeader, parseHeader, writeHeader } from "../../lib/standards/eas/header";
import { buildCrawl, EAS_TEXT_LIMIT } from "../../lib/standards/eas/text";
import { useLanguageOf } from "../layout/providers";
import { Facts } from "../ui/facts";
import { Flowing } from "../ui/flowing";
import { Segmented } from "../ui/segmented";
import { formatCount } from "../ui/time";

/** Words a minute at which stations read a crawl aloud. */
const WORDS_A_MINUTE = 150;

function formatAloud(text: string): string {
  // A ten-digit number is read digit by digit.
  const words = text.split(/\s+/).length + (text.match(/\d{3}-\d{3}-\d{4}/g)?.length ?? 0) * 6;
  const seconds = Math.round((words / WORDS_A_MINUTE) * 60);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** What a station makes of the message: its own sentence, ours behind it, the header in letters. Never a sound. */
export function EasPreview({
  alert,
  timeZone,
  county,
  counties = [],
}: {
  alert: CapAlert;
  timeZone: string;
  county: string;
  /** Those whose names the header's codes stand for. */
  counties?: readonly { name: string; sameCode: string }[];
}) {
  const [wanted, setWanted] = useState(alert.info[0]?.language ?? "");
  const languageOf = useLanguageOf();
  const info = alert.info.find(({ language }) => language === wanted) ?? alert.info[0]!;
  const sent = parseCapTime(alert.sent) ?? 0;
  const formatTime = (instant: number) => formatInstant("en-US", timeZone, instant, sent);
  const crawl = buildCrawl(alert, info, formatTime);
  const line = writeHeader(alert, info);
  const header = line === undefined ? undefined : parseHeader(line).header;
  // The last five digits of a code are the county; the first is a part of it.
  const nameOf = (code: string) => counties.find(({ sameCode }) => sameCode.slice(-5) === code)?.name;
  return (
    <div className="stack">
      <h3>{county}</h3>
      {alert.info.length > 1 && (
        <Segmented
          label="Language"
          value={info.language ?? ""}
          onChange={setWanted}
          options={alert.info.map(({ language = "" }) => ({
            value: language,
            says: languageOf(language)?.name ?? language,
          }))}
        />
      )}
      <p className="eas-crawl">
        <span className="station">{crawl.station}</span> <Flowing text={crawl.ours} />
      </p>
      <Facts
        items={[
          [
            "Length",
            <>
              {formatCount(crawl.length)} of {formatCount(EAS_TEXT_LIMIT)} characters
              {crawl.cut > 0 && <strong>; stations would cut off the last {crawl.cut}</strong>}
            </>,
          ],
          ["Read aloud", <>about {formatAloud(`${crawl.station} ${crawl.ours}`)}; stations have 2 minutes</>],
          [
            "Header",
            <span className="mono" key="header">
              {line}
            </span>,
          ],
          [
            "Header in words",
            header ? formatHeader(header, nameOf, sent, formatTime) : "none: a part of it is missing",
          ],
        ]}
      />
      <p className="hint">Gray words are the station&apos;s own. No tone is played here or anywhere in Callbox.</p>
    </div>
  );
}
