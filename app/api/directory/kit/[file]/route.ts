import { createRoute, problem } from "../../../../../lib/access/create-route";
import { writeDay } from "../../../../../lib/platform/csv-row";
import { loadKit } from "../../../../../lib/exchange/kit/data";
import { writeKitHtml } from "../../../../../lib/exchange/kit/html";
import { writeKitPdf } from "../../../../../lib/exchange/kit/pdf";
import { kitKey, signKit } from "../../../../../lib/exchange/kit/sign";
import { env } from "../../../../../lib/platform/env";
import { db } from "../../../../../lib/platform/db";

const TYPES = { html: "text/html; charset=utf-8", pdf: "application/pdf" } as const;

/** The kit of an agency: its id with .html or .pdf behind it. */
export const GET = createRoute<{ file: string }>({
  permission: "directory:read",
  handle: async ({ params }) => {
    const [, id, type] = /^(.+)\.(html|pdf)$/.exec(params.file) ?? [];
    // By the minute, so that paper and file taken together carry one checksum.
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    const loaded = id && type ? await loadKit(db(), id, now) : null;
    if (!loaded) return problem(404, "not-found", "There is no such kit.");
    const { kit, checksum } = loaded;
    const secret = env().NEXTAUTH_SECRET;
    const key = kitKey(secret);
    const body =
      type === "html"
        ? signKit(writeKitHtml(kit, checksum, key), secret)
        : new Uint8Array(await writeKitPdf(kit, checksum, key));
    const name = `callbox-kit-${id}-${writeDay(now, kit.timeZone)}.${type}`;
    return new Response(body, {
      headers: {
        "Content-Type": TYPES[type as keyof typeof TYPES],
        "Content-Disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
      },
    });
  },
});
