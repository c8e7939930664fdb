import { fail, type Outcome, type Rule } from "../rule";
import { type CapAlert, type CapInfo } from "./model";
import { parseCapTime } from "./time";

/** Rules of CAP 1.2 that hold for a message as data. Ids are those of the rule list in README. */

type CapRule = Rule<CapAlert>;

/** Runs a check on every info and gives each outcome its path. */
export function eachInfo(alert: CapAlert, check: (info: CapInfo, path: string) => Outcome[]): Outcome[] {
  return alert.info.flatMap((info, index) => check(info, `info[${index}]`));
}

/** The corners of a CAP polygon as [latitude, longitude], or undefined when it is not a list of pairs. */
export function parsePolygon(polygon: string): [number, number][] | undefined {
  const pairs = polygon.split(" ").map((pair) => pair.split(",").map(Number));
  const good = pairs.every(
    (pair) => pair.length === 2 && Math.abs(pair[0] ?? NaN) <= 90 && Math.abs(pair[1] ?? NaN) <= 180,
  );
  return good ? (pairs as [number, number][]) : undefined;
}

/** Every shape of an area must satisfy this, with the place where it does not. */
export function eachPolygon(alert: CapAlert, check: (polygon: string, path: string) => Outcome[]): Outcome[] {
  return eachInfo(alert, (info, path) =>
    info.area.flatMap((area, index) =>
      area.polygon.flatMap((polygon, which) => check(polygon, `${path}.area[${index}].polygon[${which}]`)),
    ),
  );
}

const unless = (kept: boolean, path: string, message: string) => (kept ? [] : [fail(path, message)]);

const times = ["effective", "onset", "expires"] as const;

export const CAP_RULES: readonly CapRule[] = [
  {
    id: "CAP-003",
    level: "must",
    source: "CAP 1.2 §3.2.1 identifier",
    confidence: "S",
    says: "The identifier is not empty and has no white space, comma, < or &.",
    check: ({ identifier }) =>
      unless(/^[^\s,<&]+$/.test(identifier), "identifier", `"${identifier}" is not usable as an identifier.`),
  },
  {
    id: "CAP-004",
    level: "must",
    source: "CAP 1.2 §3.2.1 sender",
    confidence: "S",
    says: "The sender is not empty and has no white space, comma, < or &.",
    check: ({ sender }) => unless(/^[^\s,<&]+$/.test(sender), "sender", `"${sender}" is not usable as a sender.`),
  },
  {
    id: "CAP-006",
    level: "must",
    source: "CAP 1.2 schema; §3.3.2",
    confidence: "C",
    says: "Times are written YYYY-MM-DDThh:mm:ss with an offset, without fractions and without Z.",
    check: (alert) => [
      ...unless(parseCapTime(alert.sent) !== undefined, "sent", `"${alert.sent}" is not a CAP time.`),
      ...eachInfo(alert, (info, path) =>
        times.flatMap((name) => {
          const value = info[name];
          return unless(
            value === undefined || parseCapTime(value) !== undefined,
            `${path}.${name}`,
            `"${value}" is not a CAP time.`,
          );
        }),
      ),
    ],
  },
  {
    id: "CAP-010",
    level: "should",
    source: "CAP 1.2 §3.2.1 status",
    confidence: "S",
    says: "An exercise or a test is named in the note.",
    check: ({ status, note }) =>
      unless(!["Exercise", "Test"].includes(status) || !!note, "note", `Status is ${status}, and no note says why.`),
  },
  {
    id: "CAP-011",
    level: "must",
    source: "CAP 1.2 §3.2.1 msgType",
    confidence: "S",
    says: "Update, Cancel, Ack and Error name the earlier messages in references.",
    check: ({ msgType, references }) =>
      unless(msgType === "Alert" || !!references, "references", `A message of type ${msgType} names no earlier one.`),
  },
  {
    id: "CAP-013",
    level: "must",
    source: "CAP 1.2 §3.2.1 restriction",
    confidence: "S",
    says: "A restricted message says how it is restricted.",
    check: ({ scope, restriction }) =>
      unless(scope !== "Restricted" || !!restriction, "restriction", "Scope is Restricted without a restriction."),
  },
  {
    id: "CAP-014",
    level: "must",
    source: "CAP 1.2 §3.2.1 addresses",
    confidence: "S",
    says: "A private message names its addressees.",
    check: ({ scope, addresses }) =>
      unless(scope !== "Private" || !!addresses, "addresses", "Scope is Private without addresses."),
  },
  {
    id: "CAP-015",
    level: "must",
    source: "CAP 1.2 §3.2.1 references",
    confidence: "S",
    says: "References are sender,identifier,sent triples of earlier messages, never of the message itself.",
    check: (alert) => {
      if (alert.references === undefined) return [];
      const sent = parseCapTime(alert.sent);
      return alert.references.split(/\s+/).flatMap((triple) => {
        const [sender, identifier, time, ...rest] = triple.split(",");
        const instant = parseCapTime(time ?? "");
        if (!sender || !identifier || instant === undefined || rest.length > 0) {
          return [fail("references", `"${triple}" is not sender,identifier,sent.`)];
        }
        if (identifier === alert.identifier) return [fail("references", "The message refers to itself.")];
        return unless(sent === undefined || instant <= sent, "references", `"${triple}" is later than this message.`);
      });
    },
  },
  {
    id: "CAP-017",
    level: "must",
    source: "CAP 1.2 §3.2.2 language",
    confidence: "C",
    says: "A language is an RFC 3066 code such as en-US.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        unless(
          info.language === undefined || /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(info.language),
          `${path}.language`,
          `"${info.language}" is not a language code.`,
        ),
      ),
  },
  {
    id: "CAP-018",
    level: "must",
    source: "CAP 1.2 schema",
    confidence: "C",
    says: "Every info has at least one category.",
    check: (alert) =>
      eachInfo(alert, (info, path) => unless(info.category.length > 0, `${path}.category`, "No category is given.")),
  },
  {
    id: "CAP-019",
    level: "must",
    source: "CAP 1.2 §3.2.2 event",
    confidence: "S",
    says: "Every info names its event.",
    check: (alert) =>
      eachInfo(alert, (info, path) => unless(info.event.trim() !== "", `${path}.event`, "The event is empty.")),
  },
  {
    id: "CAP-020",
    level: "should",
    source: "CAP 1.2 §3.2.2 responseType",
    confidence: "S",
    says: "Assess is not used for public warnings.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        unless(!info.responseType.includes("Assess"), `${path}.responseType`, "Assess is for technical users only."),
      ),
  },
  {
    id: "CAP-026",
    level: "must",
    source: "CAP 1.2 §3.2.2 expires, and IPAWS",
    confidence: "S",
    says: "A message expires after it was sent and after it takes effect.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const expires = parseCapTime(info.expires ?? "");
        if (expires === undefined) return [];
        const starts = [alert.sent, info.effective, info.onset].map((time) => parseCapTime(time ?? "") ?? -Infinity);
        return unless(expires > Math.max(...starts), `${path}.expires`, "It ends before it begins.");
      }),
  },
  {
    id: "CAP-027",
    level: "should",
    source: "CAP 1.2 §3.2.2 headline",
    confidence: "S",
    says: "A headline stays near 160 characters.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const length = info.headline?.length ?? 0;
        return unless(length <= 160, `${path}.headline`, `The headline has ${length} characters.`);
      }),
  },
  {
    id: "CAP-028",
    level: "must",
    source: "CAP 1.2 §3.2.2 web",
    confidence: "S",
    says: "A web address is complete.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        unless(
          info.web === undefined || /^https?:\/\/[^\s]+$/.test(info.web),
          `${path}.web`,
          `"${info.web}" is not a complete web address.`,
        ),
      ),
  },
  {
    id: "CAP-031",
    level: "must",
    source: "CAP 1.2 §3.2.4 polygon",
    confidence: "C",
    says: "A polygon has at least four pairs of latitude and longitude and ends where it began.",
    check: (alert) =>
      eachPolygon(alert, (polygon, path) => {
        const corners = parsePolygon(polygon);
        if (!corners) return [fail(path, "The outline is not a list of latitude,longitude pairs.")];
        if (corners.length < 4) return [fail(path, `The outline has only ${corners.length} corners.`)];
        const [first, last] = [corners[0], corners[corners.length - 1]];
        return unless(
          first?.[0] === last?.[0] && first?.[1] === last?.[1],
          path,
          "The outline does not end where it began.",
        );
      }),
  },
  {
    id: "CAP-037",
    level: "should",
    source: "seen in real messages",
    confidence: "C",
    says: "Optional elements are left out rather than left empty.",
    check: (alert) =>
      (["source", "restriction", "addresses", "note", "references", "incidents"] as const).flatMap((name) =>
        unless(alert[name] !== "", name, `${name} is empty.`),
      ),
  },
  {
    id: "CAP-038",
    level: "should",
    source: "CAP 1.2 §3.3.3",
    confidence: "S",
    says: "Texts are plain, without HTML.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        (["headline", "description", "instruction"] as const).flatMap((name) =>
          unless(
            !/<\/?[a-z][^>]*>|&[a-z]+;/i.test(info[name] ?? ""),
            `${path}.${name}`,
            "It holds an HTML tag or entity.",
          ),
        ),
      ),
  },
];
