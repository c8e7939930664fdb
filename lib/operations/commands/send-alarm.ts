import "server-only";
import { z } from "zod";
import type { PrismaClient } from "../../platform/db";
import { type MailSettings, sendMail } from "../../platform/mail";
import { writeAlarm } from "../alarm-words";

/** What a job of this kind carries. */
export const alarmSchema = z.object({
  personId: z.string(),
  at: z.iso.datetime(),
  changes: z
    .array(z.object({ label: z.string(), good: z.boolean(), says: z.string(), todo: z.string().nullable() }))
    .min(1),
});
export type Alarm = z.infer<typeof alarmSchema>;

/**
 * Writes to one administrator how a part of the installation changed.
 * @throws when the mail server did not take it, so that it is tried again under the same message id
 */
export async function sendAlarm(
  client: PrismaClient,
  alarm: Alarm,
  { settings, url }: { settings: MailSettings | null; url: string },
): Promise<void> {
  const person = await client.person.findUnique({ where: { id: alarm.personId } });
  if (!person || person.disabledAt) return;
  const site = await client.site.findUniqueOrThrow({ where: { id: 1 }, select: { name: true } });
  if (!settings) throw new Error("No mail server is set up.");
  const mail = writeAlarm({ name: person.name, site: site.name, link: `${url}/admin/status`, changes: alarm.changes });
  await sendMail(settings, { id: `alarm-${alarm.personId}-${Date.parse(alarm.at)}`, to: person.email, ...mail });
}
