import { z } from "zod";
import { type Posted, sendMail } from "../../../platform/mail";
import { packMessages } from "../cap-export/data";
import { channelKind, stayHere } from "../../channel";
import { type Letter, writeHtml, writeText } from "./letter";
import { Refused } from "../../../platform/outbound/address";

/** One email a list and alert: to newsrooms and neighboring centers, with the messages as they were sent. */

/** Messages that are attached one by one; more are put into one file. */
const ATTACHED_SINGLY = 10;

/** Refused addresses that a sentence names. */
const NAMED_REFUSED = 10;

/** Which addresses of a list the mail server refused while it took the others. */
function describeRefused(all: number, refused: Posted["refused"]): string {
  const named = refused.slice(0, NAMED_REFUSED).map(({ address, why }) => `${address} (${why})`);
  const more = refused.length - named.length;
  return (
    `The mail server took it for ${all - refused.length} of ${all} addresses and refused: ` +
    `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}. Correct the list.`
  );
}

const settings = z.strictObject({
  to: z
    .array(z.email("Use complete email addresses."))
    .min(1, "Give at least one address.")
    .max(500, "A list holds at most 500 addresses."),
});

export const email = channelKind({
  kind: "email",
  whole: true,
  bytes: true,
  settings,
  secrets: z.strictObject({}),
  deliver: async ({ key, mode, alert, messages, told = null }, { to }, _, surroundings) => {
    const { mail, publicUrl } = surroundings;
    if (!mail) throw new Refused("No mail server is set up for this site.");
    stayHere(surroundings, mail.url);
    const exercise = mode === "exercise";
    const demonstration = surroundings.demonstration && !exercise;
    const singly = messages.length <= ATTACHED_SINGLY;
    const letter: Letter = {
      agency: alert.agency,
      title: alert.title,
      exercise,
      demonstration,
      page: exercise ? null : `${publicUrl}/alerts/${alert.code}`,
      told,
      names: [...new Set(messages.flatMap(({ places }) => places))],
      attached: singly
        ? "The messages as they were sent (CAP 1.2) are attached."
        : `All ${messages.length} messages as they were sent (CAP 1.2) are attached in one ZIP file.`,
    };
    const banner = exercise ? "EXERCISE. " : demonstration ? "DEMONSTRATION. " : "";
    const message = {
      id: `alert-${key.replace(/[^A-Za-z0-9.-]+/g, "-")}`,
      to,
      subject: `${banner}${alert.title}`.replace(/\s+/g, " ").slice(0, 150),
      text: writeText(letter),
      html: writeHtml(letter),
      attachments: singly
        ? messages.map(({ identifier, xml }) => ({
            filename: `${identifier}.xml`,
            content: xml,
            contentType: "application/cap+xml",
          }))
        : [{ filename: `${alert.code}.zip`, content: packMessages(messages) }],
    };
    const { answer, refused } = await sendMail(mail, message, surroundings.signal, surroundings.handedOver);
    return {
      state: "accepted",
      sent: `${to.length} addresses, ${messages.length} messages attached`,
      answer,
      ...(refused.length > 0 ? { partly: describeRefused(to.length, refused) } : {}),
    };
  },
  test: async ({ to }, _, surroundings) => {
    const { mail } = surroundings;
    if (!mail) throw new Refused("No mail server is set up for this site.");
    stayHere(surroundings, mail.url);
    const message = {
      id: `test-${Date.now()}`,
      to,
      subject: "Test of an email list of Callbox",
      text: "This is a test of the list. It is not an alert.\n",
    };
    const { answer, refused } = await sendMail(mail, message, surroundings.signal);
    if (refused.length > 0) throw new Error(describeRefused(to.length, refused));
    return { state: "accepted", sent: `${to.length} addresses`, answer };
  },
});
