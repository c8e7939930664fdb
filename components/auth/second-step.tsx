"use client";

import { Button } from "@trussworks/react-uswds";
import { signIn, signOut } from "next-auth/react";
import { useState } from "react";
import type { SecondStepAsked } from "../../lib/people/sign-in/data";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";
import { CodeField } from "./code-field";
import { type OfferPasskeys, PasskeyButton } from "./passkey-button";

/** The second step of signing in, on a page of its own. */
export function SecondStep({
  name,
  step,
  to,
  prove,
  offerPasskeys,
}: {
  name: string;
  step: SecondStepAsked;
  to: string;
  prove: Action<{ code: string }, null>;
  offerPasskeys: OfferPasskeys;
}) {
  return (
    <div className="narrow-form">
      <h1>{step.hasApp ? "Enter your one-time code" : "Use your passkey"}</h1>
      <p className="second">The password of {name} is right. One more step shows that it is you.</p>
      <SecondStepForm
        step={step}
        prove={prove}
        offerPasskeys={offerPasskeys}
        // A whole page load, so that nothing of an earlier session stays in memory.
        onDone={() => window.location.assign(to)}
      />
      <p>
        <Button type="button" unstyled onClick={() => void signOut({ callbackUrl: "/sign-in" })}>
          Sign in as someone else
        </Button>
      </p>
      <p className="hint">No phone and no recovery code? Two administrators together can reset your second factor.</p>
    </div>
  );
}

/** What is asked after the password: a code, a recovery code, or a passkey. */
export function SecondStepForm({
  step: { hasApp, hasPasskey, demonstrationCode },
  prove,
  offerPasskeys,
  onDone,
}: {
  step: SecondStepAsked;
  prove: Action<{ code: string }, null>;
  offerPasskeys: OfferPasskeys;
  onDone: () => void;
}) {
  const [code, setCode] = useState("");
  const { run, busy, problem, setProblem } = useAction(prove, onDone);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run({ code });
      }}
    >
      <ErrorSummary problem={problem} />
      <CodeField
        label={hasApp ? "One-time code" : "Recovery code"}
        {...(hasApp ? {} : { hint: "One of the codes you kept when you added your passkey." })}
        error={problem?.fields?.code}
        value={code}
        demonstrationCode={demonstrationCode}
        autoFocus
        onChange={setCode}
      />
      <p className="row">
        <Button type="submit" disabled={busy || code === ""}>
          {busy ? "Signing in" : "Continue"}
        </Button>
        {hasPasskey && (
          <PasskeyButton
            label="Use a passkey"
            offer={offerPasskeys}
            onProblem={setProblem}
            onAnswer={async (answer) => {
              const result = await signIn("passkey", { answer: JSON.stringify(answer), redirect: false });
              if (result?.ok) onDone();
              else setProblem({ message: result?.error ?? "Sign-in failed. Try again." });
            }}
          />
        )}
      </p>
    </form>
  );
}
