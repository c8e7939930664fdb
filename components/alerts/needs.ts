import type { AlertSummary } from "../../lib/alerts/data";
import { describeProblem } from "../../lib/alerts/ready/describe";
import type { ReadyProblem } from "../../lib/alerts/ready/schema";
import type { OwnExercise } from "../../lib/exercises/data";
import { PARTS } from "../../lib/exercises/schema";
import type { AskedToTurnOn } from "../access/asked-to-turn-on";
import { modeTitle } from "../layout/mode-frame";
import { formatClock, formatMoment, formatPlaces, formatZone } from "../ui/time";
import { alertHref } from "./alerts-table";
import { describeHeldUp, listOutageNeeds, type OpenOutage } from "./outage-needs";

/** What Home lists as waiting for a person. Pure. */

export interface Need {
  key: string;
  title: string;
  says: string;
  href: string;
  act: string;
}

export interface NeedsProps {
  alerts: readonly AlertSummary[];
  /** Open outages whose alerts this person may read, live ones first. */
  outages: readonly OpenOutage[];
  mayRead: boolean;
  mayDraft: boolean;
  mayDeclare: boolean;
  mayVerify: boolean;
  mayReadLog: boolean;
  mayManagePeople: boolean;
  /** Changes of access that wait for this person to confirm. */
  accessRequests: number;
  /** Channels and providers that wait for this person to confirm. */
  asked: readonly AskedToTurnOn[];
  /** Whether nobody has reviewed who has access for too long. */
  reviewDue: boolean;
  demonstration: boolean;
  unserved: number;
  /** Ready drafts that would not do as they are. */
  staleReady: readonly { id: string; title: string; problem: ReadyProblem }[];
  /** Exercises this person plays in, that run or are near. */
  exercises: readonly OwnExercise[];
}

/** Exercises to play in, those that run or those to come. */
function listPlayed(exercises: NeedsProps["exercises"], running: boolean): Need[] {
  return exercises
    .filter((one) => one.running === running)
    .map(({ id, title, startsAt, timeZone, parts }) => ({
      key: `exercise ${id}`,
      title: running
        ? `The exercise “${title}” is running`
        : `Exercise on ${formatMoment(startsAt, timeZone)} ${formatZone(startsAt, timeZone)}: ${title}`,
      says: `Your part: ${parts.map((part) => PARTS[part].label.toLowerCase()).join(", ")}.`,
      href: `/exercises/${id}`,
      act: "Open the exercise",
    }));
}

/** Ready drafts with the first reason of the first one. */
function listStale(stale: NeedsProps["staleReady"]): Need[] {
  const [first] = stale;
  if (!first) return [];
  return [
    {
      key: "ready",
      title: stale.length === 1 ? "1 ready draft needs attention" : `${stale.length} ready drafts need attention`,
      says: `${first.title}: ${describeProblem(first.problem)}`,
      href: stale.length === 1 ? `/alerts/ready/${first.id}` : "/alerts/ready",
      act: stale.length === 1 ? "Open the ready draft" : "Open the ready drafts",
    },
  ];
}

/** An alert of an exercise says so wherever it is named. */
const titleOf = ({ mode, title }: AlertSummary) => modeTitle(mode, title);

/** Live before exercises, whatever waits in them. */
const byMode = (left: AlertSummary, right: AlertSummary) =>
  Number(left.mode === "exercise") - Number(right.mode === "exercise");

/** What waits for this person, in the order of what it holds up. */
export function listNeeds(
  props: NeedsProps,
  alerts: readonly AlertSummary[],
  { now, timeZone }: { now: number; timeZone: string },
): Need[] {
  const mine = alerts
    .filter((alert) => alert.state === "submitted" && alert.mayApprove)
    .sort((left, right) => byMode(left, right) || Number(right.calledOn) - Number(left.calledOn));
  const drafts = alerts.filter((alert) => alert.state === "draft" && alert.mayDraft).sort(byMode);
  const sent = alerts.filter((alert) => alert.state === "submitted" && alert.mayDraft && !alert.mayApprove);
  const outages = props.outages.flatMap((outage) => listOutageNeeds(outage, alerts, now, timeZone));
  const held = (alert: AlertSummary) => describeHeldUp(alert, props.outages, now, timeZone);
  const alone = alerts.filter((alert) => alert.emergency !== null);
  return [
    ...alone.map((alert) => ({
      key: `${alert.id} emergency`,
      title: `Emergency: ${alert.emergency?.by} asks to release “${alert.title}” alone`,
      says: `Nobody else could be reached: “${alert.emergency?.reason}” If you can approve or return it, do so now.`,
      href: alertHref(alert),
      act: "Open the review",
    })),
    ...(props.accessRequests > 0
      ? [
          {
            key: "requests",
            title: `${props.accessRequests} access ${props.accessRequests === 1 ? "request waits" : "requests wait"} for a second administrator`,
            says: "Read who asked, why, and what comes of it. Then confirm or decline.",
            href: "/admin/requests",
            act: "Open the requests",
          },
        ]
      : []),
    ...props.asked.map(({ href, title, says, act }) => ({ key: href, title, says, href, act })),
    ...mine.map((alert) => ({
      key: alert.id,
      title: `${alert.calledOn ? "You are called on to review" : "Review"}: ${titleOf(alert)}`,
      says: `${alert.calledOn ? "Nobody approved it in time, and you are named as an alternate. " : ""}${alert.submittedBy} sent it${held(alert) === "" ? `; ${formatPlaces(alert.towns)} ${alert.towns === 1 ? "waits" : "wait"} for it.` : `.${held(alert)}`}`,
      href: alertHref(alert),
      act: "Review",
    })),
    ...outages.filter(({ urgent }) => urgent),
    ...listPlayed(props.exercises, true),
    ...drafts.map((alert) => ({
      key: alert.id,
      title: `${alert.returned ? "Change the returned draft" : "Finish the draft"}: ${titleOf(alert)}`,
      says: alert.returned
        ? `${alert.returned.by} returned it: “${alert.returned.reason}”${held(alert)}`
        : `${formatPlaces(alert.towns)}; last changed by ${alert.updatedBy}.${held(alert)}`,
      href: alertHref(alert),
      act: "Open the draft",
    })),
    ...sent.map((alert) => ({
      key: alert.id,
      title: `With an approver: ${titleOf(alert)}`,
      says: `${alert.submittedBy} sent it at ${formatClock(alert.submittedAt ?? alert.updatedAt, timeZone)}. If nobody reviews it, call an approver.${held(alert)}`,
      href: alertHref(alert),
      act: "Open the alert",
    })),
    ...outages.filter(({ urgent }) => !urgent),
    ...(props.mayDeclare
      ? [
          {
            key: "declare",
            title: props.outages.some(({ mode }) => mode === "live") ? "If 911 fails elsewhere" : "If 911 fails",
            says: props.demonstration
              ? "Declare the outage. In the demonstration you can fill in the outage of June 18, 2024."
              : "Declare the outage. Callbox prepares a text for every place.",
            href: "/incidents/new",
            act: "Declare an outage",
          },
        ]
      : []),
    ...listPlayed(props.exercises, false),
    ...listStale(props.staleReady),
    ...(props.mayVerify && props.unserved > 0
      ? [
          {
            key: "verify",
            title: `${formatPlaces(props.unserved)} without a usable number`,
            says: "A good test call keeps a number verified for 90 days.",
            href: "/directory",
            act: "Open the directory",
          },
        ]
      : []),
    ...(props.mayReadLog
      ? [
          {
            key: "log",
            title: "Activity log",
            says: "Who did what, verified from the first entry to the last.",
            href: "/log",
            act: "Open the activity log",
          },
        ]
      : []),
    ...(props.reviewDue
      ? [
          {
            key: "review",
            title: "Review who has access",
            says: "Nobody has for more than 90 days. One page, and one confirmation.",
            href: "/admin/access-review",
            act: "Open the access review",
          },
        ]
      : []),
    ...(props.mayManagePeople
      ? [
          {
            key: "people",
            title: "People and roles",
            says: "Invite people, change roles, disable accounts.",
            href: "/admin",
            act: "Open people",
          },
        ]
      : []),
  ];
}
