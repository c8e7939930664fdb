"use client";

import { Flowing } from "../ui/flowing";
import { PressHead } from "./press-head";
import type { Previewed } from "./preview-pane";
import { usePressText } from "./use-press-text";

/** The printed notice of a place: what people put up on a door. */
export function NoticeTab({ bundle, phone, place, outage, now }: Previewed) {
  const shown = usePressText(bundle, phone, place, outage?.failure, now);
  if (!shown) return <p>This message has no text.</p>;
  const { text, numbers, choice } = shown;
  return (
    <div className="stack">
      {choice}
      <figure className="notice-likeness" lang={text.language} dir={text.direction} aria-label={`Notice, ${text.name}`}>
        <PressHead text={text} numbers={numbers} />
        <p className="wording">
          <Flowing text={text.body} />
        </p>
        <p className="foot">
          <strong>{text.validUntil}</strong> {text.sender}
        </p>
      </figure>
      <p className="hint">
        {text.prints
          ? "One page, made at publication as a PDF, with a QR code to the public page. Times are as if sent now."
          : "Notices are made in Latin letters and simplified Chinese, so there is none in this language."}
      </p>
    </div>
  );
}
