"use client";

import { usePathname } from "next/navigation";
import { helpFor } from "../../lib/help/pages";

/** Leads to the help for the screen it stands on. In a new tab, since what is typed here must stay. */
export function HelpLink() {
  return (
    <a href={helpFor(usePathname())} target="_blank" rel="noopener">
      Help<span className="visually-hidden"> with this page, opens in a new tab</span>
    </a>
  );
}
