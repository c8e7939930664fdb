"use client";

import { useState } from "react";
import type { ProofMeans } from "../../lib/people/sign-in/data";
import { CONFIRMED_MS, type PasskeyAnswer } from "../../lib/people/sign-in/schema";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { useNow } from "../layout/ticking";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { PasswordField } from "../ui/password-field";
import { formatSeconds } from "../ui/time";
import { CodeField } from "./code-field";
import { type OfferPasskeys, PasskeyButton } from "./passkey-button";

/** How a person proves again who they are, and the actions that take a passkey. */
export interface ProofWays {
  means: ProofMeans;
  /** In a demonstration, the password of every account. */
  demonstrationPassword: string | null;
  now: number;
  offer: OfferPasskeys;
  confirm: Action<{ answer: PasskeyAnswer }, null>;
}

/** What a form sends along to prove it. */
export interface Proof {
  password?: string;
  code?: string;
}

/**
 * Fields with which a person proves again who they are: password and code, or a
 * passkey, after which nothing is asked for five minutes.
 * @param why a sentence that says what it is asked for
 * @param prefix tells the fields of two forms on one page apart
 * @returns the fields; whether enough was given; and what a form sends along
 */
export function useProof(ways: ProofWays, why: string, problem: FormProblem | null, prefix = "") {
  const { means, demonstrationPassword } = ways;
  const timeZone = useTimeZone();
  const now = useNow(ways.now);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [passkey, setPasskey] = useState<FormProblem | null>(null);
  const [confirmedAt, setConfirmedAt] = useState(means.confirmedAt);
  const confirmed = confirmedAt !== null && now - confirmedAt < CONFIRMED_MS;
  const clear = () => {
    setPassword("");
    setCode("");
  };
  const fields = confirmed ? (
    <p role="status">You proved who you are at {formatSeconds(confirmedAt, timeZone)}. That counts for five minutes.</p>
  ) : (
    <>
      {!means.hasPassword && !means.hasFactor && (
        <p>
          {why} You sign in with single sign-on and have nothing to confirm with here. Sign out and in again: in the
          five minutes after, you can set up a second factor under your account.
        </p>
      )}
      {means.hasPassword && (
        <PasswordField
          name={`${prefix}password`}
          label={prefix === "emergency-" ? "Your password, for the emergency" : "Your password"}
          hint={demonstrationPassword ? `${why} In the demonstration: ${demonstrationPassword}` : why}
          error={problem?.fields?.password}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
      )}
      {means.hasFactor && (
        <CodeField
          id={`${prefix}code`}
          error={problem?.fields?.code}
          value={code}
          demonstrationCode={means.demonstrationCode}
          onChange={setCode}
        />
      )}
      {means.hasPasskey && (
        <p>
          <PasskeyButton
            label="Use a passkey instead"
            offer={ways.offer}
            onProblem={setPasskey}
            onAnswer={async (answer) => {
              const result = await ways.confirm({ answer });
              if (result.ok) setConfirmedAt(Date.now());
              else setPasskey(result);
            }}
          />
        </p>
      )}
      <ErrorSummary problem={passkey} />
    </>
  );
  const proof: Proof = confirmed
    ? {}
    : { password: means.hasPassword ? password : "", ...(means.hasFactor ? { code } : {}) };
  const rename = (field: string) => (["password", "code"].includes(field) ? `${prefix}${field}` : field);
  return {
    fields,
    /** The problem, with the names its fields have on this page. */
    shown: problem?.fields
      ? {
          ...problem,
          fields: Object.fromEntries(Object.entries(problem.fields).map(([at, says]) => [rename(at), says])),
        }
      : problem,
    given:
      confirmed ||
      ((!means.hasPassword || password !== "") &&
        (means.hasPassword || means.hasFactor) &&
        (!means.hasFactor || code !== "")),
    missing: !means.hasPassword
      ? "Type a code"
      : means.hasFactor
        ? "Type your password and a code"
        : "Type your password",
    proof,
    clear,
  };
}
