"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";
import type { QrCode } from "../../lib/platform/qr";
import type { Action } from "../../lib/platform/result";
import { CodeField } from "../auth/code-field";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

export interface AppActions {
  begin: Action<Record<string, never>, { secret: string; uri: string; qr: QrCode }>;
  confirm: Action<{ code: string }, { codes: string[] | null }>;
}

/** Sets up an authenticator app: a QR code to scan, or the key to type, and the first code. */
export function AppSetup({ actions, onCodes }: { actions: AppActions; onCodes: (codes: string[] | null) => void }) {
  const [shown, show] = useState<{ secret: string; qr: QrCode } | null>(null);
  const [code, setCode] = useState("");
  const begin = useAction(actions.begin, show);
  const confirm = useAction(actions.confirm, ({ codes }) => onCodes(codes));
  if (!shown) {
    return (
      <>
        <ErrorSummary problem={begin.problem} />
        <p>
          <Button type="button" disabled={begin.busy} onClick={() => begin.run({})}>
            Set up an authenticator app
          </Button>
        </p>
      </>
    );
  }
  return (
    <form
      className="narrow-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        confirm.run({ code });
      }}
    >
      <p>1. Scan this with your authenticator app, such as the one your agency uses.</p>
      <svg className="qr" viewBox={`0 0 ${shown.qr.size} ${shown.qr.size}`} role="img" aria-label="QR code for the app">
        <rect width={shown.qr.size} height={shown.qr.size} fill="#fff" />
        <path d={shown.qr.path} fill="#000" />
      </svg>
      <p>
        No camera? Type this key:{" "}
        <span className="mono breaks" data-verbatim id="app-key">
          {shown.secret}
        </span>
      </p>
      <p>2. Enter the code the app shows.</p>
      <ErrorSummary problem={confirm.problem} />
      <CodeField
        label="First code"
        hint="Six digits."
        error={confirm.problem?.fields?.code}
        value={code}
        demonstrationCode={null}
        onChange={setCode}
      />
      <p>
        <Button type="submit" disabled={confirm.busy || code === ""}>
          Turn the app on
        </Button>
      </p>
    </form>
  );
}
