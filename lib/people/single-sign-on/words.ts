import { REFUSALS } from "../../platform/result";

/** What a page says after someone came back from a provider. Codes stand in the address, so they say nothing of anybody. */

const WORDS: ReadonlyMap<string, string> = new Map([
  // Codes of next-auth.
  ["OAuthSignin", "Single sign-on can’t be reached right now. Try again in a moment, or sign in another way."],
  [
    "OAuthCallback",
    "The answer of single sign-on could not be checked, so nobody was signed in. Try again, or sign in another way.",
  ],
  [
    "Callback",
    "Single sign-on did not sign you in: it was canceled there, or refused. Try again, or sign in another way.",
  ],
  // Our own.
  ["not-linked", REFUSALS["not-linked"]],
  ["linked-elsewhere", REFUSALS["linked-elsewhere"]],
  ["access-ended", REFUSALS["access-ended"]],
  ["link-ended", REFUSALS["link-ended"]],
  ["signed-out", "You were signed out in the meantime, so nothing was linked. Sign in, then link again."],
  ["provider-off", "This way of signing in was turned off. Sign in another way, or ask your administrator."],
  ["throttled", "Too many attempts. Wait a few minutes, then try again."],
  ["busy", REFUSALS.busy],
]);

/** @param code as the address has it */
export function formatSignInProblem(code: unknown): string | null {
  if (typeof code !== "string" || code === "") return null;
  return WORDS.get(code) ?? "Sign-in failed. Try again, or sign in another way.";
}
