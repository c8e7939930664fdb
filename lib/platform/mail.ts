import { createTransport } from "nodemailer";
import { isLoopback } from "./loopback";

/** Email through the site's own mail server. */

export interface MailSettings {
  /** smtp:// or smtps://, with a user and password where the server wants them. */
  url: string;
  /** Whom messages come from. */
  from: string;
}

export interface Mail {
  /** Stays the same when a message is sent again, so that mail programs show it once. */
  id: string;
  to: string;
  subject: string;
  text: string;
  attachments?: readonly { filename: string; content: Uint8Array }[];
}

/** How long a mail server may take to answer, in milliseconds. */
const PATIENCE_MS = 20_000;

/** Rejects with the reason of a signal once it says so; what waits behind it ends by its own time limits. */
function whenAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason as Error);
    signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

/**
 * Hands one message to the mail server. Beyond this machine nothing goes out
 * unencrypted, and the server's certificate is checked.
 * @param signal ends the wait for a server that goes on without coming to an end
 * @returns what the server answered when it took the message
 * @throws when it did not take it
 */
export async function sendMail(settings: MailSettings, mail: Mail, signal?: AbortSignal): Promise<string> {
  const url = new URL(settings.url);
  const transport = createTransport({
    host: url.hostname,
    port: url.port ? Number(url.port) : url.protocol === "smtps:" ? 465 : 587,
    secure: url.protocol === "smtps:",
    requireTLS: !isLoopback(settings.url),
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  try {
    const sending = transport.sendMail({
      from: settings.from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      ...(mail.attachments
        ? {
            attachments: mail.attachments.map(({ filename, content }) => ({ filename, content: Buffer.from(content) })),
          }
        : {}),
      messageId: `<${mail.id}@${domainOf(settings.from)}>`,
      // Files and addresses inside a message are never fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { response } = await Promise.race([sending, whenAborted(signal)]);
    return response;
  } finally {
    transport.close();
  }
}

function domainOf(from: string): string {
  return /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? "callbox.invalid";
}
