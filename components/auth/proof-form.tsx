"use client";

import { Button } from "@trussworks/react-uswds";

/** A question that opens on its page, and takes proof of who answers it (`useProof`). */
export function ProofForm({
  proof: { fields, given },
  busy,
  yes,
  no = "Not now",
  isNarrow = false,
  onYes,
  onNo,
  children,
}: {
  proof: { fields: React.ReactNode; given: boolean };
  busy: boolean;
  /** The button that does it, and the one that does not. */
  yes: string;
  no?: string;
  isNarrow?: boolean;
  onYes: () => void;
  onNo: () => void;
  children: React.ReactNode;
}) {
  return (
    <form
      className={isNarrow ? "box narrow-form" : "box"}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onYes();
      }}
    >
      {children}
      {fields}
      <p className="row">
        <Button type="submit" disabled={busy || !given}>
          {yes}
        </Button>
        <Button type="button" unstyled onClick={onNo}>
          {no}
        </Button>
      </p>
    </form>
  );
}
