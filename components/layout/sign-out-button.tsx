"use client";

import { Button } from "@trussworks/react-uswds";
import { signOut } from "next-auth/react";

/** The phone forgets the page of the call round. Calls that were not sent yet stay: they are nobody's to lose. */
async function forget(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration("/directory/call-round");
  registration?.active?.postMessage("forget");
}

export function SignOutButton() {
  return (
    <Button type="button" unstyled onClick={() => void forget().finally(() => signOut({ callbackUrl: "/sign-in" }))}>
      Sign out
    </Button>
  );
}
