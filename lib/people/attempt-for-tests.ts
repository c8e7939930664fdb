import type { PrismaClient } from "../platform/db";
import { signIn, type SignInAttempt } from "./sign-in/commands/password";

export const SECRET = "a secret of at least thirty-two characters";

/** Signs in as a browser that nobody has seen before, unless `more` says otherwise. */
export const attemptSignIn = (
  client: PrismaClient,
  email: string,
  password: string,
  more: Partial<SignInAttempt> = {},
  now = new Date(),
) =>
  signIn(
    client,
    SECRET,
    {
      email,
      password,
      device: undefined,
      address: "10.0.0.1",
      place: "10.0.0.0/24",
      browser: "Chrome on Linux",
      ...more,
    },
    now,
  );
