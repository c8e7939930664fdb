/**
 * What people type and paste, made plain before anything else looks at it.
 * Characters that nobody sees are taken out, characters that only look like
 * others become these (Unicode NFKC), and what has no place in a text at all is
 * refused. Pure.
 */

/** Controls but tab and line ends; C1; surrogates without a partner; U+FFFE and its like; marks that turn the reading direction. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Seen by nobody: soft hyphen, zero-width spaces and joiners, byte order marks, fillers, variation selectors, tags. */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** Joiners mean something inside words of Arabic, Persian and the scripts of India, and nowhere else. */
const LOOSE_JOINER =
  /(?<![\p{L}\p{M}])[\u200c\u200d]|(?<=\p{Script=Latin}\p{M}*)[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}])/gu;

/** Why a text is refused, or null. */
export function findForbidden(text: string): string | null {
  const found = FORBIDDEN.exec(text)?.[0];
  if (found === undefined) return null;
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `This text contains a character that can't be used here (U+${code}). Delete it, or type the text instead of pasting it.`;
}

/** Most texts are plain from the first. */
const PLAIN = /^[\x20-\x7e]*$/;

/** A text without what nobody sees, in one spelling. º and ª stay: Spanish needs them. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(INVISIBLE, "")
    .replace(LOOSE_JOINER, "")
    .split(/([ºª])/)
    .map((piece) => (piece === "º" || piece === "ª" ? piece : piece.normalize("NFKC")))
    .join("");
}

/** Fields that are compared to the letter and are nobody's reading. */
const AS_TYPED = new Set(["password", "current", "token", "bytes", "trust"]);

export type Cleaned = { ok: true; value: unknown } | { ok: false; fields: Record<string, string> };

/** Every text of an input, whatever its shape. @returns the same shape cleaned, or the fields that are refused */
export function cleanInput(input: unknown): Cleaned {
  const fields: Record<string, string> = {};
  const walk = (value: unknown, path: string[]): unknown => {
    if (typeof value === "string") {
      if (AS_TYPED.has(path.at(-1) ?? "")) {
        if (value.includes("\u0000")) fields[path.join(".")] = findForbidden("\u0000")!;
        return value;
      }
      const problem = findForbidden(value);
      if (problem) fields[path.join(".") || "form"] = problem;
      return cleanText(value);
    }
    if (Array.isArray(value)) return value.map((inner, index) => walk(inner, [...path, String(index)]));
    if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => {
          const problem = findForbidden(name);
          if (problem) fields[path.join(".") || "form"] = problem;
          return [cleanText(name), walk(inner, [...path, name])];
        }),
      );
    }
    return value;
  };
  const value = walk(input, []);
  return Object.keys(fields).length > 0 ? { ok: false, fields } : { ok: true, value };
}
