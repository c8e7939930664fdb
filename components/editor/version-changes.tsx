import type { AlertContent } from "../../lib/alerts/schema";
import { Flowing } from "../ui/flowing";
import { WordDiff } from "../ui/word-diff";
import { type DifferingText, differingTexts } from "./differing-texts";

/** How many texts of one version stand open. */
const SHOWN = 10;

/** What one saved version changed in the texts, word by word; of the first one, what its phones read. */
export function VersionChanges({
  before,
  now,
  names,
}: {
  before: AlertContent | null;
  now: AlertContent;
  /** Of places, counties and areas with wording of their own, by id. */
  names: ReadonlyMap<string, string>;
}) {
  if (before === null) {
    return (
      <div className="texts-received">
        {Object.entries(now.texts).map(([language, { place }]) => (
          <p className="received" key={language} lang={language} data-verbatim>
            <Flowing text={`${place.short}\n\n${place.long}`} />
          </p>
        ))}
      </div>
    );
  }
  const texts = differingTexts(now, before, (id) => names.get(id) ?? id);
  if (texts.length === 0) return <p className="second">The texts stayed as they were.</p>;
  return (
    <>
      <Changes texts={texts.slice(0, SHOWN)} />
      {texts.length > SHOWN && (
        <details>
          <summary>{texts.length - SHOWN} more texts</summary>
          <Changes texts={texts.slice(SHOWN)} />
        </details>
      )}
    </>
  );
}

function Changes({ texts }: { texts: readonly DifferingText[] }) {
  return texts.map(({ key, label, language, languageName, mine, theirs }) => (
    <div key={key} lang={language}>
      <strong lang="en">
        {label}, {languageName}
      </strong>
      <WordDiff before={theirs} after={mine} />
    </div>
  ));
}
