"use client";

import { Button } from "@trussworks/react-uswds";
import { useEffect, useRef, useState } from "react";
import { useSay } from "./announcer";

/** How long the button says what it did, in milliseconds. */
const SHOWN_MS = 4000;

/** Selects what an element shows, where the clipboard is closed to pages. */
function select(element: Element | null): void {
  if (element) getSelection()?.selectAllChildren(element);
}

/**
 * Copies a text and says so, to eyes and to screen readers. Browsers open the
 * clipboard only to pages with https; elsewhere the text is selected instead.
 * @param what what is copied, for those who hear several of these buttons
 * @param from id of the element that shows the text
 */
export function CopyButton({ text, what, from }: { text: string; what: string; from: string }) {
  const say = useSay();
  const [says, setSays] = useState("Copy");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (short: string, words: string) => {
    setSays(short);
    say(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSays("Copy"), SHOWN_MS);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell("Copied", `Copied: ${what}.`);
    } catch {
      select(document.getElementById(from));
      tell("Selected", `${what} is selected. Press Control and C to copy it.`);
    }
  };
  return (
    <Button type="button" outline aria-label={`${says}, ${what}`} onClick={() => void copy()}>
      {says}
    </Button>
  );
}
