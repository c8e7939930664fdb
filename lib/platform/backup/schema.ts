import { z } from "zod";

/** The manifest of a backup: everything that is in it, each file with its SHA-256. */

export const BACKUP_FORMAT = "callbox-backup-1";
export const MANIFEST = "manifest.json";

/** A path below the backup's folder, with forward slashes and nothing that leads out of it. */
const inside = z.string().regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w.-]+(?:\/[\w.@ -]+)*$/);

const fileSchema = z.object({
  path: inside,
  /** As it lies in the backup. */
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupFile = z.infer<typeof fileSchema>;

const tableSchema = z.object({
  schema: z.enum(["public", "graphile_worker"]),
  name: z.string().regex(/^\w+$/),
  columns: z.array(z.string().regex(/^\w+$/)).min(1),
  rows: z.number().int().nonnegative(),
  file: inside,
});
export type BackupTable = z.infer<typeof tableSchema>;

export const manifestSchema = z.object({
  format: z.literal(BACKUP_FORMAT, "This is no backup that this Callbox can read."),
  /** When the database was read, ISO 8601. Everything of it is as of this one moment. */
  takenAt: z.iso.datetime(),
  site: z.object({ name: z.string(), mode: z.enum(["demonstration", "real"]) }),
  /** The last entry of the record in it. */
  head: z.object({ seq: z.number().int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** Version of the server it was read from; it can be put into any other that Callbox runs on. */
  postgres: z.string(),
  migrations: z.array(z.object({ name: z.string().regex(/^\w+$/), checksum: z.string() })).min(1),
  tables: z.array(tableSchema),
  files: z.array(fileSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;
