/** HTML as text, with every value escaped unless it is HTML itself. Pure. */

export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | null | false | readonly Value[];

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

const ESCAPED = /[&<>"']/;

/** Most of what is written has nothing to escape, which is seen faster than replaced. */
export const escapeText = (text: string): string =>
  ESCAPED.test(text) ? text.replace(/[&<>"']/g, (one) => ESCAPES.get(one) ?? one) : text;

function write(value: Value): string {
  if (value === null || value === false) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(write).join("");
  return escapeText(String(value));
}

/** Line breaks and what indents the next line are for whoever reads the code. */
const tidy = (part: string): string => part.replace(/\s*\n\s*/g, "\n");

/** A template is tidied once, and filled thousands of times. */
const tidied = new WeakMap<TemplateStringsArray, string[]>();

/** A piece of a page: what stands in the gaps is text, unless it is a piece itself. */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Html {
  let fixed = tidied.get(parts);
  if (!fixed) tidied.set(parts, (fixed = parts.map(tidy)));
  let text = fixed[0] ?? "";
  for (const [index, value] of values.entries()) text += write(value) + (fixed[index + 1] ?? "");
  return new Html(text);
}
