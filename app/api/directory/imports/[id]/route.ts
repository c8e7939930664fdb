import { after } from "next/server";
import { createRoute, problem } from "../../../../../lib/access/create-route";
import { CSV_LIMITS } from "../../../../../lib/exchange/csv-file";
import { getImportProgress } from "../../../../../lib/exchange/data";
import { claimImport, failImport } from "../../../../../lib/exchange/commands/begin";
import { PLACE_FILE_LIMITS } from "../../../../../lib/exchange/place-file";
import { db } from "../../../../../lib/platform/db";
import { runJob } from "../../../../../lib/platform/file-worker";
import { Lane } from "../../../../../lib/platform/lane";

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

/** One file is read at a time; it takes a core and some hundred megabytes. */
const READING = new Lane(1, 20);
const LIMITS = { seconds: 180, megabytes: 1500 };
const PROBLEMS = {
  "too-long": "Reading the file took more than three minutes, so it was given up. Split it. Nothing was written.",
  ended: "The file needs more memory than there is for reading one. Split it. Nothing was written.",
  failed: "Something went wrong on our side while reading. Nothing was written. Try again.",
};

async function readInTurn(payload: {
  importId: string;
  agencyId: string;
  sessionId: string;
  bytes: Uint8Array;
}): Promise<void> {
  const result = await READING.run(() => runJob<void>("import", payload, LIMITS, { own: true }));
  if (result === "full") await failImport(db(), payload.importId, "Too many files are being read. Try again later.");
  else if (!result.ok) await failImport(db(), payload.importId, PROBLEMS[result.why]);
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

/** Takes the file of an import that was begun; reading it goes on after the answer. */
export const PUT = createRoute<{ id: string }>({
  permission: "directory:edit",
  handle: async ({ actor, params, request }) => {
    const progress = await getImportProgress(actor, params.id);
    if (!progress) return problem(404, "not-found", "There is no such import for you.");
    if (progress.state !== "reading") return problem(409, "not-waiting", "This import has its file already.");
    const bytes = await readBody(request);
    if (!bytes) return problem(413, "too-large", "The file is larger than 64 MB. Split it.");
    const row = await db().directoryImport.findUniqueOrThrow({ where: { id: params.id } });
    if (!(await claimImport(db(), params.id, bytes))) {
      return problem(409, "not-waiting", "This import has its file already, or was dropped.");
    }
    after(() => readInTurn({ importId: params.id, agencyId: row.agencyId, sessionId: actor.sessionId, bytes }));
    return Response.json({ taken: bytes.length }, { status: 202 });
  },
});
