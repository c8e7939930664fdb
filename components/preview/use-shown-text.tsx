"use client";

import { useState } from "react";
import { type Bundle, type BundleMessage, textsAt } from "../../lib/alerts/bundle";
import { renderMessage } from "../../lib/alerts/renderers/cap-2";
import { identifierOf } from "../../lib/standards/cellbroadcast/message-identifiers";
import { PART_SPECS } from "../../lib/wording/texts";
import { useLanguageOf } from "../layout/providers";
import { Segmented } from "../ui/segmented";

const LENGTHS = (["short", "long"] as const).map((length) => ({
  value: length,
  says: `${PART_SPECS[length].limit}`,
  label: `${PART_SPECS[length].limit} characters`,
}));

/**
 * The text of a message for phones in the language and length that is chosen.
 * @param now milliseconds since 1970; stands for the moment of sending
 * @returns the text with its CAP info and message identifier, and what it is chosen with; null for a message without texts
 */
export function useShownText(bundle: Bundle, message: BundleMessage, now: number) {
  const languageOf = useLanguageOf();
  const [wanted, setWanted] = useState(message.texts[0]?.language ?? "");
  const [part, setPart] = useState<"short" | "long">("long");
  const texts = textsAt(bundle, message, now);
  const shown = texts.find(({ language }) => language === wanted) ?? texts[0];
  if (!shown) return null;
  const cap = renderMessage(bundle, message, now);
  const info = cap.info.find(({ language }) => language === shown.language);
  return {
    language: shown.language,
    words: languageOf(shown.language),
    part,
    text: shown.parts[part],
    info,
    identifier: info && identifierOf(cap, info),
    choice: (
      <div className="row">
        <Segmented
          label="Language"
          value={shown.language}
          onChange={setWanted}
          options={texts.map(({ language }) => ({ value: language, says: languageOf(language)?.name ?? language }))}
        />
        <Segmented label="Length" value={part} onChange={setPart} options={LENGTHS} />
      </div>
    ),
  };
}
