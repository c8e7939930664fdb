import { examinePolygon, MOST_CORNERS } from "../geometry/polygon";
import { parseCircle } from "../geometry/circle";
import { fail, type Outcome, Outcomes, suggest, review, type Rule, ensure, warn } from "../rule";
import { type CapAlert, type CapInfo, type CapResource, type NamedValue, valuesOf } from "./model";
import { parseCapTime } from "./time";
import { collapse, splitSpace, trimSpace } from "./white-space";

/** Rules of CAP 1.2 that hold for a message as data. Ids are those of the rule list in README. */

export interface MessageContext {
  /** When the message would be handed over, in milliseconds since 1970; rules about the clock wait for it. */
  now?: number;
  /** The status the sender means it to have; a live site, an exercise and a demonstration differ in it. */
  meant?: CapAlert["status"];
}

export type MessageRule = Rule<CapAlert, MessageContext>;

const NOTHING: Outcome[] = [];

/** The outcomes of a check over a list, each with its place; the same empty list when all is well. */
function each<Item>(items: readonly Item[], path: string, check: (item: Item, path: string) => Outcome[]): Outcome[] {
  let found = NOTHING;
  for (let index = 0; index < items.length; index += 1) {
    const outcomes = check(items[index]!, `${path}[${index}]`);
    if (outcomes.length === 0) continue;
    if (found.length === 0) found = [];
    for (const outcome of outcomes) found.push(outcome);
  }
  return found;
}

/** Runs a check on every info and gives each outcome its path. */
export function eachInfo(alert: CapAlert, check: (info: CapInfo, path: string) => Outcome[]): Outcome[] {
  return each(alert.info, "info", check);
}

/** Every shape of an area must satisfy this, with the place where it does not. Empty ones are left to CAP-037. */
export function eachPolygon(alert: CapAlert, check: (polygon: string, path: string) => Outcome[]): Outcome[] {
  return eachInfo(alert, (info, path) =>
    each(info.area, `${path}.area`, (area, place) =>
      each(area.polygon, `${place}.polygon`, (polygon, where) =>
        trimSpace(polygon) === "" ? NOTHING : check(polygon, where),
      ),
    ),
  );
}

const times = ["effective", "onset", "expires"] as const;

/** Every time of a message with its place. */
function eachTime(alert: CapAlert, check: (time: string, path: string) => Outcome[]): Outcome[] {
  return [
    ...check(alert.sent, "sent"),
    ...eachInfo(alert, (info, path) =>
      times.flatMap((name) => (info[name] ? check(info[name], `${path}.${name}`) : [])),
    ),
  ];
}

function eachResource(alert: CapAlert, check: (resource: CapResource, path: string) => Outcome[]): Outcome[] {
  return eachInfo(alert, (info, path) => each(info.resource, `${path}.resource`, check));
}

/** Splits at spaces outside double quotes; undefined when a quote stays open. */
function splitQuoted(text: string): string[] | undefined {
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) return undefined;
  return text.match(/"[^"]*"|[^\s"]+/g) ?? [];
}

const OPTIONAL_OF_ALERT = ["source", "restriction", "addresses", "note", "references", "incidents"] as const;
const OPTIONAL_OF_INFO = [
  "language", "audience", "senderName", "headline", "description", "instruction", "web", "contact",
] as const; // prettier-ignore
const SHAPES_OF_AREA = ["polygon", "circle"] as const;

/** One outcome for each optional text that is there and empty. */
function saysEmpty<Name extends string>(
  subject: { [Key in Name]?: string },
  names: readonly Name[],
  prefix: string,
): Outcome[] {
  const empty = names.filter((name) => subject[name]?.trim() === "");
  return empty.length === 0 ? NOTHING : empty.map((name) => fail(prefix + name, `${name} is empty.`));
}

/** One outcome for each name that is an acronym but not written as one. */
function saysAcronyms(list: readonly NamedValue[], at: string): Outcome[] {
  const wrong = list.filter(
    ({ valueName }) => !/^[A-Z]+$/.test(valueName) && /^(same|fips|zip|ugc)$/i.test(valueName.replace(/\./g, "")),
  );
  if (wrong.length === 0) return NOTHING;
  return wrong.map(({ valueName }) => fail(at, `“${valueName}” is not in capitals without dots.`));
}

/** One reference against the message that has it. */
function checkReference(triple: string, { identifier, sender }: CapAlert, sent: number | undefined): Outcome[] {
  const [of, name, time, ...rest] = triple.split(",", 5);
  const instant = parseCapTime(time ?? "");
  const said = triple.length > 120 ? `${triple.slice(0, 120)}…` : triple;
  if (!of || !name || instant === undefined || rest.length > 0)
    return [fail("references", `"${said}" is not sender,identifier,sent.`)];
  if (name === identifier && of === sender) return [fail("references", "The message refers to itself.")];
  return ensure(sent === undefined || instant <= sent, "references", `"${said}" is later than this message.`);
}

/** One outcome for each named value that says nothing. */
function saysNothing(list: readonly NamedValue[], at: string): Outcome[] {
  const empty = list.filter(({ valueName, value }) => valueName.trim() === "" || value.trim() === "");
  if (empty.length === 0) return NOTHING;
  return empty.map(({ valueName }) => fail(at, `${valueName.trim() === "" ? "A valueName" : valueName} is empty.`));
}

/** A tag or an entity of HTML. A tag is open until the next >, wherever that is, so the first one decides. */
function holdsHtml(text: string): boolean {
  const tag = /<\/?[a-z]/i.exec(text);
  return (tag !== null && text.includes(">", tag.index)) || /&[a-z]{1,31};/i.test(text);
}

/** No circle on the Earth is larger, in kilometers; nor any that a person meant. */
const LARGEST_RADIUS = 5000;

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\S+$/i;

export const CAP_RULES: readonly MessageRule[] = [
  {
    id: "CAP-003",
    level: "must",
    source: "CAP 1.2 §3.2.1 identifier",
    confidence: "S",
    says: "The identifier is not empty and has no white space, comma, < or &.",
    check: ({ identifier }) =>
      ensure(/^[^\s,<&]+$/.test(identifier), "identifier", `"${identifier}" is not usable as an identifier.`),
  },
  {
    id: "CAP-004",
    level: "must",
    source: "CAP 1.2 §3.2.1 sender",
    confidence: "S",
    says: "The sender is not empty and has no white space, comma, < or &.",
    check: ({ sender }) => ensure(/^[^\s,<&]+$/.test(sender), "sender", `"${sender}" is not usable as a sender.`),
  },
  {
    id: "CAP-006",
    level: "must",
    source: "CAP 1.2 schema; §3.3.2; XML Schema 2 §3.2.7",
    confidence: "C",
    says: "Times are written YYYY-MM-DDThh:mm:ss with an offset of at most 14 hours, without fractions and without Z.",
    check: (alert) => [
      ...ensure(parseCapTime(alert.sent) !== undefined, "sent", `"${alert.sent}" is not a CAP time.`),
      ...eachInfo(alert, (info, path) =>
        times.flatMap((name) => {
          const value = info[name];
          return ensure(
            value === undefined || parseCapTime(value) !== undefined,
            `${path}.${name}`,
            `"${value}" is not a CAP time.`,
          );
        }),
      ),
    ],
  },
  {
    id: "CAP-007",
    level: "should",
    source: "CAP 1.2 §3.3.2; the standard says must, and we are lenient: its schema and real feeds have +00:00",
    confidence: "S",
    says: "UTC is written -00:00.",
    check: (alert) => eachTime(alert, (time, path) => ensure(!time.endsWith("+00:00"), path, "UTC is written +00:00.")),
  },
  {
    id: "CAP-008",
    level: "should",
    source: "computed: the schema lets it pass, comparison with references breaks",
    confidence: "C",
    says: "A time has no space around it and does not say 24:00.",
    check: (alert) =>
      eachTime(alert, (time, path) =>
        ensure(time.trim() === time && !/T24:/.test(time), path, `“${time}” is not how a time is written.`),
      ),
  },
  {
    id: "CAP-010",
    level: "should",
    source: "CAP 1.2 §3.2.1 status",
    confidence: "S",
    says: "An exercise or a test is named in the note.",
    check: ({ status, note }) =>
      ensure(!["Exercise", "Test"].includes(status) || !!note, "note", `Status is ${status}, and no note says why.`),
  },
  {
    id: "CAP-011",
    level: "must",
    source: "CAP 1.2 §3.2.1 msgType",
    confidence: "S",
    says: "Update, Cancel, Ack and Error name the earlier messages in references.",
    check: ({ msgType, references }) =>
      ensure(
        msgType === "Alert" || !!references?.trim(),
        "references",
        `A message of type ${msgType} names no earlier one.`,
      ),
  },
  {
    id: "CAP-012",
    level: "should",
    source: "CAP 1.2 §3.2.1 msgType",
    confidence: "S",
    says: "A message of type Error gives the reason in the note.",
    check: ({ msgType, note }) => ensure(msgType !== "Error" || !!note?.trim(), "note", "No note gives the reason."),
  },
  {
    id: "CAP-013",
    level: "must",
    source: "CAP 1.2 §3.2.1 restriction",
    confidence: "S",
    says: "A restricted message says how it is restricted; no other one does.",
    check: ({ scope, restriction }) => [
      ...ensure(
        scope !== "Restricted" || !!restriction?.trim(),
        "restriction",
        "Scope is Restricted without a restriction.",
      ),
      ...suggest(
        scope === "Restricted" || !restriction?.trim(),
        "restriction",
        `Scope is ${scope}, with a restriction.`,
      ),
    ],
  },
  {
    id: "CAP-014",
    level: "must",
    source: "CAP 1.2 §3.2.1 addresses",
    confidence: "S",
    says: "A private message names its addressees; one with a space in it stands in double quotes.",
    check: ({ scope, addresses }) => [
      ...ensure(scope !== "Private" || !!addresses?.trim(), "addresses", "Scope is Private without addresses."),
      ...ensure(splitQuoted(addresses ?? "") !== undefined, "addresses", "A double quote is not closed."),
    ],
  },
  {
    id: "CAP-015",
    level: "must",
    source: "CAP 1.2 §3.2.1 references",
    confidence: "S",
    says: "References are sender,identifier,sent triples of earlier messages, never of the message itself.",
    check: (alert) => {
      // An empty one says nothing, and CAP-011 asks for one where it is needed.
      const sent = parseCapTime(alert.sent);
      const outcomes = new Outcomes();
      for (const triple of splitSpace(alert.references ?? "")) outcomes.add(checkReference(triple, alert, sent));
      return outcomes.list();
    },
  },
  {
    id: "CAP-016",
    level: "should",
    source: "CAP 1.2 §3.2.1 incidents",
    confidence: "S",
    says: "Names of incidents are separated by spaces; one with a space in it stands in double quotes.",
    check: ({ incidents }) =>
      ensure(splitQuoted(incidents ?? "") !== undefined, "incidents", "A double quote is not closed."),
  },
  {
    id: "CAP-017",
    level: "must",
    source: "CAP 1.2 §3.2.2 language",
    confidence: "C",
    says: "A language is an RFC 3066 code such as en-US.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        ensure(
          !info.language || /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(collapse(info.language)),
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
      eachInfo(alert, (info, path) => ensure(info.category.length > 0, `${path}.category`, "No category is given.")),
  },
  {
    id: "CAP-019",
    level: "must",
    source: "CAP 1.2 §3.2.2 event",
    confidence: "S",
    says: "Every info names its event.",
    check: (alert) =>
      eachInfo(alert, (info, path) => ensure(info.event.trim() !== "", `${path}.event`, "The event is empty.")),
  },
  {
    id: "CAP-020",
    level: "should",
    source: "CAP 1.2 §3.2.2 responseType",
    confidence: "S",
    says: "Assess is not used for public warnings.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        ensure(!info.responseType.includes("Assess"), `${path}.responseType`, "Assess is for technical users only."),
      ),
  },
  {
    id: "CAP-024",
    level: "should",
    source: "CAP 1.2 §3.2.2 eventCode, parameter; §3.2.4 geocode",
    confidence: "M",
    says: "Names that are acronyms are capitals without dots, such as SAME.",
    check: (alert) =>
      eachInfo(alert, (info, path) => [
        ...saysAcronyms(info.eventCode, `${path}.eventCode`),
        ...each(info.area, `${path}.area`, ({ geocode }, place) => saysAcronyms(geocode, `${place}.geocode`)),
      ]),
  },
  {
    id: "CAP-026",
    level: "should",
    source: "derived; IPAWS-010 makes a part of it a must",
    confidence: "S",
    says: "A message expires after it was sent and after it takes effect, and does not take effect before it was sent.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const [sent, effective, onset, expires] = [alert.sent, info.effective, info.onset, info.expires].map((time) =>
          parseCapTime(time ?? ""),
        );
        const starts = Math.max(sent ?? -Infinity, effective ?? -Infinity, onset ?? -Infinity);
        return [
          ...ensure(expires === undefined || expires > starts, `${path}.expires`, "It ends before it begins."),
          ...ensure(
            effective === undefined || sent === undefined || effective >= sent,
            `${path}.effective`,
            "It takes effect before it was sent.",
          ),
          // What it warns of may have begun before anybody could write about it.
          ...(onset !== undefined && sent !== undefined && onset < sent
            ? [
                {
                  ...fail(`${path}.onset`, "It says that it began before it was sent. Is that meant?"),
                  level: "advice" as const,
                },
              ]
            : []),
        ];
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
        return ensure(length <= 160, `${path}.headline`, `The headline has ${length} characters.`);
      }),
  },
  {
    id: "CAP-028",
    level: "must",
    source: "CAP 1.2 §3.2.2 web; §3.2.3 uri",
    confidence: "S",
    says: "A web address is complete; that of a resource may be relative when the content is inside.",
    check: (alert) => [
      ...eachInfo(alert, (info, path) =>
        ensure(!info.web || ABSOLUTE.test(info.web), `${path}.web`, `"${info.web}" is not a complete web address.`),
      ),
      ...eachResource(alert, ({ uri, derefUri }, path) =>
        ensure(!uri || !!derefUri || ABSOLUTE.test(uri), `${path}.uri`, `"${uri}" is not a complete web address.`),
      ),
    ],
  },
  {
    id: "CAP-029",
    level: "must",
    source: "CAP 1.2 schema; §3.2.3",
    confidence: "S",
    says: "A resource has a MIME type, its size in bytes and its digest as SHA-1.",
    check: (alert) =>
      eachResource(alert, ({ mimeType, size, digest }, path) => [
        // Versions before 1.2 did not ask for it.
        ...suggest(mimeType.trim() !== "", `${path}.mimeType`, "It does not say what it is."),
        ...ensure(
          mimeType.trim() === "" || /^[\w.+-]{1,127}\/[\w.+-]{1,127}(?:;|[ \t\r\n]|$)/.test(trimSpace(mimeType)),
          `${path}.mimeType`,
          `"${mimeType.slice(0, 60)}" is no MIME type.`,
        ),
        ...ensure(size === undefined || size >= 0, `${path}.size`, "The size is below nothing."),
        // The standard names the algorithm and not how its bytes are written.
        ...suggest(
          !digest || /^[0-9a-f]{40}$/i.test(trimSpace(digest)),
          `${path}.digest`,
          /^[A-Za-z0-9+/]{27}=$/.test(trimSpace(digest ?? ""))
            ? "The digest is base64; most readers expect hexadecimal."
            : "The digest is no SHA-1 in hexadecimal.",
        ),
      ]),
  },
  {
    id: "CAP-030",
    level: "should",
    source: "CAP 1.2 §3.2.3 derefUri",
    confidence: "S",
    says: "Content inside the message is base64, and only for systems that can take it.",
    check: (alert) =>
      eachResource(alert, ({ derefUri }, path) => {
        if (!derefUri) return [];
        const good = /^[A-Za-z0-9+/]*={0,2}$/.test(splitSpace(derefUri).join(""));
        return good
          ? [review(`${path}.derefUri`, "It carries content inside. Can every receiver take it?")]
          : [warn(`${path}.derefUri`, "The content is not base64.")];
      }),
  },
  {
    id: "CAP-031",
    level: "must",
    source: "CAP 1.2 §3.2.4 polygon",
    confidence: "C",
    says: "A polygon has at least four pairs of latitude and longitude and ends where it began; better without crossing itself.",
    check: (alert) =>
      eachPolygon(alert, (polygon, path) => {
        const { corners, closed, crossing } = examinePolygon(polygon);
        if (!corners) return [fail(path, "The outline is not a list of latitude,longitude pairs.")];
        if (corners.length < 4) return [fail(path, `The outline has only ${corners.length} corners.`)];
        if (!closed) return [fail(path, "The outline does not end where it began.")];
        if (corners.length > MOST_CORNERS)
          return [review(path, `It has ${corners.length} corners, too many to look through.`)];
        // The clause asks for pairs and closure; that outlines are simple is IPAWS's (IPAWS-024).
        return suggest(
          crossing === undefined,
          path,
          `Edge ${(crossing?.[0] ?? 0) + 1} meets edge ${(crossing?.[1] ?? 0) + 1}.`,
        );
      }),
  },
  {
    id: "CAP-032",
    level: "must",
    source: "CAP 1.2 §3.2.4 circle",
    confidence: "S",
    says: "A circle is latitude,longitude, one space, and a radius in kilometers.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.area.flatMap((area, index) =>
          area.circle.flatMap((circle, which) => {
            const at = `${path}.area[${index}].circle[${which}]`;
            if (circle.trim() === "") return [];
            const read = parseCircle(circle);
            if (!read) return [fail(at, `“${circle.slice(0, 60)}” is no circle.`)];
            const far = `The radius is ${read.radius.toLocaleString("en-US")} kilometers. Was it meant in meters?`;
            return suggest(read.radius <= LARGEST_RADIUS, at, far);
          }),
        ),
      ),
  },
  {
    id: "CAP-034",
    level: "should",
    source: "CAP 1.2 §3.2.4 geocode",
    confidence: "S",
    says: "A code of an area comes with an outline, unless the message is kept from telephones.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        // EAS knows nothing smaller than a county code, so an outline would change nothing there.
        if (valuesOf(info.parameter, "BLOCKCHANNEL").includes("CMAS")) return [];
        return info.area.flatMap((area, index) =>
          ensure(
            area.geocode.length === 0 || area.polygon.length + area.circle.length > 0,
            `${path}.area[${index}]`,
            "The area has codes and no outline.",
          ),
        );
      }),
  },
  {
    id: "CAP-035",
    level: "must",
    source: "CAP 1.2 §3.2.4 altitude, ceiling",
    confidence: "S",
    says: "A ceiling stands only with an altitude, and above it.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.area.flatMap(({ altitude, ceiling }, index) =>
          ensure(
            ceiling === undefined || (altitude !== undefined && ceiling > altitude),
            `${path}.area[${index}].ceiling`,
            altitude === undefined ? "There is no altitude." : "It is not above the altitude.",
          ),
        ),
      ),
  },
  {
    id: "CAP-036",
    level: "should",
    source: "CAP 1.2 §3.2.2",
    confidence: "S",
    says: "Infos in one language form a sequence: a later one adds to an earlier one and does not change it.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const first = alert.info.find(({ language }) => (language || "en-US") === (info.language || "en-US"));
        if (!first || first === info) return [];
        const differing = (["event", "urgency", "severity", "certainty"] as const).filter(
          (name) => first[name] !== info[name],
        );
        return differing.map((name) => review(`${path}.${name}`, "It differs from the first info in this language."));
      }),
  },
  {
    id: "CAP-037",
    level: "should",
    source: "seen in real messages",
    confidence: "C",
    says: "Optional elements are left out rather than left empty.",
    check: (alert) => [
      ...saysEmpty(alert, OPTIONAL_OF_ALERT, ""),
      ...eachInfo(alert, (info, path) => saysEmpty(info, OPTIONAL_OF_INFO, `${path}.`)),
      ...eachInfo(alert, (info, path) =>
        each(info.area, `${path}.area`, (area, place) => [
          ...SHAPES_OF_AREA.flatMap((name) =>
            ensure(!area[name].some((text) => text.trim() === ""), `${place}.${name}`, `${name} is empty.`),
          ),
          ...saysNothing(area.geocode, `${place}.geocode`),
        ]),
      ),
      ...eachInfo(alert, (info, path) => [
        ...saysNothing(info.eventCode, `${path}.eventCode`),
        ...saysNothing(info.parameter, `${path}.parameter`),
      ]),
    ],
  },
  {
    id: "CAP-038",
    level: "should",
    source: "CAP 1.2 §3.3.3",
    confidence: "S",
    says: "Texts are plain, without HTML.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        [
          ...(["headline", "description", "instruction"] as const).map((name) => [name, info[name] ?? ""] as const),
          ...(["CMAMtext", "CMAMlongtext"] as const).flatMap((name) =>
            valuesOf(info.parameter, name).map((text) => [`parameter[${name}]`, text] as const),
          ),
        ].flatMap(([name, text]) => ensure(!holdsHtml(text), `${path}.${name}`, "It holds an HTML tag or entity.")),
      ),
  },
  {
    id: "CAP-043",
    level: "advice",
    source: "OASIS CAP Event Terms List v1.2",
    confidence: "S",
    says: "A term of the OASIS list is written OET and its number; a telephone outage is OET-074.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.eventCode
          .filter(({ valueName }) => /^OET/i.test(valueName))
          .flatMap(({ valueName, value }) =>
            ensure(
              /^OET:v\d+\.\d+$/.test(valueName) && /^OET-\d{3}$/.test(value),
              `${path}.eventCode`,
              `“${valueName}” with “${value}” is no term of the list.`,
            ),
          ),
      ),
  },
  {
    id: "TPL-006",
    level: "must",
    source: "computed from the bidirectional algorithm, UAX #9",
    confidence: "C",
    says: "In a language written from right to left, 9-1-1 is kept in its order by a mark.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        !/^(ar|fa|he|ur|yi|ps)\b/i.test(info.language ?? "")
          ? []
          : [info.headline, info.description, info.instruction, ...info.parameter.map(({ value }) => value)]
              .filter((text) => /(?<![\u2066\u200e\u202a])9-1-1/.test(text ?? ""))
              .map(() => fail(path, "9-1-1 would be shown in another order.")),
      ),
  },
];
