import { type CapInfo } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { shapesOf } from "../geometry/area";
import { parseCircle } from "../geometry/circle";
import { fail, type Outcome, suggest, type Rule, ensure, warn } from "../rule";
import { type Feed, type FeedEntry } from "./feed";

/** What readers of CAP feeds ask for. Paths are `entry[0]`, and inside it those of the message. */

const eachEntry = (feed: Feed, check: (entry: FeedEntry, path: string) => Outcome[]) =>
  feed.entries.flatMap((entry, index) =>
    check(entry, `entry[${index}]`).map((outcome) => ({ line: entry.line, ...outcome })),
  );

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const CAP_TYPE = "application/cap+xml";

/** What an aggregator for the public needs of each info, and what it recommends. */
function checkInfo(info: CapInfo, path: string): Outcome[] {
  const area =
    info.area.length > 0 &&
    info.area.every((one) => shapesOf(one).length > 0 || one.geocode.length > 0 || one.circle.length > 0);
  return [
    ...ensure(!!info.description?.trim(), `${path}.description`, "There is no description."),
    ...ensure(!!info.web?.trim(), `${path}.web`, "There is no web address."),
    ...ensure(!!info.expires, `${path}.expires`, "It does not say when it ends."),
    ...ensure(area, `${path}.area`, "There is no area with an outline or a code."),
    ...suggest(!!info.senderName?.trim(), `${path}.senderName`, "The sender is not named."),
    ...suggest(info.responseType.length > 0, `${path}.responseType`, "No type of response is given."),
    ...suggest(!!info.instruction?.trim(), `${path}.instruction`, "There is no instruction."),
    ...suggest(!!info.contact?.trim(), `${path}.contact`, "There is no contact."),
    ...suggest((info.headline?.length ?? 0) <= 140, `${path}.headline`, "The headline is over 140 characters."),
    ...suggest(
      !info.headline || info.headline !== info.description,
      `${path}.description`,
      "It only repeats the headline.",
    ),
    ...info.area.flatMap((one, index) =>
      one.circle.flatMap((circle) =>
        suggest(parseCircle(circle)?.radius !== 0, `${path}.area[${index}].circle`, "The circle has no radius."),
      ),
    ),
  ];
}

const joined = (values: readonly string[]) => [...new Set(values)].sort().join();

export const FEED_RULES: readonly Rule<Feed>[] = [
  {
    id: "FEED-001",
    level: "must",
    source: "RFC 4287",
    confidence: "C",
    says: "An Atom feed and each entry have an id, a title and the time of their last change; ids are unique.",
    check: (feed) => {
      if (feed.kind !== "atom") return [];
      const seen = new Set<string>();
      const has = (one: { id: string; title: string; updated: string }, path: string) => [
        ...ensure(one.id !== "", path, "There is no id."),
        ...ensure(one.title !== "", path, "There is no title."),
        ...ensure(RFC3339.test(one.updated), path, "It does not say when it was last changed."),
      ];
      return [
        ...has(feed, "feed"),
        ...eachEntry(feed, (entry, path) => {
          const again = entry.id !== "" && seen.has(entry.id);
          seen.add(entry.id);
          return [...has(entry, path), ...ensure(!again, path, `The id ${entry.id.slice(0, 80)} stands twice.`)];
        }),
        ...feed.unknown.map((name) => warn("feed", `Atom knows no “${name.slice(0, 40)}”.`)),
      ];
    },
  },
  {
    id: "FEED-002",
    level: "must",
    source: "OASIS CAP Feeds CN02",
    confidence: "C",
    says: "Each Atom entry carries its message as content, or links to it with the type application/cap+xml.",
    check: (feed) =>
      feed.kind !== "atom"
        ? []
        : [
            ...eachEntry(feed, (entry, path) => {
              if (entry.embedded) return [];
              if (!entry.links.some(({ href }) => href !== ""))
                return [fail(path, "It neither carries a message nor links to one.")];
              return suggest(
                entry.links.some(({ type }) => type === CAP_TYPE),
                path,
                `No link has the type ${CAP_TYPE}.`,
              );
            }),
            ...ensure(feed.astray === 0, "feed", "A message stands outside every entry, where readers do not look."),
          ],
  },
  {
    id: "FEED-003",
    level: "should",
    source: "CAP feeds of the National Weather Service",
    confidence: "C",
    says: "An entry's time is the sent time of its message, and its title the headline or the event.",
    check: (feed) =>
      feed.kind !== "atom"
        ? []
        : eachEntry(feed, (entry, path) => {
            const alert = entry.embedded?.alert;
            if (!alert) return [];
            const titles = alert.info.flatMap(({ headline, event }) => [headline?.trim(), event.trim()]);
            return [
              ...ensure(
                Date.parse(entry.updated) === parseCapTime(alert.sent),
                path,
                "Its time is not that of the message.",
              ),
              ...ensure(
                titles.length === 0 || titles.includes(entry.title),
                path,
                "Its title is neither headline nor event.",
              ),
            ];
          }),
  },
  {
    id: "FEED-004",
    level: "must",
    source: "RSS 2.0; cap-library",
    confidence: "C",
    says: "An RSS item has a title or a description and a link; better a guid and its time.",
    check: (feed) =>
      feed.kind !== "rss"
        ? []
        : [
            ...ensure(feed.title !== "", "channel", "The channel has no title."),
            ...eachEntry(feed, (entry, path) => [
              ...ensure(entry.title !== "" || entry.summary !== "", path, "It has neither title nor description."),
              ...ensure(!!entry.embedded || entry.links.some(({ href }) => href !== ""), path, "It has no link."),
              ...suggest(entry.id !== "", path, "It has no guid."),
              ...suggest(!Number.isNaN(Date.parse(entry.updated)), path, "It has no time."),
            ]),
          ],
  },
  {
    id: "FEED-006",
    level: "should",
    source: "Google Public Alerts, August 2025",
    confidence: "C",
    says: "A feed has at most 900 KB.",
    check: ({ size }) => ensure(size <= 900_000, "feed", `It has ${Math.round(size / 1000)} KB.`),
  },
  {
    id: "FEED-007",
    level: "should",
    source: "Google Public Alerts profile",
    confidence: "C",
    says: "Each info has a description, a web address, an end and an area; all have the same categories and codes.",
    check: (feed) =>
      eachEntry(feed, (entry, path) => {
        const alert = entry.embedded?.alert;
        if (!alert) return [];
        const [first] = alert.info;
        const codes = (info: CapInfo) => joined(info.eventCode.map(({ valueName, value }) => `${valueName}=${value}`));
        return [
          ...alert.info.flatMap((info, index) => [
            ...checkInfo(info, `${path}.info[${index}]`),
            ...ensure(
              joined(info.category) === joined(first!.category) && codes(info) === codes(first!),
              `${path}.info[${index}]`,
              "Its categories or codes differ from the first info.",
            ),
          ]),
          ...ensure(
            !["Update", "Cancel"].includes(alert.msgType) || !!alert.references?.trim(),
            `${path}.references`,
            `A message of type ${alert.msgType} names no earlier one.`,
          ),
        ];
      }),
  },
  {
    id: "FEED-008",
    level: "should",
    source: "Google Public Alerts, August 2025",
    confidence: "C",
    says: "One message has one info for each language.",
    check: (feed) =>
      eachEntry(feed, (entry, path) => {
        const languages = entry.embedded?.alert?.info.map(({ language }) => language || "en-US") ?? [];
        return ensure(new Set(languages).size === languages.length, path, "A language stands twice.");
      }),
  },
  {
    id: "FEED-012",
    level: "must",
    source: "EDXL-DE 1.0 schema",
    confidence: "C",
    says: "Content of an EDXL distribution is embedded XML or a link.",
    check: (feed) =>
      feed.kind !== "edxl-de"
        ? []
        : eachEntry(feed, (entry, path) =>
            ensure(
              !!entry.embedded || entry.links.some(({ href }) => href !== ""),
              path,
              "It neither carries a message nor links to one.",
            ),
          ),
  },
];
