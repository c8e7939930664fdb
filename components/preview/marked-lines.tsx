import { diffLines } from "diff";
import { Flowing } from "../ui/flowing";

/**
 * A text with the lines marked that are not as they were.
 * @param before null where there was no text, so that all of it is new; undefined where nothing is marked
 */
export function MarkedLines({ before, after }: { before: string | null | undefined; after: string }) {
  if (before === undefined) return <Flowing text={after} />;
  const pieces = diffLines(before ?? "", after).filter(({ removed }) => !removed);
  return pieces.map(({ value, added }, index) =>
    added ? (
      <mark key={index}>
        <Flowing text={value} />
      </mark>
    ) : (
      <Flowing key={index} text={value} />
    ),
  );
}
