"use client";

import { Button } from "@trussworks/react-uswds";
import { signOut } from "next-auth/react";

export function SignOutButton() {
  return (
    <Button type="button" unstyled onClick={() => void signOut({ callbackUrl: "/sign-in" })}>
      Sign out
    </Button>
  );
}
