"use client";

import { Button, TextInput } from "@trussworks/react-uswds";
import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";

interface Accounts {
  password: string;
  people: { name: string; email: string; roles: string; does: string; agency: string }[];
}

export function SignInForm({ accounts }: { accounts: Accounts | null }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<{ message: string } | null>(null);
  const attempt = useMutation({
    networkMode: "always",
    mutationFn: (given: { email: string; password: string }) => signIn("credentials", { ...given, redirect: false }),
    onMutate: () => setProblem(null),
    onSuccess: (answer) => {
      // A whole page load, so that nothing of an earlier session stays in memory.
      if (answer?.ok) window.location.assign("/");
      else setProblem({ message: answer?.error ?? "Sign-in failed. Try again." });
    },
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
        <p className="hint">
          Locked out? Your administrator can make you a new one-time link. Every attempt is logged.
        </p>
      </section>
      {accounts && (
        <section aria-labelledby="accounts-heading">
          <h2 id="accounts-heading">Demonstration accounts</h2>
          <p>
            Eight invented officials. One person can’t publish alone: draft as Dana, then approve as Luis in a second
            window. The password is <strong>{accounts.password}</strong>.
          </p>
          <table className="lines stacks">
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Role</th>
                <th scope="col">What this person does</th>
                <th scope="col">
                  <span className="visually-hidden">Enter</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {accounts.people.map((person) => (
                <tr key={person.email}>
                  <th scope="row">
                    {person.name}
                    <div className="hint">{person.agency}</div>
                  </th>
                  <td data-label="Role">{person.roles}</td>
                  <td>{person.does}</td>
                  <td className="right">
                    <Button
                      type="button"
                      unstyled
                      aria-label={`Sign in as ${person.name}`}
                      onClick={() => attempt.mutate({ email: person.email, password: accounts.password })}
                    >
                      Sign in
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="hint">
            These accounts exist only in the demonstration. A real site starts with no accounts and no numbers.
          </p>
        </section>
      )}
    </div>
  );
}
