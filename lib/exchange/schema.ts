import { z } from "zod";
import { isRole } from "./columns";

export const ROW_RESULTS = {
  new: "new",
  changed: "changed",
  unchanged: "unchanged",
  rejected: "rejected",
  skipped: "skipped",
} as const;
export type RowResult = keyof typeof ROW_RESULTS;

export const rowCountsSchema = z.record(z.string(), z.number());

/** At most as many columns as a file may have. */
const columnMapSchema = z
  .record(z.string().max(200), z.string().refine(isRole, "Choose what the column holds."))
  .refine((map) => Object.keys(map).length <= 200, "The file has too many columns.");

export const describeFileSchema = z.strictObject({
  /** The beginning of the file, base64. */
  head: z.string().max(100_000),
});

export const beginImportSchema = z.strictObject({
  kind: z.enum(["numbers", "places"]),
  fileName: z.string().trim().min(1, "Choose a file.").max(200, "The file's name is longer than 200 characters."),
  mapping: z
    .strictObject({
      name: z.string().min(1, "Choose the property that holds the name.").max(100),
      /** Empty for areas, which have none. */
      code: z.string().max(100),
      label: z.string().max(100).optional(),
      population: z.string().max(100).optional(),
      as: z.enum(["municipality", "psap", "custom"]).optional(),
    })
    .refine(({ as, code }) => as === "psap" || as === "custom" || code !== "", {
      path: ["code"],
      error: "Choose the property that holds the Census GEOID.",
    })
    .optional(),
  /** Which column of a file of numbers is which, by heading. */
  columns: columnMapSchema.optional(),
});
export type BeginImport = z.infer<typeof beginImportSchema>;

export const importIdSchema = z.strictObject({ id: z.string().min(1) });

/** How far an import is, for a page that asks every second. */
export const importProgressSchema = z.object({
  state: z.enum(["reading", "read", "writing", "failed", "applied", "dropped"]),
  problem: z.string().nullable(),
  progress: z.number(),
  total: z.number(),
  counts: rowCountsSchema,
});
export type ImportProgress = z.infer<typeof importProgressSchema>;
