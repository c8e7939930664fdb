import { z } from "zod";
import { ROLES } from "../access/permissions";

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .pipe(z.email("Enter an email address, such as dana@agency.gov."));

export const newPasswordSchema = z
  .string()
  .min(12, "Use at least 12 characters. Several words are easier to remember.")
  .max(200, "Use at most 200 characters.");

export const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(200) });

export const setPasswordSchema = z.strictObject({ token: z.string().min(20).max(100), password: newPasswordSchema });

export const changePasswordSchema = z.strictObject({
  current: z.string().min(1, "Enter the password you have now.").max(200),
  password: newPasswordSchema,
});

export const invitePersonSchema = z.strictObject({
  name: z.string().trim().min(2, "Give the person's name.").max(100, "Use at most 100 characters."),
  email: emailSchema,
  agencyId: z.string().min(1, "Choose an agency."),
  roles: z.array(z.enum(ROLES)).min(1, "Choose at least one role."),
});

export const changeRoleSchema = z.strictObject({
  personId: z.string(),
  agencyId: z.string(),
  role: z.enum(ROLES),
  grant: z.boolean(),
});

/** Someone leaves, or gets a one-time link; with proof of who says so, unless it was given in the last five minutes. */
export const provenPersonActSchema = z.strictObject({
  personId: z.string().max(60),
  password: z.string().max(200).optional(),
  code: z.string().max(60).optional(),
});

export const personActSchema = z.strictObject({ personId: z.string() });
