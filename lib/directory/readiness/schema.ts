import { z } from "zod";
import { SERVICE_NAMES } from "../schema";
import { READINESS_CLASSES } from "./readiness";

/** What the overview shows, from the address. What does not fit falls back to what is usual. */
export const overviewFilterSchema = z.object({
  service: z.enum(SERVICE_NAMES).catch("dispatch"),
  county: z.string().max(20).catch(""),
  readiness: z.enum(["work", "all", ...READINESS_CLASSES]).catch("work"),
  find: z.string().trim().max(60).catch(""),
  sort: z.enum(["urgency", "name", "people", "until"]).catch("urgency"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type OverviewFilter = z.infer<typeof overviewFilterSchema>;
