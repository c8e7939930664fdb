"use server";

import { z } from "zod";
import { chooseMessage } from "../../lib/alerts/import";
import { prepareAlert } from "../../lib/alerts/commands/prepare";
import { fingerprint } from "../../lib/record/chain";
import { createAction } from "../../lib/access/create-action";
import { db } from "../../lib/platform/db";
import { runJob } from "../../lib/platform/file-worker";
import { refuse, type Result, success } from "../../lib/platform/result";
import type { DescribedCheck } from "../../lib/standards/describe-check";
import { XML_LIMITS } from "../../lib/standards/xml/rules";

const bytesSchema = z
  .instanceof(Uint8Array, { error: "Paste a message or choose a file." })
  .refine((bytes) => bytes.length > 0, "Paste a message or choose a file.")
  .refine((bytes) => bytes.length <= XML_LIMITS.bytes, "The file is larger than 5 MiB.");

const LIMITS = { seconds: 15, megabytes: 600 };

/** Checks a file in a process of its own. @returns null when what should be trusted is no certificate */
async function checkApart(bytes: Uint8Array, trust?: string): Promise<Result<DescribedCheck | null>> {
  const payload = { bytes, ...(trust?.trim() ? { trust } : {}) };
  const result = await runJob<DescribedCheck | null>("check", payload, LIMITS);
  if (result.ok) return success(result.value);
  const why = result.why === "failed" ? "could not be read" : "takes too long or too much memory to check";
  return refuse("not-checked", `This file ${why}. Nothing was checked.`, { bytes: `This file ${why}.` });
}

export const checkMessageAction = createAction({
  permission: "any",
  input: z.strictObject({
    bytes: bytesSchema,
    trust: z.string().max(100_000, "The certificate is larger than 100 KB.").optional(),
  }),
  run: async ({ input }) => {
    const result = await checkApart(input.bytes, input.trust);
    if (!result.ok) return result;
    return result.value
      ? success(result.value)
      : refuse("invalid", "Nothing was checked.", { trust: "This is no certificate in PEM." });
  },
});

export const importMessageAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ bytes: bytesSchema, incidentId: z.string().min(1, "Choose an incident.") }),
  run: async ({ actor, input, now }) => {
    const result = await checkApart(input.bytes);
    if (!result.ok) return result;
    const chosen = chooseMessage(result.value);
    if ("why" in chosen) return refuse("invalid", `${chosen.why} No draft was made.`);
    const sha256 = fingerprint(Buffer.from(input.bytes));
    return prepareAlert(db(), actor, { incidentId: input.incidentId, imported: { alert: chosen.alert, sha256 } }, now);
  },
});
