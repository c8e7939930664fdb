import fs from "node:fs";
import path from "node:path";

/** What a generation of the public site holds: read by its writer and by its server. */

export interface SiteManifest {
  format: "callbox-site-1";
  madeAt: number;
  policy: string;
  files: Record<string, SiteEntry>;
}

export interface SiteEntry {
  key: string;
  /** Fingerprint of the bytes. */
  etag: string;
  size: number;
  compressed: boolean;
  until?: { at: number; instead: string };
}

export const MANIFEST = "manifest.json";
/** The link to the generation that is read. */
export const CURRENT = "current";

/** The manifest of the generation that is read now, or null where there is none. */
export function readManifest(folder: string): SiteManifest | null {
  try {
    const read = JSON.parse(fs.readFileSync(path.join(folder, CURRENT, MANIFEST), "utf8")) as SiteManifest;
    return read.format === "callbox-site-1" ? read : null;
  } catch {
    return null;
  }
}
