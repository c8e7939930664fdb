import { PART_SPECS, type Part } from "./texts";

/** How long a text is, as whoever carries it counts. Pure. */

/** Characters that X counts once; all others count twice (its configuration v3). */
const ONCE: readonly (readonly [from: number, to: number])[] = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
];
const LINK = /https?:\/\/\S+/gu;
/** What X and Mastodon count for a link, however long it is. */
const LINK_LENGTH = 23;

const isCountedOnce = (code: number) => ONCE.some(([from, to]) => code >= from && code <= to);

/** Characters of a post without the room for a link to the public page. */
function countPost(text: string): number {
  const links = text.match(LINK)?.length ?? 0;
  const rest = text.normalize("NFC").replace(LINK, "");
  return (
    [...rest].reduce((sum, character) => sum + (isCountedOnce(character.codePointAt(0)!) ? 1 : 2), 0) +
    links * LINK_LENGTH
  );
}

/**
 * Characters of a text as its part is counted. A post without a link keeps room
 * for one, and the space before it: whoever posts it adds the public page.
 */
export function countCharacters(part: Part, text: string): number {
  if (part !== "social") return text.length;
  LINK.lastIndex = 0;
  return countPost(text) + (text === "" || LINK.test(text) ? 0 : LINK_LENGTH + 1);
}

/** How many characters a text is over the limit of its part; 0 where it fits or has none. */
export function countOver(part: Part, text: string): number {
  const { limit } = PART_SPECS[part];
  return limit === undefined ? 0 : Math.max(0, countCharacters(part, text) - limit);
}
