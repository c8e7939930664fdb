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
  /** One place per line: names, "… County", or GEOIDs. */
  places: z.string().trim().min(1, "Name at least one place.").max(50_000, "Use at most 50,000 characters."),
});
export type AreaForm = z.infer<typeof areaFormSchema>;
