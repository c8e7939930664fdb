import { isOut } from "./schema";

/** The clocks of an open outage: what is due, and how late it is. Computed when asked, never stored. Pure. */

/** Minutes after which something is late, as the agency sets them. */
export interface ClockLimits {
  firstAlertMinutes: number;
  idleMinutes: number;
  allClearMinutes: number;
}

/** What an outage and its alerts say, all times in milliseconds since 1970. */
export interface ClockFacts extends ClockLimits {
  beganAt: number;
  declaredAt: number;
  /** Last time anybody did anything about it. */
  lastActAt: number;
  places: readonly { placeId: string; state: string; since: number }[];
  /** For each place with a message in force: what it says, when it ends, when the next update was promised. */
  told: readonly { placeId: string; tells: string; endsAt: number; nextUpdateAt: number }[];
  /** Whether people were ever sent an alert of this outage. */
  everTold: boolean;
  /** When notices of the provider came in. */
  notices: readonly number[];
}

export const CLOCKS = {
  "first-alert": "First alert",
  "not-told": "Alert for places that have none in force",
  "all-clear": "All-clear",
  update: "Promised update",
  ends: "Alert ends while 911 is out",
  acting: "Next act by an official",
  "provider-notice": "Provider’s first notice (47 CFR 4.9)",
  "provider-follow-up": "Provider’s follow-up notice (47 CFR 4.9)",
} as const;
export type ClockName = keyof typeof CLOCKS;

export interface IncidentClock {
  name: ClockName;
  dueAt: number;
  /** Places it is about; 0 where it is about the outage as a whole. */
  places: number;
}

const MINUTE = 60_000;
/** 47 CFR 4.9(h): as soon as possible and at most 30 minutes after discovery; again within two hours. */
const NOTICE_MINUTES = 30;
const FOLLOW_UP_MINUTES = 120;

const earliest = (times: readonly number[]) => Math.min(...times);

/** Every clock that runs, the worst first: the latest, then what is due next. */
export function listClocks(facts: ClockFacts, now: number): IncidentClock[] {
  const out = facts.places.filter(({ state }) => isOut(state));
  const outIds = new Set(out.map(({ placeId }) => placeId));
  const restored = new Map(
    facts.places.flatMap(({ placeId, state, since }) => (state === "restored" ? [[placeId, since] as const] : [])),
  );
  const outage = facts.told.filter(({ tells }) => tells === "outage");
  const toldIds = new Set(outage.map(({ placeId }) => placeId));
  const clocks: IncidentClock[] = [];
  const untold = out.filter(({ placeId }) => !toldIds.has(placeId));
  if (untold.length > 0) {
    const from = facts.everTold
      ? earliest(untold.map(({ since }) => Math.max(since, facts.declaredAt)))
      : facts.declaredAt;
    clocks.push({
      name: facts.everTold ? "not-told" : "first-alert",
      dueAt: from + facts.firstAlertMinutes * MINUTE,
      places: untold.length,
    });
  }
  const waiting = outage.filter(({ placeId }) => restored.has(placeId));
  if (waiting.length > 0) {
    const since = earliest(waiting.map(({ placeId }) => restored.get(placeId) ?? now));
    clocks.push({ name: "all-clear", dueAt: since + facts.allClearMinutes * MINUTE, places: waiting.length });
  }
  const standing = outage.filter(({ placeId }) => outIds.has(placeId));
  if (standing.length > 0) {
    clocks.push({
      name: "update",
      dueAt: earliest(standing.map(({ nextUpdateAt }) => nextUpdateAt)),
      places: standing.length,
    });
    clocks.push({ name: "ends", dueAt: earliest(standing.map(({ endsAt }) => endsAt)), places: standing.length });
  }
  if (out.length > 0) {
    clocks.push({ name: "acting", dueAt: facts.lastActAt + facts.idleMinutes * MINUTE, places: 0 });
    const [first] = [...facts.notices].sort((left, right) => left - right);
    if (first === undefined) {
      clocks.push({ name: "provider-notice", dueAt: facts.beganAt + NOTICE_MINUTES * MINUTE, places: 0 });
    } else if (facts.notices.length === 1) {
      clocks.push({ name: "provider-follow-up", dueAt: first + FOLLOW_UP_MINUTES * MINUTE, places: 0 });
    }
  }
  return clocks.sort((left, right) => left.dueAt - right.dueAt);
}

/** How far a clock is, in words: "6 min late", "22 min left". */
export function formatDue(dueAt: number, now: number): string {
  const minutes = Math.round(Math.abs(dueAt - now) / MINUTE);
  const words = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return dueAt < now ? `${words} late` : `${words} left`;
}
