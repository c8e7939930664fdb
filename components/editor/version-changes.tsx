import type { AlertContent } from "../../lib/alerts/schema";
import { groupBy } from "../../lib/platform/group-by";
import { Flowing } from "../ui/flowing";
import { WordDiff } from "../ui/word-diff";
import { type DifferingText, differingTexts, listTexts } from "./differing-texts";

/** How many texts of one version stand open, of those that changed and of a first one. */
const SHOWN = 10;
const SHOWN_AT_FIRST = 2;

/** What one saved version changed in the texts, word by word; of the first one, all of them. */
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
  const nameOf = (id: string) => names.get(id) ?? id;
  if (before === null) {
    // The languages of one text stand side by side.
    const labels = [...groupBy(listTexts(now, nameOf), ({ label }) => label).values()];
    return (
      <>
        <Received labels={labels.slice(0, SHOWN_AT_FIRST)} />
        {labels.length > SHOWN_AT_FIRST && (
          <details>
            <summary>{labels.length - SHOWN_AT_FIRST} more texts</summary>
            <Received labels={labels.slice(SHOWN_AT_FIRST)} />
          </details>
        )}
      </>
    );
  }
  const texts = differingTexts(now, before, nameOf);
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

/** Texts with their slots by what they say, each in every language. */
function Received({ labels }: { labels: readonly (readonly ReturnType<typeof listTexts>[number][])[] }) {
  return labels.map((texts) => (
    <div key={texts[0]?.key}>
      <strong>{texts[0]?.label}</strong>
      <div className="texts-received">
        {texts.map(({ key, language, languageName, mine }) => (
          <div className="received" key={key}>
            <span className="hint">{languageName}</span>
            <div lang={language} data-verbatim>
              <Flowing text={mine} />
            </div>
          </div>
        ))}
      </div>
    </div>
  ));
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
