import { diffWordsWithSpace } from "diff";
import { Flowing } from "./flowing";

/** One text with what was taken out and what was put in marked, word by word. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  return (
    <p className="word-diff" data-verbatim>
      {diffWordsWithSpace(before, after).map(({ value, added, removed }, index) =>
        added ? (
          <ins key={index}>
            <Flowing text={value} />
          </ins>
        ) : removed ? (
          <del key={index}>
            <Flowing text={value} />
          </del>
        ) : (
          <Flowing key={index} text={value} />
        ),
      )}
    </p>
  );
}
