import { z } from "zod";
import { channelKind } from "../../channel";
import { Refused } from "../../../platform/outbound/address";

/** Reading back takes no longer, in milliseconds: whatever else writes the site waits behind it. */
const READ_BACK_MS = 5000;

/** The public pages: written as a whole, then read back at the address people open. */

export const publicSite = channelKind({
  kind: "public-site",
  whole: true,
  bytes: false,
  settings: z.strictObject({}),
  secrets: z.strictObject({}),
  deliver: async ({ mode, alert, messages }, _, __, { writeSite, handedOver, publicUrl, signal }) => {
    if (mode !== "live") throw new Refused("An exercise is never shown to the public.");
    const sent = await writeSite();
    handedOver();
    const wanted = messages.map(({ identifier }) => identifier);
    const address = `${publicUrl}/alerts/${alert.code}`;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(READ_BACK_MS)]);
    try {
      // A server looks for what is new some times a second; what it says until then is the state before.
      for (let look = 0; look < 20; look += 1) {
        const answer = await fetch(address, {
          signal: patience,
          redirect: "error",
          headers: { "cache-control": "no-cache" },
        });
        const body = await answer.text();
        if (answer.ok && wanted.every((identifier) => body.includes(`/cap/${identifier}.xml`))) {
          return { state: "confirmed", sent, answer: `${address} read back, ${wanted.length} messages on it` };
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return { state: "handed-over", sent, answer: `${address} does not show it yet` };
    } catch (error) {
      const why = error instanceof Error ? error.message : "unknown";
      return { state: "handed-over", sent, answer: `Written, but ${address} could not be read: ${why}` };
    }
  },
  test: async (_, __, { publicUrl, signal }) => {
    const answer = await fetch(`${publicUrl}/robots.txt`, { signal, redirect: "error" });
    return {
      state: answer.ok ? "confirmed" : "handed-over",
      sent: `GET ${publicUrl}/robots.txt`,
      answer: String(answer.status),
    };
  },
});
