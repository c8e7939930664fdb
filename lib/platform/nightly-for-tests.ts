/** What is too long for `npm test` runs at night: the same tests, more of them. */
export const isNightly = process.env.CALLBOX_NIGHTLY === "yes";

/** All cases at night, and by day the first of them. */
export const casesOf = <Case>(cases: readonly Case[], byDay: number): readonly Case[] =>
  isNightly ? cases : cases.slice(0, byDay);
