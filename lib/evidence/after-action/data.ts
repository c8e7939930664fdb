import "server-only";
import { type Actor, can } from "../../access/actor";
import { readBundle, textsAt } from "../../alerts/bundle";
import { FAILURES, TEXT_TO_911 } from "../../incidents/schema";
import { formatPlace } from "../../places/county-kinds";
import { db } from "../../platform/db";
import { getSite } from "../../platform/site/data";
import { type AfterAction, type Lane, measureIntervals, type PublishedText, type TimelineRow } from "./report";

/** What entries of the record belong in which lane of the timeline. */
const LANE_OF: ReadonlyMap<string, Lane> = new Map(
  Object.entries({
    "incident.declared": "officials",
    "incident.changed": "911",
    "incident.places": "911",
    "incident.restored": "911",
    "incident.closed": "officials",
    "exercise.acknowledged": "officials",
    "exercise.closed": "officials",
    "alert.prepared": "officials",
    "alert.split": "officials",
    "alert.submitted": "officials",
    "alert.withdrawn": "officials",
    "alert.returned": "officials",
    "alert.rejected": "officials",
    "alert.approved": "officials",
    "alert.approval-refused": "officials",
    "alert.published": "public",
    "alert.canceled": "public",
    "number.status": "numbers",
    "number.retired": "numbers",
  } satisfies Record<string, Lane>),
);

/**
 * The report of an incident, whenever it is asked for: while it lasts it is what
 * is known so far.
 * @returns null when the incident does not exist for this person
 */
export async function getAfterAction(actor: Actor, id: string, now: Date): Promise<AfterAction | null> {
  const incident = await db().incident.findUnique({
    where: { id },
    include: {
      agency: true,
      places: { include: { place: { select: { name: true, kind: true, id: true } } } },
      entries: { orderBy: { at: "asc" } },
      alerts: {
        where: { publishedAt: { not: null } },
        orderBy: { publishedAt: "asc" },
        include: {
          decisions: { where: { decision: "approve" }, include: { person: { select: { name: true } } } },
          messages: {
            orderBy: { identifier: "asc" },
            include: { publications: true, place: { select: { name: true, kind: true, id: true } } },
          },
        },
      },
    },
  });
  if (!incident || !can(actor, "incident:read", incident.agencyId)) return null;
  const bundles = new Map(
    incident.alerts.flatMap((alert) => (alert.bundle ? [[alert.id, readBundle(alert.bundle)] as const] : [])),
  );
  const numberIds = [
    ...new Set(
      [...bundles.values()].flatMap(({ messages }) => messages.flatMap(({ numbers }) => numbers.map((one) => one.id))),
    ),
  ];
  const until = incident.closedAt ?? now;
  const [site, events, aboutNumbers, last] = [
    await getSite(),
    await db().auditEvent.findMany({ where: { incidentId: id }, orderBy: { seq: "asc" }, take: 20_000 }),
    await db().auditEvent.findMany({
      where: {
        action: { in: ["number.status", "number.retired"] },
        OR: [
          { subjectId: { in: numberIds } },
          ...numberIds.slice(0, 500).map((numberId) => ({ data: { path: ["numberId"], equals: numberId } })),
        ],
        at: { gte: incident.beganAt, lte: until },
      },
      orderBy: { seq: "asc" },
    }),
    await db().auditEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } }),
  ];
  const fromRecord = [...events, ...aboutNumbers].flatMap((event): TimelineRow[] => {
    const lane = LANE_OF.get(event.action);
    return lane
      ? [{ at: event.at.getTime(), lane, what: event.summary, by: event.actor, entry: Number(event.seq) }]
      : [];
  });
  const noted = incident.entries.flatMap(({ kind, at, text, source, by }): TimelineRow[] =>
    kind === "notice" || kind === "fact"
      ? [
          {
            at: at.getTime(),
            lane: kind === "notice" ? "provider" : "911",
            what: source ? `${source}: ${text}` : text,
            by,
            entry: null,
          },
        ]
      : [],
  );
  const timeline: TimelineRow[] = [
    { at: incident.beganAt.getTime(), lane: "911" as const, what: "The outage began.", by: "", entry: null },
    ...fromRecord,
    ...noted,
  ].sort((left, right) => left.at - right.at || (left.entry ?? 0) - (right.entry ?? 0));
  const published = incident.alerts.flatMap((alert): PublishedText[] => {
    const bundle = bundles.get(alert.id);
    if (!bundle || !alert.publishedAt) return [];
    const sent = alert.publishedAt.getTime();
    const phones = bundle.messages.filter(({ audience }) => audience === "phones");
    const texts = new Map<string, PublishedText["texts"][number]>();
    for (const message of [...phones].sort((left, right) => right.population - left.population)) {
      for (const { language, parts } of textsAt(bundle, message, sent)) {
        // Texts that differ in place and number only are one wording: it is shown for its largest place.
        const key = `${language} ${message.tells} ${message.numbers.length === 0}`;
        const known = texts.get(key);
        if (known) known.count += 1;
        else texts.set(key, { language, short: parts.short, long: parts.long, place: message.place, count: 1 });
      }
    }
    return [
      {
        alertId: alert.id,
        title: alert.title,
        purpose: alert.purpose,
        publishedAt: sent,
        approvedBy: alert.decisions[0]?.person.name ?? "",
        places: new Set(phones.flatMap(({ placeIds }) => placeIds)).size,
        messages: bundle.messages.length,
        contentHash: alert.contentHash ?? "",
        texts: [...texts.values()],
      },
    ];
  });
  const allClears = incident.alerts.flatMap(({ publishedAt, messages }) =>
    messages
      .filter(({ tells, audience }) => tells === "all-clear" && audience === "phones")
      .flatMap(({ covers }) => covers.map((placeId) => ({ placeId, at: publishedAt?.getTime() ?? 0 }))),
  );
  const corrections = incident.alerts
    .filter(({ purpose }) => purpose === "correction")
    .flatMap(({ createdAt, publishedAt, id: alertId }) => {
      const wrong = bundles.get(alertId)?.wrong;
      const reported = aboutNumbers
        .filter(({ summary, at }) => wrong && summary.includes(wrong.e164.slice(-4)) && at <= createdAt)
        .at(-1);
      return publishedAt
        ? [{ reportedAt: (reported?.at ?? createdAt).getTime(), publishedAt: publishedAt.getTime() }]
        : [];
    });
  return {
    format: "callbox-after-action-1",
    incident: {
      id,
      title: incident.title,
      mode: incident.mode === "exercise" ? "exercise" : "live",
      agency: incident.agency.name,
      failure: FAILURES[incident.failure as keyof typeof FAILURES].label,
      textTo911: TEXT_TO_911[incident.textTo911 as keyof typeof TEXT_TO_911],
      beganAt: incident.beganAt.getTime(),
      declaredAt: incident.declaredAt.getTime(),
      closedAt: incident.closedAt?.getTime() ?? null,
      cause: incident.cause,
      evidence: incident.evidence,
      places: incident.places.filter(({ state }) => state !== "removed").length,
    },
    timeZone: site.timeZone,
    madeAt: now.getTime(),
    record: last ? `${Number(last.seq)}:${last.hash}` : "",
    intervals: measureIntervals({
      beganAt: incident.beganAt.getTime(),
      declaredAt: incident.declaredAt.getTime(),
      firstPublishedAt: incident.alerts[0]?.publishedAt?.getTime() ?? null,
      restored: incident.places.flatMap(({ placeId, state, since }) =>
        state === "restored" && since
          ? [
              {
                at: since.getTime(),
                allClearAt:
                  allClears.find((one) => one.placeId === placeId && one.at >= since.getTime() - 60_000)?.at ?? null,
              },
            ]
          : [],
      ),
      corrections,
      notices: incident.entries.flatMap(({ kind, at }) => (kind === "notice" ? [at.getTime()] : [])),
      firstAlertMinutes: incident.agency.firstAlertMinutes,
      allClearMinutes: incident.agency.allClearMinutes,
    }),
    timeline,
    published,
    findings: incident.entries.flatMap(({ kind, at, text, by }) =>
      kind === "finding" ? [{ at: at.getTime(), text, by }] : [],
    ),
    publications: incident.alerts.flatMap((alert) =>
      alert.messages.flatMap((message) =>
        message.publications.map(({ channel, sha256, publishedAt, publishedBy }) => ({
          alert: alert.title,
          identifier: message.identifier,
          place: formatPlace(message.place),
          audience: message.audience,
          msgType: message.msgType,
          channel,
          sha256,
          publishedAt: publishedAt.getTime(),
          publishedBy,
        })),
      ),
    ),
  };
}
