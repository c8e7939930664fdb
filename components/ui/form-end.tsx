"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";

/**
 * The end of a form that leads to another page: its button, and the way to leave it. While it is sent the button keeps
 * its words, and the way out is gone: the second press of a double press finds neither in another place.
 */
export function FormEnd({
  act,
  doing,
  busy,
  leave,
}: {
  /** What the button does. */
  act: string;
  /** What happens while it is sent. */
  doing: string;
  busy: boolean;
  leave: { href: string; says: string };
}) {
  return (
    <p className="row">
      <Button type="submit" disabled={busy}>
        {act}
      </Button>
      {!busy && <Link href={leave.href}>{leave.says}</Link>}
      <span role="status">{busy && doing}</span>
    </p>
  );
}
