"use client";

import { startRegistration } from "@simplewebauthn/browser";
import { useMutation } from "@tanstack/react-query";
import { Button, TextInput } from "@trussworks/react-uswds";
import { useState } from "react";
import type { NewPasskey } from "../../lib/people/sign-in/schema";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { Field } from "../ui/field";

export interface PasskeyActions {
  offer: Action<Record<string, never>, Parameters<typeof startRegistration>[0]["optionsJSON"]>;
  add: Action<{ name: string; answer: NewPasskey }, { codes: string[] | null }>;
}

/** Adds a passkey: a security key, or one that the phone or computer keeps. */
export function PasskeySetup({
  actions,
  filled,
  onCodes,
}: {
  actions: PasskeyActions;
  /** Whether this is what the page asks for first. */
  filled: boolean;
  onCodes: (codes: string[] | null) => void;
}) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const add = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      setProblem(null);
      if (!name.trim()) {
        const message = "Give it a name, such as “security key”.";
        return setProblem({ message, fields: { "passkey-name": message } });
      }
      const options = await actions.offer({});
      if (!options.ok) return setProblem(options);
      const answer = (await startRegistration({ optionsJSON: options.value })) as NewPasskey;
      const result = await actions.add({ name, answer });
      if (!result.ok) return setProblem(result);
      setName("");
      onCodes(result.value.codes);
    },
    onError: () => setProblem({ message: "No passkey was made. Try again." }),
  });
  return (
    <form
      className="narrow-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <ErrorSummary problem={problem} />
      <Field
        id="passkey-name"
        label="Name of the passkey"
        hint="So that you can tell it from others, such as “security key”."
        error={problem?.fields?.["passkey-name"] ?? problem?.fields?.name}
      >
        {(aria) => (
          <TextInput
            {...aria}
            name="passkey-name"
            type="text"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <p>
        <Button type="submit" outline={!filled} disabled={add.isPending}>
          Add a passkey
        </Button>
      </p>
    </form>
  );
}
