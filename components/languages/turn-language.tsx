"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import type { Action } from "../../lib/platform/result";
import type { turnLanguageSchema } from "../../lib/wording/pages/page-language";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Turns one language of the public site on or off. */
export function TurnLanguage({
  code,
  english,
  isOn,
  turn,
}: {
  code: string;
  english: string;
  isOn: boolean;
  turn: Action<z.input<typeof turnLanguageSchema>, null>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(turn, () => router.refresh());
  return (
    <>
      <ErrorSummary problem={problem && { message: problem.message }} />
      <Button type="button" outline disabled={busy} onClick={() => run({ code, isOn: !isOn })}>
        Turn {english} {isOn ? "off" : "on"}
      </Button>
    </>
  );
}
