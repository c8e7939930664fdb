import "server-only";
import type { PrismaClient } from "../../platform/db";
import { log } from "../../platform/log";
import { loadBytes, loadSiteFacts } from "../channels/public-site/data";
import { listFiles } from "../channels/public-site/files";
import { type WrittenSite, writePack } from "../channels/public-site/commands/write-pack";
import { type SiteBucket, writeBucket } from "../channels/public-site/commands/write-bucket";
import { writeTree } from "../channels/public-site/commands/write-tree";

/** Writes the public site as it is now, whole or not at all. Two at once would race: jobs that do it share one queue. */
export async function renewSite(
  client: PrismaClient,
  site: { folder: string; url: string },
  now: Date,
  options: { pagesFirst?: boolean } = {},
): Promise<WrittenSite> {
  const facts = await loadSiteFacts(client, site.url, now);
  return writePack(
    site.folder,
    listFiles(facts),
    (identifiers) => loadBytes(client, identifiers),
    now.getTime(),
    options,
  );
}

/** Lays the site out as files where a folder for them is named. */
export async function layOut(site: { folder: string; tree: string | undefined }): Promise<void> {
  if (site.tree !== undefined) await writeTree(site.folder, site.tree);
}

/** Puts what changed of the site into the bucket that is named for it. @throws in plain words when it is not all there */
export async function upload(site: { folder: string; bucket: SiteBucket | null }): Promise<void> {
  if (!site.bucket) return;
  const { put, removed } = await writeBucket(site.folder, site.bucket);
  if (put + removed > 0) log.info({ message: "The public site was put into its bucket", put, removed });
}

/** When the next alert ends, so that the pages are written anew then; null where none is in force. */
export async function nextEnd(client: PrismaClient, now: Date): Promise<Date | null> {
  const next = await client.alert.findFirst({
    where: { state: "published", expiresAt: { gt: now }, incident: { mode: "live" } },
    orderBy: { expiresAt: "asc" },
    select: { expiresAt: true },
  });
  return next?.expiresAt ?? null;
}
