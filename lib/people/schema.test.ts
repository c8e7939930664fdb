import { expect, test } from "vitest";
import { newPasswordSchema } from "./schema";

test.each([
  ["x".repeat(11), false],
  ["x".repeat(12), true],
  ["x".repeat(64), true],
  ["x".repeat(200), true],
  ["x".repeat(201), false],
  ["no capital, no digit", true],
  ["123456789012", true],
  ["  spaces at both ends  ", true],
  ["パスワードは長いほうがいい", true],
])("a new password of any characters has 12 to 200 of them: %j, %s", (password, taken) => {
  const parsed = newPasswordSchema.safeParse(password);
  expect(parsed.success).toBe(taken);
  // Taken exactly as it was typed.
  if (parsed.success) expect(parsed.data).toBe(password);
});
