"use client";

import { startAuthentication } from "@simplewebauthn/browser";
import { useMutation } from "@tanstack/react-query";
import { Button } from "@trussworks/react-uswds";
import type { PasskeyAnswer } from "../../lib/people/sign-in/schema";
import type { Action } from "../../lib/platform/result";
import type { FormProblem } from "../ui/error-summary";

/** What the browser asks passkeys with. */
export type OfferPasskeys = Action<Record<string, never>, Parameters<typeof startAuthentication>[0]["optionsJSON"]>;

/** Asks the browser for a passkey and hands its answer on. */
export function PasskeyButton({
  label,
  offer,
  onAnswer,
  onProblem,
}: {
  label: string;
  offer: OfferPasskeys;
  onAnswer: (answer: PasskeyAnswer) => Promise<void>;
  onProblem: (problem: FormProblem | null) => void;
}) {
  const ask = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      onProblem(null);
      const options = await offer({});
      if (!options.ok) return onProblem(options);
      await onAnswer((await startAuthentication({ optionsJSON: options.value })) as PasskeyAnswer);
    },
    onError: () => onProblem({ message: "No passkey was used. Try again, or use your password." }),
  });
  return (
    <Button type="button" outline disabled={ask.isPending} onClick={() => ask.mutate()}>
      {label}
    </Button>
  );
}
