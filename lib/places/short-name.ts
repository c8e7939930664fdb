/** The most characters a place name may have in a 90-character text. */
export const SHORT_NAME_LIMIT = 15;

const SHORTER: readonly [RegExp, string][] = [
  [/^North /, "N. "],
  [/^South /, "S. "],
  [/^East /, "E. "],
  [/^West /, "W. "],
  [/^Great /, "Gt. "],
  [/^Mount /, "Mt. "],
  [/^New (?=\w{10})/, "N. "],
  [/-by-the-Sea$/, ""],
];

/**
 * The usual short form of a long place name; short ones stay as they are. What has none stays whole: a name cut
 * inside a word names nothing, and where it is too long a shorter wording is taken, or a finding says that none fits.
 */
export function shortenName(name: string): string {
  if (name.length <= SHORT_NAME_LIMIT) return name;
  const shorter = SHORTER.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name);
  return shorter.length <= SHORT_NAME_LIMIT ? shorter : name;
}

/** The short form that is kept of a place, and its whole name where an earlier version cut it inside a word. */
export function mendShortName(name: string, kept: string): string {
  const isCut = kept.length === SHORT_NAME_LIMIT && kept.endsWith(".") && kept !== name;
  return isCut ? shortenName(name) : kept;
}
