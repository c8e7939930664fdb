import type { AlertMessage, SiteAlert, SiteFacts } from "./facts";
import { escapeText } from "./html";

/**
 * Feeds of CAP messages, as Atom (RFC 4287) and RSS 2.0: each entry links to the
 * bytes as they were sent, at an address that stays. What is canceled, replaced
 * and ended is told apart. STANDARDS.md, section 7. Pure.
 */

/** Entries of one document at most: an aggregator reads feeds of up to 900 KB (FEED-006). The rest are in the next ones. */
export const MOST_ENTRIES = 600;

interface Entry extends AlertMessage {
  alert: SiteAlert;
}

/**
 * The messages of these alerts, the newest first. What is in force is all there, over as many documents as it takes; of
 * the archive the newest are.
 */
export function listEntries(facts: SiteFacts, { current }: { current: boolean }): Entry[] {
  return facts.alerts
    .flatMap((alert) => alert.messages.map((message) => ({ ...message, alert })))
    .filter(({ standing, alert }) => !current || (standing === "in-force" && alert.endsAt > facts.now))
    .slice(0, current ? Infinity : MOST_ENTRIES);
}

/** What is in force when a feed is made that is still read when some of it has ended. Its reader holds it against its end. */
const UNCHECKED = "unchecked";

const standingOf = ({ standing, alert }: Entry, now: number, isUnsure: boolean) =>
  standing !== "in-force" ? standing : alert.endsAt <= now ? "ended" : isUnsure ? UNCHECKED : standing;

/** A headline gives out a number, which is not said again of what may have ended. */
const titleOf = (entry: Entry, isUnsure: boolean) =>
  (!(isUnsure && entry.standing === "in-force") && entry.headline) || entry.alert.title;

const instant = (at: number) => new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");

/** When a feed changed last: with its newest message, or, before there is any, when the site was set up. */
const changedAt = ({ since }: SiteFacts, [newest]: readonly Entry[]) => newest?.alert.sentAt ?? since;

export interface FeedPlace {
  /** Where the feed itself is, such as feeds/ma.atom. */
  path: string;
  title: string;
  /** The documents of a feed in several, each other than itself by what it is to this one (RFC 5005, section 3). */
  pages?: readonly { rel: "first" | "previous" | "next" | "last"; path: string }[];
}

const pageLinks = (facts: SiteFacts, feed: FeedPlace, element: string, type: string) =>
  (feed.pages ?? [])
    .map(({ rel, path }) => `<${element} rel="${rel}" type="${type}" href="${escapeText(`${facts.url}/${path}`)}"/>\n`)
    .join("");

/** @returns one Atom feed. @param isUnsure some of what is in force now ends while it is still read */
export function atomFeed(facts: SiteFacts, feed: FeedPlace, entries: readonly Entry[], isUnsure = false): string {
  const self = `${facts.url}/${feed.path}`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2" xml:lang="en-US">
<id>${escapeText(self)}</id>
<title>${escapeText(feed.title)}</title>
<updated>${instant(changedAt(facts, entries))}</updated>
<author><name>${escapeText(facts.name)}</name></author>
<link rel="self" type="application/atom+xml" href="${escapeText(self)}"/>
<link rel="alternate" type="text/html" href="${escapeText(facts.url)}/"/>
${pageLinks(facts, feed, "link", "application/atom+xml")}${entries
    .map((entry) => {
      const bytes = `${facts.url}/cap/${entry.identifier}.xml`;
      const [title, standing] = [titleOf(entry, isUnsure), standingOf(entry, facts.now, isUnsure)];
      return `<entry>
<id>${escapeText(bytes)}</id>
<title>${escapeText(title)}</title>
<updated>${escapeText(entry.sent)}</updated>
<published>${escapeText(entry.sent)}</published>
<category term="${standing}" label="${standing}"/>
<summary>${escapeText(`${entry.place}: ${standing === UNCHECKED ? title : entry.headline}`)}</summary>
<link rel="alternate" type="text/html" href="${escapeText(`${facts.url}/alerts/${entry.alert.code}`)}"/>
<link rel="alternate" type="application/cap+xml" href="${escapeText(bytes)}"/>
<cap:identifier>${escapeText(entry.identifier)}</cap:identifier>
<cap:msgType>${escapeText(entry.msgType)}</cap:msgType>
<cap:expires>${instant(entry.alert.endsAt)}</cap:expires>
</entry>
`;
    })
    .join("")}</feed>
`;
}

/** @returns one RSS 2.0 feed. @param isUnsure some of what is in force now ends while it is still read */
export function rssFeed(facts: SiteFacts, feed: FeedPlace, entries: readonly Entry[], isUnsure = false): string {
  const date = (at: number) => new Date(at).toUTCString();
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeText(feed.title)}</title>
<link>${escapeText(facts.url)}/</link>
<atom:link rel="self" type="application/rss+xml" href="${escapeText(`${facts.url}/${feed.path}`)}"/>
${pageLinks(facts, feed, "atom:link", "application/rss+xml")}<description>${escapeText(`${feed.title}: CAP 1.2 messages as they were sent.`)}</description>
<lastBuildDate>${date(changedAt(facts, entries))}</lastBuildDate>
${entries
  .map(
    (entry) => `<item>
<title>${escapeText(titleOf(entry, isUnsure))}</title>
<link>${escapeText(`${facts.url}/cap/${entry.identifier}.xml`)}</link>
<guid isPermaLink="false">${escapeText(entry.identifier)}</guid>
<category>Safety</category>
<description>${escapeText(`${entry.place}: ${standingOf(entry, facts.now, isUnsure)}, ends ${instant(entry.alert.endsAt)}`)}</description>
<pubDate>${date(entry.alert.sentAt)}</pubDate>
</item>
`,
  )
  .join("")}</channel>
</rss>
`;
}
