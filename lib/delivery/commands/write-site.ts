import "server-only";
import type { PrismaClient } from "../../platform/db";
import { loadBytes, loadSiteFacts } from "../channels/public-site/data";
import { listFiles } from "../channels/public-site/files";
import { type WrittenSite, writePack } from "../channels/public-site/commands/write-pack";
import { writeTree } from "../channels/public-site/commands/write-tree";

/** Writes the public site as it is now, whole or not at all. Two at once would race: jobs that do it share one queue. */
export async function renewSite(
  client: PrismaClient,
  site: { folder: string; url: string },
  now: Date,
): Promise<WrittenSite> {
  const facts = await loadSiteFacts(client, site.url, now);
  return writePack(site.folder, listFiles(facts), (identifiers) => loadBytes(client, identifiers), now.getTime());
}

/** Lays the site out as files where a folder for them is named. */
export async function layOut(site: { folder: string; tree: string | undefined }): Promise<void> {
  if (site.tree !== undefined) await writeTree(site.folder, site.tree);
}

/** The queue that all jobs share that write the public site, the delivery of an alert to it among them. */
export const SITE_QUEUE = "public-site:0";

/** When the next alert ends, so that the pages are written anew then; null where none is in force. */
export async function nextEnd(client: PrismaClient, now: Date): Promise<Date | null> {
  const next = await client.alert.findFirst({
    where: { state: "published", expiresAt: { gt: now }, incident: { mode: "live" } },
    orderBy: { expiresAt: "asc" },
    select: { expiresAt: true },
  });
  return next?.expiresAt ?? null;
}
