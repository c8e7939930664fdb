"use client";

import { useCallback, useEffect, useState } from "react";

function reveal(element: HTMLElement): void {
  const fold = element.closest("details");
  if (fold) fold.open = true;
  const field = element.matches(".text-block") ? element.querySelector<HTMLElement>(".slot-text") : element;
  element.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

/** @returns what brings a field into view and puts the focus into it, once the page shows it */
export function useFieldFocus(): (selector: string) => void {
  const [wanted, setWanted] = useState<{ selector: string } | null>(null);
  useEffect(() => {
    const element = wanted && document.querySelector<HTMLElement>(wanted.selector);
    if (element) reveal(element);
  }, [wanted]);
  return useCallback((selector) => setWanted({ selector }), []);
}
