import { SMTPServer } from "smtp-server";

/** A mail server that keeps what it is given, as strict as the test says. */

export interface Received {
  from: string;
  to: string[];
  /** The message as it came, headers and all, with lines put together that were broken on the way. */
  source: string;
}

export interface MailServer {
  url: string;
  received: Received[];
  /** While it is set, every message is refused with this sentence. */
  refuse: string | null;
  /** Addresses it does not know. */
  unknown: Set<string>;
  close: () => Promise<void>;
}

/** @param account the name and password it asks for; none without it */
export async function openMailServer(account?: { user: string; password: string }): Promise<MailServer> {
  const mails: MailServer = { url: "", received: [], refuse: null, unknown: new Set(), close: async () => undefined };
  const server = new SMTPServer({
    authOptional: !account,
    // On this machine only, where nothing is encrypted.
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS", ...(account ? [] : ["AUTH"])],
    logger: false,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === account?.user && password === account?.password) callback(null, { user: username });
      else callback(new Error("Wrong name or password"));
    },
    onRcptTo: ({ address }, _session, callback) =>
      callback(mails.refuse ? new Error(mails.refuse) : mails.unknown.has(address) ? new Error("No such user") : null),
    onData: (stream, { envelope }, callback) => {
      let source = "";
      stream.on("data", (chunk: Buffer) => (source += chunk));
      stream.on("end", () => {
        mails.received.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : "",
          to: envelope.rcptTo.map(({ address }) => address),
          source: source
            // Not the = that ends an attachment, which a boundary follows.
            .replace(/=\r\n(?!--)/g, "")
            .replace(/\r\n[ \t]+/g, " ")
            .replaceAll("\r\n", "\n"),
        });
        callback();
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.on("error", reject);
    const listening = server.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const who = account ? `${account.user}:${encodeURIComponent(account.password)}@` : "";
  mails.url = `smtp://${who}127.0.0.1:${port}`;
  mails.close = () => new Promise((resolve) => server.close(() => resolve()));
  return mails;
}
