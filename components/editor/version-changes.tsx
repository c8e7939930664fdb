import type { AlertContent } from "../../lib/alerts/schema";
import { WordDiff } from "../ui/word-diff";
import { differingTexts } from "./differing-texts";

/** How many texts of one version are compared. */
const SHOWN = 10;

/** What one saved version changed in the texts, word by word; of the first one, what its phones read. */
export function VersionChanges({ before, now }: { before: AlertContent | null; now: AlertContent }) {
  if (before === null) {
    return (
      <div className="texts-received">
        {Object.entries(now.texts).map(([language, { place }]) => (
          <p className="received" key={language} lang={language} data-verbatim>
            {place.short}
            {"\n\n"}
            {place.long}
          </p>
        ))}
      </div>
    );
  }
  const texts = differingTexts(now, before);
  if (texts.length === 0) return <p className="second">The texts stayed as they were.</p>;
  return (
    <>
      {texts.slice(0, SHOWN).map(({ key, label, language, mine, theirs }) => (
        <div key={key} lang={language}>
          <strong lang="en">
            {label}, {language}
          </strong>
          <WordDiff before={theirs} after={mine} />
        </div>
      ))}
      {texts.length > SHOWN && <p className="hint">and {texts.length - SHOWN} more texts</p>}
    </>
  );
}
