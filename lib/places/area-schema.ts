import { z } from "zod";

/** What a person enters about an area made of places: what a dispatch center serves, or a group of one's own. */
export const areaFormSchema = z.strictObject({
  /** Missing for a new one. */
  id: z.string().optional(),
  kind: z.enum(["psap", "custom"], { error: "Choose what it is." }),
  name: z
    .string()
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(z.string().min(3, "Give a name of at least three characters.").max(80, "Use at most 80 characters."))
    .refine((name) => !/\d.*\d.*\d.*\d.*\d.*\d.*\d/.test(name), "A name holds no phone number."),
  /** Which goes first where a place has several dispatch centers: 1 before 2. */
  order: z.coerce
    .number({ error: "Give a number." })
    .int("Give a whole number.")
    .min(1, "Use 1 or higher.")
    .max(50, "Use at most 50.")
    .default(1),
  /** One place per line: names, "… County", or GEOIDs. */
  places: z.string().trim().min(1, "Name at least one place.").max(50_000, "Use at most 50,000 characters."),
});
export type AreaForm = z.infer<typeof areaFormSchema>;
