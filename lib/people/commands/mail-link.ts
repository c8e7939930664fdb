import "server-only";
import type { PrismaClient } from "../../platform/db";
import { log } from "../../platform/log";
import { type MailSettings, sendMail } from "../../platform/mail";
import { getSite } from "../../platform/site/data";
import { fingerprint } from "../../record/chain";

/**
 * Sends a one-time link by email, where the site has a mail server. The link is
 * kept nowhere, so it is sent at once and not by the worker; it stays on screen,
 * to be handed over otherwise. A demonstration sends none.
 * @param link.renewed for someone who has an account, and not for a new one
 * @param url address people open the console at
 * @returns what became of it, for whoever invited; null where no email is set up
 */
export async function mailSetupLink(
  client: PrismaClient,
  settings: MailSettings | null,
  url: string,
  { personId, token, renewed }: { personId: string; token: string; renewed: boolean },
): Promise<string | null> {
  if (!settings || (await getSite(client)).mode !== "real") return null;
  const person = await client.person.findUniqueOrThrow({ where: { id: personId } });
  try {
    await sendMail(settings, {
      id: `link-${fingerprint(token).slice(0, 24)}`,
      to: person.email,
      subject: renewed ? "Set a new password for Callbox" : "Set your password for Callbox",
      text: [
        `${person.name},`,
        "",
        ...(renewed
          ? [
              "an administrator made a link with which you set a new password for your account in Callbox.",
              "The one you have works until then. The link works once, for 72 hours:",
            ]
          : [
              "an administrator made you an account in Callbox, the console that tells the public what to do when 911 fails.",
              "Set your password here. The link works once, for 72 hours:",
            ]),
        "",
        `${new URL(`/welcome/${token}`, url)}`,
        "",
        "If you do not expect this, do not open the link, and tell your administrator.",
      ].join("\n"),
    });
    return `It was emailed to ${person.email}.`;
  } catch (error) {
    log.warn({ event: "link not mailed", error });
    return `The mail server did not take the email to ${person.email}. Hand the link over in another way you trust.`;
  }
}
