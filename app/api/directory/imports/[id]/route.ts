import { createRoute, problem } from "../../../../../lib/access/create-route";
import { CSV_LIMITS } from "../../../../../lib/exchange/csv-file";
import { getImportProgress } from "../../../../../lib/exchange/data";
import { leaveFile } from "../../../../../lib/exchange/commands/leave";
import { PLACE_FILE_LIMITS } from "../../../../../lib/exchange/place-file";
import { db } from "../../../../../lib/platform/db";

const MOST = Math.max(CSV_LIMITS.bytes, PLACE_FILE_LIMITS.bytes);

/** The body, as far as it is allowed to go. */
async function readBody(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** How far an import is. */
export const GET = createRoute<{ id: string }>({
  permission: "directory:edit",
  polls: true,
  handle: async ({ actor, params }) => {
    const progress = await getImportProgress(actor, params.id);
    return progress ? Response.json(progress) : problem(404, "not-found", "There is no such import for you.");
  },
});

/** Takes the file of an import that was begun; a worker reads it. */
export const PUT = createRoute<{ id: string }>({
  permission: "directory:edit",
  handle: async ({ actor, params, request }) => {
    const progress = await getImportProgress(actor, params.id);
    if (!progress) return problem(404, "not-found", "There is no such import for you.");
    if (progress.state !== "reading") return problem(409, "not-waiting", "This import has its file already.");
    const bytes = await readBody(request);
    if (!bytes) return problem(413, "too-large", "The file is larger than 64 MB. Split it.");
    const left = await leaveFile(db(), actor, params.id, bytes, new Date());
    if (!left.ok) return problem(left.code === "busy" ? 503 : 409, left.code, left.message);
    return Response.json({ taken: left.value.size }, { status: 202 });
  },
});
