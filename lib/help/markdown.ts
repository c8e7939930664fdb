import { lexer, type Token, type Tokens } from "marked";

/**
 * The Markdown of the pages in `docs/`, as data that a component draws. What the
 * pages may hold is listed here; anything else, raw HTML first of all, is an error.
 */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong"; inside: readonly Inline[] }
  | { kind: "em"; inside: readonly Inline[] }
  | { kind: "link"; href: string; inside: readonly Inline[] }
  | { kind: "picture"; file: string; says: string };

export type Block =
  | { kind: "heading"; level: number; id: string; inside: readonly Inline[] }
  | { kind: "paragraph"; inside: readonly Inline[] }
  | { kind: "list"; ordered: boolean; start: number; items: readonly (readonly Block[])[] }
  | { kind: "table"; head: readonly (readonly Inline[])[]; rows: readonly (readonly (readonly Inline[])[])[] }
  | { kind: "quote"; inside: readonly Block[] }
  | { kind: "code"; text: string };

export interface HelpText {
  title: string;
  /** All but the title. */
  blocks: readonly Block[];
}

/** What an address calls a heading: as GitHub does, for headings of letters, digits and spaces. */
export const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replaceAll(/\s+/g, "-");

/** What is read of a text, without its marks. */
export const plainOf = (inside: readonly Inline[]): string =>
  inside
    .map((part) =>
      part.kind === "text" || part.kind === "code"
        ? part.text
        : part.kind === "picture"
          ? part.says
          : plainOf(part.inside),
    )
    .join("");

/** What Markdown lets a text be written with; nothing else of HTML gets this far. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
]);
const unescape = (text: string) => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES.get(entity) ?? "");

function readInline(tokens: readonly Token[] = []): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    switch (token.type) {
      case "text":
        return "tokens" in token && token.tokens
          ? readInline(token.tokens)
          : [{ kind: "text", text: unescape((token as Tokens.Text).text).replaceAll("\n", " ") }];
      case "escape":
        return [{ kind: "text", text: (token as Tokens.Escape).text }];
      case "br":
        return [{ kind: "text", text: " " }];
      case "codespan":
        return [{ kind: "code", text: (token as Tokens.Codespan).text }];
      case "strong":
      case "em":
        return [{ kind: token.type, inside: readInline(token.tokens) }];
      case "link":
        return [{ kind: "link", href: (token as Tokens.Link).href, inside: readInline(token.tokens) }];
      case "image":
        return [{ kind: "picture", file: (token as Tokens.Image).href, says: (token as Tokens.Image).text }];
      default:
        throw new Error(`A help page can't hold ${token.type}: ${token.raw.slice(0, 80)}`);
    }
  });
}

function readBlocks(tokens: readonly Token[]): Block[] {
  return tokens.flatMap((token): Block[] => {
    switch (token.type) {
      case "space":
        return [];
      case "heading": {
        const inside = readInline(token.tokens);
        return [{ kind: "heading", level: (token as Tokens.Heading).depth, id: slugOf(plainOf(inside)), inside }];
      }
      case "paragraph":
      // The text of a list item that has no blank line in it.
      case "text":
        return [{ kind: "paragraph", inside: readInline("tokens" in token && token.tokens ? token.tokens : [token]) }];
      case "list": {
        const { ordered, start, items } = token as Tokens.List;
        return [{ kind: "list", ordered, start: start || 1, items: items.map((item) => readBlocks(item.tokens)) }];
      }
      case "table": {
        const { header, rows } = token as Tokens.Table;
        return [
          {
            kind: "table",
            head: header.map((cell) => readInline(cell.tokens)),
            rows: rows.map((row) => row.map((cell) => readInline(cell.tokens))),
          },
        ];
      }
      case "blockquote":
        return [{ kind: "quote", inside: readBlocks((token as Tokens.Blockquote).tokens) }];
      case "code":
        return [{ kind: "code", text: (token as Tokens.Code).text }];
      default:
        throw new Error(`A help page can't hold ${token.type}: ${token.raw.slice(0, 80)}`);
    }
  });
}

/**
 * Reads a page.
 * @throws Error for what no page may hold, and for one that does not begin with its title
 */
export function readMarkdown(text: string): HelpText {
  const [first, ...blocks] = readBlocks(lexer(text));
  if (first?.kind !== "heading" || first.level !== 1) throw new Error("A help page begins with its title.");
  return { title: plainOf(first.inside), blocks };
}

/** Its headings of the second level, for a table of contents. */
export const sectionsOf = (blocks: readonly Block[]): { id: string; title: string }[] =>
  blocks.flatMap((block) =>
    block.kind === "heading" && block.level === 2 ? [{ id: block.id, title: plainOf(block.inside) }] : [],
  );

/** Every part of a page, those inside others too. */
export function* partsOf(blocks: readonly Block[]): Generator<Inline> {
  for (const block of blocks) {
    if (block.kind === "list") for (const item of block.items) yield* partsOf(item);
    else if (block.kind === "quote") yield* partsOf(block.inside);
    else if (block.kind === "table") for (const cell of [block.head, ...block.rows].flat()) yield* inlineOf(cell);
    else if (block.kind !== "code") yield* inlineOf(block.inside);
  }
}

function* inlineOf(inside: readonly Inline[]): Generator<Inline> {
  for (const part of inside) {
    yield part;
    if ("inside" in part) yield* inlineOf(part.inside);
  }
}
