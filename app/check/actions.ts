"use server";

import { z } from "zod";
import { prepareAlert } from "../../lib/alerts/mutations";
import { fingerprint } from "../../lib/audit/chain";
import { createAction } from "../../lib/auth/create-action";
import { db } from "../../lib/platform/db";
import { refuse, success } from "../../lib/platform/result";
import { checkFile } from "../../lib/standards/check";
import { parseCertificates } from "../../lib/standards/signature/certificates";
import { describeCheck } from "../../lib/standards/describe-check";
import { XML_LIMITS } from "../../lib/standards/xml/rules";

const bytesSchema = z
  .instanceof(Uint8Array, { error: "Paste a message or choose a file." })
  .refine((bytes) => bytes.length > 0, "Paste a message or choose a file.")
  .refine((bytes) => bytes.length <= XML_LIMITS.bytes, "The file is larger than 5 MiB.");

export const checkMessageAction = createAction({
  permission: "any",
  input: z.strictObject({
    bytes: bytesSchema,
    trust: z.string().max(100_000, "The certificate is larger than 100 KB.").optional(),
  }),
  run: async ({ input }) => {
    const trusted = input.trust?.trim() ? parseCertificates(input.trust) : [];
    if (!trusted) return refuse("invalid", "Nothing was checked.", { trust: "This is no certificate in PEM." });
    return success(describeCheck(checkFile(input.bytes, { trusted })));
  },
});

export const importMessageAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ bytes: bytesSchema, incidentId: z.string().min(1, "Choose an incident.") }),
  run: async ({ actor, input, now }) => {
    const { messages } = checkFile(input.bytes);
    const [message, ...more] = messages;
    if (!message || more.length > 0) {
      return refuse("not-one", "Only a file with one message can become a draft. No draft was made.");
    }
    const sha256 = fingerprint(Buffer.from(input.bytes));
    return prepareAlert(db(), actor, { incidentId: input.incidentId, imported: { alert: message.alert, sha256 } }, now);
  },
});
