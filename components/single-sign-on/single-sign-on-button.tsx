"use client";

import { Button } from "@trussworks/react-uswds";
import { signIn } from "next-auth/react";
import { useState } from "react";
import type { Result } from "../../lib/platform/result";
import type { FormProblem } from "../ui/error-summary";

/**
 * Leaves for a provider of single sign-on, which sends the browser back.
 * @param before what is asked of the console first
 * @param to where it leads after that
 */
export function SingleSignOnButton({
  label,
  provider,
  to,
  before,
  onProblem,
}: {
  label: string;
  provider: string;
  to: string;
  before?: () => Promise<Result<null>>;
  onProblem: (problem: FormProblem | null) => void;
}) {
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    onProblem(null);
    setLeaving(true);
    try {
      const asked = await before?.();
      if (asked && !asked.ok) {
        onProblem(asked);
        setLeaving(false);
        return;
      }
      // The page goes away, so the button stays as it is.
      await signIn(provider, { callbackUrl: to });
    } catch {
      onProblem({ message: "No connection to Callbox. Try again." });
      setLeaving(false);
    }
  };
  return (
    <Button type="button" outline disabled={leaving} onClick={() => void leave()}>
      {label}
    </Button>
  );
}
