import { randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { fingerprint } from "../../../record/chain";
import { channelKind, type Receipt } from "../../channel";
import { Refused } from "../../../platform/outbound/address";

/** Puts the stored bytes of each message into a folder, whole or not at all, and reads them back. */

const settings = z.strictObject({
  folder: z
    .string()
    .trim()
    .min(2, "Name a folder.")
    .refine((folder) => path.isAbsolute(folder), "Name the folder from the root, such as /srv/alerts."),
});

/** A file of its own beside the target, then one rename: nobody reads half of it. */
async function drop(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const aside = path.join(/* turbopackIgnore: true */ folder, `.${name}.${randomBytes(6).toString("hex")}`);
  try {
    const file = await fs.open(aside, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(aside, path.join(/* turbopackIgnore: true */ folder, name));
  } catch (error) {
    await fs.rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
}

export const fileDrop = channelKind({
  kind: "file-drop",
  whole: false,
  bytes: true,
  settings,
  secrets: z.strictObject({}),
  deliver: async ({ messages }, { folder }, _, { handedOver }): Promise<Receipt> => {
    const [message] = messages;
    if (!message) throw new Refused("There is no message.");
    const name = `${message.identifier}.xml`;
    await drop(folder, name, message.xml);
    handedOver();
    const back = await fs.readFile(path.join(/* turbopackIgnore: true */ folder, name));
    if (fingerprint(back) !== message.sha256) throw new Error(`${name} does not read as it was written.`);
    return {
      state: "confirmed",
      sent: `${path.join(/* turbopackIgnore: true */ folder, name)}, ${message.xml.length} bytes`,
      answer: "read back",
    };
  },
  test: async ({ folder }): Promise<Receipt> => {
    const name = `.callbox-test-${randomBytes(6).toString("hex")}`;
    await drop(folder, name, Buffer.from("test\n"));
    await fs.rm(path.join(/* turbopackIgnore: true */ folder, name));
    return { state: "confirmed", sent: `A file in ${folder}, and removed again`, answer: "read back" };
  },
});
