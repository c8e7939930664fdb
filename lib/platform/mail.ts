import { PassThrough } from "node:stream";
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
  /** An address; or a list, whose members do not see each other. */
  to: string | readonly string[];
  subject: string;
  text: string;
  /** The same for programs that show it; with nothing in it that has to be fetched. */
  html?: string;
  attachments?: readonly { filename: string; content: Uint8Array; contentType?: string }[];
}

/** What a mail server that took a message said of it. */
export interface Posted {
  answer: string;
  /** Addresses it did not take the message for, while it took it for others. */
  refused: readonly { address: string; why: string }[];
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
 * @param whenSent is told once all of it was handed over, before the server says whether it took it
 * @returns what the server answered when it took the message, be it for some of a list alone
 * @throws when it took it for nobody
 */
export async function sendMail(
  settings: MailSettings,
  mail: Mail,
  signal?: AbortSignal,
  whenSent?: () => void,
): Promise<Posted> {
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
  if (whenSent)
    transport.use("stream", ({ message }, done) => {
      // What the server is sent goes through here; its answer comes after the end of it.
      message.transform(() => new PassThrough().once("end", whenSent));
      done();
    });
  try {
    const sending = transport.sendMail({
      from: settings.from,
      ...(typeof mail.to === "string" ? { to: mail.to } : { to: "undisclosed-recipients:;", bcc: [...mail.to] }),
      subject: mail.subject,
      text: mail.text,
      ...(mail.html === undefined ? {} : { html: mail.html }),
      ...(mail.attachments
        ? {
            attachments: mail.attachments.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content) })),
          }
        : {}),
      messageId: `<${mail.id}@${domainOf(settings.from)}>`,
      // Files and addresses inside a message are never fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { response, rejected, rejectedErrors = [] } = await Promise.race([sending, whenAborted(signal)]);
    const whys = new Map(rejectedErrors.map((error) => [error.recipient, error.response ?? error.message]));
    return { answer: response, refused: rejected.map((address) => ({ address, why: whys.get(address) ?? "refused" })) };
  } finally {
    transport.close();
  }
}

function domainOf(from: string): string {
  return /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? "callbox.invalid";
}
