"use client";

import { useState } from "react";
import { textsAt } from "../../lib/alerts/bundle";
import { renderMessage } from "../../lib/alerts/renderers/cap-2";
import { codeText, PAGE } from "../../lib/standards/cellbroadcast/gsm7";
import { describeIdentifier, identifierOf } from "../../lib/standards/cellbroadcast/message-identifiers";
import { writePages } from "../../lib/standards/cellbroadcast/pages";
import { useLanguageOf } from "../layout/providers";
import { Facts } from "../ui/facts";
import { Segmented } from "../ui/segmented";
import type { Previewed } from "./preview-pane";

/** The pages of one text as a cell broadcast center would send them, or why it can't. */
function pagesOf(text: string, language: string, messageIdentifier: number): { pages: string[] } | { problem: string } {
  try {
    return writePages({ serial: { scope: 1, code: 0, update: 0 }, messageIdentifier, text, language });
  } catch (error) {
    return { problem: error instanceof RangeError ? error.message : "The pages can’t be made." };
  }
}

/** A text as cell broadcast carries it: alphabet, pages, octets. Callbox sends nothing to a network. */
export function CellTab({ bundle, phone, now }: Previewed) {
  const languageOf = useLanguageOf();
  const texts = textsAt(bundle, phone, now);
  const [wanted, setWanted] = useState(texts[0]?.language ?? "");
  const [part, setPart] = useState<"short" | "long">("long");
  const shown = texts.find(({ language }) => language === wanted) ?? texts[0];
  const cap = renderMessage(bundle, phone, now);
  const info = cap.info.find(({ language }) => language === shown?.language);
  if (!shown || !info) return <p>This message has no text.</p>;
  const text = shown.parts[part];
  const coding = codeText(text);
  const identifier = identifierOf(cap, info);
  const made = identifier === undefined ? null : pagesOf(text, shown.language, identifier);
  return (
    <div className="stack">
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
          options={[
            { value: "short", says: "90", label: "90 characters" },
            { value: "long", says: "360", label: "360 characters" },
          ]}
        />
      </div>
      <Facts
        items={[
          ["Alphabet", coding.alphabet],
          [
            "Pages",
            `${coding.pages} of at most ${PAGE.most}, ${coding.alphabet === "GSM-7" ? PAGE.septets : PAGE.ucs2} characters each`,
          ],
          [
            "Because of",
            coding.forcedBy.length === 0 ? "only letters of the plain alphabet" : coding.forcedBy.join(" "),
          ],
          [
            "Message identifier",
            identifier === undefined
              ? "none: phones do not show it"
              : `${identifier}: ${describeIdentifier(identifier) ?? "unknown"}`,
          ],
        ]}
      />
      {made && "problem" in made && <p className="second">{made.problem}</p>}
      {made && "pages" in made && (
        <ol className="cell-pages" aria-label="Pages in hexadecimal">
          {made.pages.map((page) => (
            <li key={page} className="mono" data-verbatim>
              {page}
            </li>
          ))}
        </ol>
      )}
      <p className="hint">88 octets a page, with serial number 0 until a network gives one.</p>
    </div>
  );
}
