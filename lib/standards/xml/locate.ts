/**
 * Where the tags of a well-formed text stand. Only for texts a parser has
 * accepted and that have no document type: then these few forms are all there are.
 */

export interface TagPlace {
  /** Of the `<` of the start tag. */
  start: number;
  /** Behind the `>` of the start tag. */
  opened: number;
  /** Of the `<` of the end tag; of an empty element, the same as `opened`. */
  closing: number;
  /** Behind the `>` of the end tag. */
  end: number;
}

/** Places of all elements, in the order of their start tags. */
export function locateTags(text: string): TagPlace[] {
  const places: TagPlace[] = [];
  const open: TagPlace[] = [];
  let at = text.indexOf("<");
  while (at !== -1) {
    let end: number;
    if (text.startsWith("<!--", at)) end = after(text, "-->", at + 4);
    else if (text.startsWith("<![CDATA[", at)) end = after(text, "]]>", at + 9);
    else if (text.startsWith("<?", at)) end = after(text, "?>", at + 2);
    else if (text.startsWith("</", at)) {
      end = after(text, ">", at + 2);
      const place = open.pop();
      if (place) Object.assign(place, { closing: at, end });
    } else {
      end = endOfStartTag(text, at);
      const place = { start: at, opened: end, closing: end, end };
      places.push(place);
      if (text[end - 2] !== "/") open.push(place);
    }
    at = text.indexOf("<", end);
  }
  return places;
}

/** Where the end tag of the root begins, or undefined when the root is empty. */
export function locateRootEnd(text: string): number | undefined {
  // What else may stand behind the root ends in "-->" or "?>", whatever is inside it.
  const trimmed = text.trimEnd();
  const last = trimmed.lastIndexOf("<");
  if (/^<\/[^>]*[^->?]>$/.test(trimmed.slice(last))) return last;
  const { closing, end } = locateTags(text)[0]!;
  return closing === end ? undefined : closing;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

/** Behind the `>` that is not inside a quoted value. */
function endOfStartTag(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 62) return at + 1;
    if (code === 34 || code === 39) {
      const close = text.indexOf(text[at]!, at + 1);
      if (close === -1) return text.length;
      at = close;
    }
  }
  return text.length;
}
