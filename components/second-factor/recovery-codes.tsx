"use client";

import { Button } from "@trussworks/react-uswds";

/** Recovery codes, shown once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <section className="box" aria-labelledby="codes-heading">
      <h2 id="codes-heading">Your recovery codes, shown only now</h2>
      <p>
        Each works once in place of a code or passkey, when your phone is lost or dead. Print them or write them down,
        and keep them away from your phone.
      </p>
      <ol className="code-list mono" data-verbatim>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <p className="row">
        <Button type="button" outline onClick={() => window.print()}>
          Print
        </Button>
        <Button type="button" onClick={onDone}>
          I have kept them
        </Button>
      </p>
    </section>
  );
}
