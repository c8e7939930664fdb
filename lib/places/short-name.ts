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

/** The usual short form of a long place name; short ones stay as they are. */
export function shortenName(name: string): string {
  if (name.length <= SHORT_NAME_LIMIT) return name;
  const shorter = SHORTER.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name);
  return shorter.length <= SHORT_NAME_LIMIT ? shorter : shorter.slice(0, SHORT_NAME_LIMIT - 1) + ".";
}
