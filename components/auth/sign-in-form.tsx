"use client";

import { Button, TextInput } from "@trussworks/react-uswds";
import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { SingleSignOnButton } from "../single-sign-on/single-sign-on-button";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { Field } from "../ui/field";
import { type Accounts, DemonstrationAccounts } from "./demonstration-accounts";
import { type OfferPasskeys, PasskeyButton } from "./passkey-button";

/** Signs in by password or passkey. Whoever has a second factor is asked for its code on the next page. */
export function SignInForm({
  accounts,
  to,
  publicUrl,
  offerPasskeys,
  singleSignOn,
  cameBackWith,
}: {
  accounts: Accounts | null;
  /** Where it leads. */
  to: string;
  publicUrl: string;
  offerPasskeys: OfferPasskeys;
  /** Providers with a button of their own. */
  singleSignOn: readonly { id: string; name: string }[];
  /** What went wrong at one of them, in words. */
  cameBackWith: string | null;
}) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(cameBackWith ? { message: cameBackWith } : null);
  // A whole page load, so that nothing of an earlier session stays in memory.
  const enter = (answer: { ok: boolean; error?: string | null | undefined } | undefined) => {
    if (answer?.ok) window.location.assign(to);
    else setProblem({ message: answer?.error ?? "Sign-in failed. Try again." });
  };
  const attempt = useMutation({
    networkMode: "always",
    mutationFn: (given: { email: string; password: string }) => signIn("credentials", { ...given, redirect: false }),
    onMutate: () => setProblem(null),
    onSuccess: enter,
    onError: () => setProblem({ message: "No connection to Callbox. Try again." }),
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!email || !password) {
      setProblem({ message: "Enter your work email and password." });
      return;
    }
    attempt.mutate({ email, password });
  };
  return (
    <div className="sign-in">
      <section aria-labelledby="sign-in-heading">
        <h1 id="sign-in-heading">Sign in</h1>
        <p className="second">For officials who keep direct numbers, and who alert the public when 911 fails.</p>
        <ErrorSummary problem={problem} />
        <form onSubmit={submit} noValidate>
          <Field id="email" label="Work email">
            {(aria) => (
              <TextInput
                {...aria}
                name="email"
                type="email"
                autoComplete="username"
                autoFocus
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field id="password" label="Password">
            {(aria) => (
              <TextInput
                {...aria}
                name="password"
                type={shown ? "text" : "password"}
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <p>
            <Button type="button" unstyled aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? "Hide password" : "Show password"}
            </Button>
          </p>
          <Button type="submit" disabled={attempt.isPending}>
            {attempt.isPending ? "Signing in" : "Sign in"}
          </Button>
        </form>
        <p className="hint">Next, if you have one: the six-digit code from your authenticator app.</p>
        <p className="or-line">or</p>
        <p>
          <PasskeyButton
            label="Use a passkey"
            offer={offerPasskeys}
            onProblem={setProblem}
            onAnswer={async (answer) =>
              enter(await signIn("passkey", { answer: JSON.stringify(answer), redirect: false }))
            }
          />
        </p>
        {singleSignOn.map(({ id, name }) => (
          <p key={id}>
            <SingleSignOnButton
              label={`Sign in with ${name}`}
              provider={id}
              // The page leads on from there, and asks for a second factor first where there is one.
              to={`/sign-in?to=${encodeURIComponent(to)}`}
              onProblem={setProblem}
            />
          </p>
        ))}
        <p className="hint">
          Locked out? Use a recovery code, or ask your administrator for a new one-time link. Every attempt is logged.
        </p>
        <p className="hint">
          Not an official? <a href={publicUrl}>See on the public page whether 911 is working</a>.
        </p>
      </section>
      {accounts && <DemonstrationAccounts accounts={accounts} onEnter={(given) => attempt.mutate(given)} />}
    </div>
  );
}
