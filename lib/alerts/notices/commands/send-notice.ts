import "server-only";
import type { PrismaClient } from "../../../platform/db";
import type { JobContext } from "../../../platform/jobs";
import { type MailSettings, sendMail } from "../../../platform/mail";
import { readBundle } from "../../bundle";
import { minutesSince, type NoticeKind, writeNotice } from "../words";

/** What a job needs of the process that does it. */
export interface Post {
  settings: MailSettings | null;
  /** The address people open. */
  url: string;
}

/**
 * Sends one notice by email, unless it was sent or nobody waits for it any more.
 * A process that dies between the mail server's answer and its own note sends it
 * again under the same message id, which mail programs show once.
 * @throws when the mail server did not take it, so that it is tried again
 */
export async function sendNotice(
  client: PrismaClient,
  id: string,
  { settings, url }: Post,
  { now, attempt, last }: JobContext,
): Promise<void> {
  const notice = await client.notice.findUnique({
    where: { id },
    include: {
      person: true,
      alert: {
        include: {
          agency: { select: { name: true } },
          incident: { select: { mode: true, title: true } },
          emergencies: { orderBy: { at: "desc" }, take: 1, include: { person: { select: { name: true } } } },
        },
      },
    },
  });
  if (notice?.state !== "waiting") return;
  const { alert, person, kind } = notice;
  const asks = kind !== "released";
  const over = asks && (alert.state !== "submitted" || alert.contentHash !== notice.contentHash);
  if (over || person.disabledAt) {
    await client.notice.update({ where: { id }, data: { state: "dropped" } });
    return;
  }
  const [emergency] = alert.emergencies;
  const alone = kind === "emergency" || kind === "released";
  const mail = writeNotice({
    kind: kind as NoticeKind,
    name: person.name,
    title: alert.title,
    incident: alert.incident.title,
    agency: alert.agency.name,
    mode: alert.incident.mode === "live" ? "live" : "exercise",
    by: (alone ? emergency?.person.name : alert.submittedBy) ?? "Someone",
    reason: emergency?.reason ?? "",
    places: new Set(alert.bundle ? readBundle(alert.bundle).messages.flatMap(({ placeIds }) => placeIds) : []).size,
    waited: minutesSince(alert.submittedAt, now),
    link: `${url}/alerts/${alert.id}${asks ? "/review" : ""}`,
  });
  try {
    if (!settings) throw new Error("No mail server is set up.");
    await sendMail(settings, { id: `notice-${id}`, to: person.email, ...mail });
  } catch (error) {
    const problem = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    await client.notice.update({
      where: { id },
      data: { attempts: attempt, problem, ...(last ? { state: "failed" } : {}) },
    });
    throw error;
  }
  await client.notice.update({ where: { id }, data: { state: "sent", sentAt: now, attempts: attempt, problem: null } });
}
