"use client";

import { codeText, PAGE } from "../../lib/standards/cellbroadcast/gsm7";
import { describeIdentifier } from "../../lib/standards/cellbroadcast/message-identifiers";
import { writePages } from "../../lib/standards/cellbroadcast/pages";
import { Facts } from "../ui/facts";
import type { Previewed } from "./preview-pane";
import { useShownText } from "./use-shown-text";

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
  const shown = useShownText(bundle, phone, now);
  if (!shown?.info) return <p>This message has no text.</p>;
  const { language, text, identifier, choice } = shown;
  const coding = codeText(text);
  const made = identifier === undefined ? null : pagesOf(text, language, identifier);
  return (
    <div className="stack">
      {choice}
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
