import type { AlertSummary } from "../../lib/alerts/data";
import type { ClocksOfIncident, OutageStanding } from "../../lib/alerts/clocks/data";
import { modeTitle } from "../layout/mode-frame";
import { formatClock, formatPlaces } from "../ui/time";

/** What an open outage asks of a person, from its declaration to the day it is closed. Pure. */

export interface OutageNeed {
  key: string;
  title: string;
  says: string;
  href: string;
  act: string;
  /** Whether residents are without a number, or soon will be, or wait for what was promised; never in an exercise. */
  urgent: boolean;
}

export type OpenOutage = Pick<ClocksOfIncident, "id" | "title" | "mode" | "standing">;
type Follower = Pick<AlertSummary, "incidentId" | "state" | "purpose">;

/** How long before the end of an alert its successor is asked for as the most important thing. */
const SOON_MS = 30 * 60_000;

const earliest = (times: readonly number[]) => Math.min(...times);
const countOf = (groups: readonly { places: number }[]) => groups.reduce((sum, { places }) => sum + places, 0);
const verb = (places: number, one: string, many: string) => `${formatPlaces(places)} ${places === 1 ? one : many}`;

/** Those who get the messages of this outage, to begin a sentence. */
const readersOf = ({ mode }: Pick<OpenOutage, "mode">) => (mode === "exercise" ? "Players" : "Residents");

/** How many places are without an alert in force where 911 fails, and what stands in the others. */
function judge({ out, told, restored }: OutageStanding, now: number) {
  const inForce = told.filter(({ endsAt }) => endsAt > now);
  const waiting = countOf(restored.filter(({ endsAt }) => endsAt > now));
  return {
    untold: Math.max(0, out - countOf(inForce)),
    /** Places where 911 works again and people read that it fails. */
    waiting,
    /** Whether anything is in force that an update could follow. */
    follows: inForce.length > 0 || waiting > 0,
    endsAt: earliest(inForce.map(({ endsAt }) => endsAt)),
    nextUpdateAt: earliest(inForce.map(({ nextUpdateAt }) => nextUpdateAt)),
  };
}

const isUnfinished = ({ state }: Follower) => state === "draft" || state === "submitted";
const tellsOutage = ({ purpose }: Pick<Follower, "purpose">) => purpose === "outage" || purpose === "update";
const tellsAllClear = ({ purpose }: Pick<Follower, "purpose">) => purpose === "restoration" || purpose === "update";

/** What an unfinished alert holds up, as a sentence that follows another; nothing where it holds up nothing. */
export function describeHeldUp(alert: Follower, outages: readonly OpenOutage[], now: number, timeZone: string): string {
  const outage = outages.find(({ id }) => id === alert.incidentId);
  if (!outage || !isUnfinished(alert)) return "";
  const readers = readersOf(outage);
  const { out } = outage.standing;
  const { untold, waiting, endsAt, nextUpdateAt } = judge(outage.standing, now);
  if (tellsOutage(alert) && out > 0) {
    if (untold > 0) return ` ${readers} of ${formatPlaces(untold)} see no number until it is published.`;
    const ends = `the alert in force ends at ${formatClock(endsAt, timeZone)}.`;
    return nextUpdateAt < now
      ? ` It was promised for ${formatClock(nextUpdateAt, timeZone)} and is late; ${ends}`
      : ` It is promised for ${formatClock(nextUpdateAt, timeZone)}; ${ends}`;
  }
  return tellsAllClear(alert) && waiting > 0
    ? ` ${readers} of ${formatPlaces(waiting)} read that 911 fails until it is published.`
    : "";
}

/** What has to be written because nothing tells people what they should know; null where something does. */
function findMissing(
  outage: OpenOutage,
  now: number,
  timeZone: string,
): Omit<OutageNeed, "key" | "href" | "act"> | null {
  const { out, last } = outage.standing;
  const { untold, follows, endsAt, nextUpdateAt } = judge(outage.standing, now);
  const readers = readersOf(outage);
  const clock = (instant: number) => formatClock(instant, timeZone);
  if (untold === out && last === null) {
    return {
      title: `Prepare the alert: ${outage.title}`,
      says: `${verb(out, "has", "have")} no draft yet, and ${readers.toLowerCase()} have no number.`,
      urgent: true,
    };
  }
  if (untold === out && last && (last.canceled || last.endsAt <= now)) {
    const how = last.canceled ? "The alert was canceled" : `The alert ended at ${clock(last.endsAt)}`;
    return {
      title: `${readers} see no number: ${outage.title}`,
      says: `${how}, but 911 still fails in ${formatPlaces(out)}. Prepare a new alert, or record where 911 works again.`,
      urgent: true,
    };
  }
  if (untold > 0) {
    return {
      title: `${readers} of ${formatPlaces(untold)} see no number: ${outage.title}`,
      says: `911 fails there and no alert is in force. ${follows ? "Write the update: it tells them too." : "Prepare their alert."}`,
      urgent: true,
    };
  }
  if (endsAt - now <= SOON_MS) {
    return {
      title: `The alert ends at ${clock(endsAt)}: ${outage.title}`,
      says: `911 still fails in ${formatPlaces(out)}. Write the update, or ${readers.toLowerCase()} see no number from then on.`,
      urgent: true,
    };
  }
  if (nextUpdateAt < now) {
    return {
      title: `The promised update is late: ${outage.title}`,
      says: `${readers} were told to expect it by ${clock(nextUpdateAt)}. The alert ends at ${clock(endsAt)}.`,
      urgent: true,
    };
  }
  return {
    title: `Write the update by ${clock(nextUpdateAt)}: ${outage.title}`,
    says: `${readers} were told to expect it by then. The alert ends at ${clock(endsAt)}.`,
    urgent: false,
  };
}

/**
 * What an open outage asks of this person beyond its unfinished alerts, which are listed by themselves.
 * @param alerts all that this person may read; those of other outages are passed over
 */
export function listOutageNeeds(
  given: OpenOutage,
  alerts: readonly Follower[],
  now: number,
  timeZone: string,
): OutageNeed[] {
  const { id, mode, standing } = given;
  // The name of an exercise says so too; once, and first, is enough.
  const title = mode === "exercise" ? given.title.replace(/^Exercise: /, "") : given.title;
  const outage = { ...given, title };
  const unfinished = alerts.filter((alert) => alert.incidentId === id && isUnfinished(alert));
  const needs: OutageNeed[] = [];
  const missing = standing.out > 0 && !unfinished.some(tellsOutage) ? findMissing(outage, now, timeZone) : null;
  const place = { href: `/incidents/${id}`, act: "Open the incident" };
  if (missing && standing.mayDraft) needs.push({ key: id, ...missing, ...place });
  else if (missing?.urgent && standing.mayApprove) {
    // Whoever approves cannot write it, and is the next one to lose time by it.
    needs.push({ key: id, ...missing, says: `${missing.says} Drafters of ${standing.agency} can.`, ...place });
  }
  const { waiting } = judge(standing, now);
  if (waiting > 0 && standing.mayDraft && !unfinished.some(tellsAllClear)) {
    needs.push({
      key: `${id} all-clear`,
      title: `Write the all-clear: ${title}`,
      says: `911 works again in ${formatPlaces(waiting)}, where the alert in force still says that it fails.`,
      ...place,
      urgent: true,
    });
  }
  if (standing.out === 0 && waiting === 0 && unfinished.length === 0 && standing.mayClose) {
    needs.push({
      key: `${id} close`,
      title: `Close the outage: ${title}`,
      says: "911 works again in all of its places, and no alert in force says otherwise. Its activity log stays.",
      ...place,
      urgent: false,
    });
  }
  return mode === "exercise"
    ? needs.map((need) => ({ ...need, title: modeTitle(mode, need.title), urgent: false }))
    : needs;
}
