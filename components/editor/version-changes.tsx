import {
  differingDecisions,
  listDecisions,
  listNumberDecisions,
  type Names,
  type SavedState,
} from "../../lib/alerts/history/differing-decisions";
import { type DifferingText, differingTexts, listTexts } from "../../lib/alerts/history/differing-texts";
import { groupBy } from "../../lib/platform/group-by";
import { Facts } from "../ui/facts";
import { Flowing } from "../ui/flowing";
import { formatPlaces } from "../ui/time";
import { WordDiff } from "../ui/word-diff";
import { DecisionChanges } from "./decision-changes";

/** How many texts of one version stand open, of those that changed and of a first one. */
const SHOWN = 10;
const SHOWN_AT_FIRST = 2;
/** How many places of a first version are named. */
const NAMED = 12;

/** What one saved version changed: decisions in words, then the texts word by word. Of the first one, all it says. */
export function VersionChanges({ before, now, names }: { before: SavedState | null; now: SavedState; names: Names }) {
  if (before === null) return <FirstVersion now={now} names={names} />;
  const decisions = differingDecisions(before, now, names);
  const texts = differingTexts(now.content, before.content, names.place);
  if (decisions.length + texts.length === 0)
    return <p className="second">Nothing that people write or decide changed.</p>;
  return (
    <div className="stack">
      <DecisionChanges changes={decisions} />
      {texts.length === 0 && <p className="second">The texts stayed as they were.</p>}
      <Changes texts={texts.slice(0, SHOWN)} />
      {texts.length > SHOWN && (
        <details>
          <summary>{texts.length - SHOWN} more texts</summary>
          <Changes texts={texts.slice(SHOWN)} />
        </details>
      )}
    </div>
  );
}

function FirstVersion({ now, names }: { now: SavedState; names: Names }) {
  const { placeIds } = now.content;
  const named = placeIds.length > NAMED ? "" : `: ${placeIds.map(names.place).join(", ")}`;
  // The languages of one text stand side by side.
  const labels = [...groupBy(listTexts(now.content, names.place), ({ label }) => label).values()];
  return (
    <div className="stack">
      <Facts
        items={[
          ...listDecisions(now).filter(([, decided]) => decided !== ""),
          ["Places", `${formatPlaces(placeIds.length)}${named}`],
          ...listNumberDecisions(now.content, names),
        ]}
      />
      <Received labels={labels.slice(0, SHOWN_AT_FIRST)} />
      {labels.length > SHOWN_AT_FIRST && (
        <details>
          <summary>{labels.length - SHOWN_AT_FIRST} more texts</summary>
          <Received labels={labels.slice(SHOWN_AT_FIRST)} />
        </details>
      )}
    </div>
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
