"use client";

import { useEffect, useState } from "react";
import { usePathname } from "next/navigation";

/** The header's links. On a narrow screen they wait behind a button, so that a page begins near its top. */
export function Menu({ children }: { children: React.ReactNode }) {
  const path = usePathname();
  const [open, setOpen] = useState(false);
  // Whoever went somewhere wants to see it.
  useEffect(() => setOpen(false), [path]);
  return (
    <>
      <button
        type="button"
        className="usa-button usa-button--unstyled menu-button"
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => setOpen(!open)}
      >
        {open ? "Close menu" : "Menu"}
      </button>
      <div id="menu" className={open ? "menu open" : "menu"}>
        {children}
      </div>
    </>
  );
}
