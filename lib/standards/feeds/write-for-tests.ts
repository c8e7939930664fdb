import { type CapAlert } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { escapeText } from "../cap/write";
import { FEED_NAMESPACES } from "./feed";

/**
 * Feeds that link to messages. They never carry one: what is served at the link
 * is the stored, signed bytes (FEED-005), which no feed may rewrite.
 */

export interface FeedFacts {
  /** An absolute address that does not change. */
  id: string;
  title: string;
  /** Where the feed itself is served. */
  self: string;
  author: string;
  /** Milliseconds since 1970, for a feed without messages. */
  updated: number;
  entries: readonly {
    /** The address of the stored bytes; it is the entry's id, too. */
    href: string;
    alert: Pick<CapAlert, "identifier" | "sent" | "status" | "info">;
  }[];
}

const quote = (text: string) => escapeText(text).replace(/"/g, "&quot;");
const titleOf = ({ info, identifier }: FeedFacts["entries"][number]["alert"]) =>
  info[0]?.headline?.trim() || info[0]?.event || identifier;
const newest = ({ entries, updated }: FeedFacts) =>
  entries.reduce((latest, { alert }) => Math.max(latest, parseCapTime(alert.sent) ?? 0), entries.length ? 0 : updated);

/** Atom, RFC 4287. Entries stand in the order given. */
export function writeAtom(facts: FeedFacts): string {
  const entries = facts.entries.map(
    ({ href, alert }) =>
      `  <entry>\n    <id>${escapeText(href)}</id>\n    <title>${escapeText(titleOf(alert))}</title>\n` +
      `    <updated>${escapeText(alert.sent)}</updated>\n` +
      `    <link rel="alternate" type="application/cap+xml" href="${quote(href)}"/>\n` +
      alert.info
        .flatMap(({ category }) => category)
        .filter((name, index, all) => all.indexOf(name) === index)
        .map((name) => `    <category term="${quote(name)}"/>\n`)
        .join("") +
      `    <summary>${escapeText(alert.info[0]?.description ?? titleOf(alert))}</summary>\n  </entry>\n`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="${FEED_NAMESPACES.atom}">\n` +
    `  <id>${escapeText(facts.id)}</id>\n  <title>${escapeText(facts.title)}</title>\n` +
    `  <updated>${new Date(newest(facts)).toISOString()}</updated>\n` +
    `  <author><name>${escapeText(facts.author)}</name></author>\n` +
    `  <link rel="self" type="application/atom+xml" href="${quote(facts.self)}"/>\n${entries.join("")}</feed>\n`
  );
}

const rfc822 = (instant: number) => new Date(instant).toUTCString().replace("GMT", "+0000");

/** RSS 2.0. */
export function writeRss(facts: FeedFacts): string {
  const items = facts.entries.map(
    ({ href, alert }) =>
      `    <item>\n      <title>${escapeText(titleOf(alert))}</title>\n      <link>${escapeText(href)}</link>\n` +
      `      <description>${escapeText(alert.info[0]?.description ?? titleOf(alert))}</description>\n` +
      alert.info
        .flatMap(({ category }) => category)
        .filter((name, index, all) => all.indexOf(name) === index)
        .map((name) => `      <category>${escapeText(name)}</category>\n`)
        .join("") +
      `      <guid isPermaLink="false">${escapeText(alert.identifier)}</guid>\n` +
      `      <pubDate>${rfc822(parseCapTime(alert.sent) ?? facts.updated)}</pubDate>\n    </item>\n`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n  <channel>\n` +
    `    <title>${escapeText(facts.title)}</title>\n    <link>${escapeText(facts.id)}</link>\n` +
    `    <description>${escapeText(facts.title)}</description>\n` +
    `    <lastBuildDate>${rfc822(newest(facts))}</lastBuildDate>\n${items.join("")}  </channel>\n</rss>\n`
  );
}
