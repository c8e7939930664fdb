import fs from "node:fs";
import path from "node:path";
import { withDatabase } from "../steps";

/** `callbox export`: the stored bytes of a published alert, never rendered again. */
export async function exportAlert(options: { json: boolean; out?: string; alert?: string }): Promise<number> {
  const wanted = options.alert;
  if (!wanted) {
    process.stderr.write("Name the alert by its code or id.\n");
    return 2;
  }
  return withDatabase(async (client) => {
    const { listStoredMessages, packMessages } = await import("../../delivery/channels/cap-export/data");
    const alert = await client.alert.findFirst({
      where: { OR: [{ id: wanted }, { code: wanted }], publishedAt: { not: null } },
      select: { id: true, code: true },
    });
    if (!alert) {
      process.stderr.write(`No published alert is called “${wanted}”.\n`);
      return 1;
    }
    const messages = await listStoredMessages(client, alert.id);
    const target = path.resolve(options.out ?? `${alert.code}.zip`);
    if (options.out) {
      fs.mkdirSync(target, { recursive: true });
      for (const { identifier, xml } of messages)
        if (xml) fs.writeFileSync(path.join(target, `${identifier}.xml`), xml);
    } else {
      fs.writeFileSync(target, packMessages(messages));
    }
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ alert: alert.code, written: target, messages: messages.map(({ identifier, sha256 }) => ({ identifier, sha256 })) })}\n`
        : `Wrote ${messages.length} messages to ${target}\n`,
    );
    return 0;
  });
}
