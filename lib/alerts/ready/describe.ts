import type { ReadyProblem } from "./schema";

/** A problem in a line, with the first places it is about: "A number that nobody verified is not given out: Ware." */
export const describeProblem = ({ says, places }: Pick<ReadyProblem, "says" | "places">): string =>
  places.length === 0 ? says : `${says.replace(/\.$/, "")}: ${places.join(", ")}.`;
