"use client";

import { countCharacters } from "../../lib/wording/text-length";
import { PART_SPECS } from "../../lib/wording/texts";
import { Facts } from "../ui/facts";
import { Flowing } from "../ui/flowing";
import { PressHead } from "./press-head";
import type { Previewed } from "./preview-pane";
import { usePressText } from "./use-press-text";

/** The post of a place with its picture, in each language, and the script to read aloud. */
export function PostTab({ bundle, phone, place, outage, now }: Previewed) {
  const shown = usePressText(bundle, phone, place, outage?.failure, now);
  if (!shown) return <p>This message has no text.</p>;
  const { text, numbers, choice } = shown;
  const { language, direction } = text;
  if (text.post === "")
    return (
      <>
        {choice}
        <p>There is no post in this language. Write one under the texts for social media.</p>
      </>
    );
  return (
    <div className="stack">
      {choice}
      <p className="received" lang={language} dir={direction}>
        <Flowing text={text.post} />
      </p>
      <figure className="picture-likeness" lang={language} dir={direction} aria-label={`Picture, ${text.name}`}>
        <PressHead text={text} numbers={numbers} />
        <p className="foot">
          <strong>{text.validUntil}</strong> {text.sender}
        </p>
      </figure>
      <Facts
        items={[
          ["Characters", `${countCharacters("social", text.post)} of ${PART_SPECS.social.limit}, with room for a link`],
          ["Picture", "1200 × 630, made at publication with a code to the public page"],
        ]}
      />
      {text.script !== "" && (
        <>
          <h3>Script to read aloud</h3>
          <p className="received" lang={language} dir={direction}>
            <Flowing text={text.script} />
          </p>
        </>
      )}
      <p className="hint">Callbox posts nothing. After publication, people copy the post from the alert’s page.</p>
    </div>
  );
}
