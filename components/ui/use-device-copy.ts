"use client";

import { useEffect, useState } from "react";
import type { DeviceCopies } from "./device-copy";

/**
 * Keeps a copy of what is typed on this device until it is saved, and finds what an earlier visit left.
 * @param unsaved what the server does not have; null when it has everything. The same object while nothing changes
 * @param isKnown whether a copy says nothing that the server does not have
 * @returns what an earlier visit left, and what forgets it: to take it over (`used`), or all of it for good (`drop`)
 */
export function useDeviceCopy<Copy extends { at: number }>(
  copies: DeviceCopies<Copy>,
  id: string,
  unsaved: Omit<Copy, "at"> | null,
  isKnown: (copy: Copy) => boolean,
) {
  const [tab] = useState(() => crypto.randomUUID());
  const [found, setFound] = useState<Copy | null>(null);
  useEffect(() => {
    const copy = copies.read(id);
    if (copy && !isKnown(copy)) setFound(copy);
    else if (copy) copies.drop(id);
    // What an earlier visit left is looked for once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [copies, id]);
  useEffect(() => {
    if (unsaved) copies.write(id, tab, { ...unsaved, at: Date.now() } as Copy);
    else copies.drop(id, tab);
  }, [copies, id, tab, unsaved]);
  return {
    found,
    // What is taken over is on screen, and kept from there on.
    used: () => {
      copies.drop(id);
      setFound(null);
    },
    drop: () => {
      copies.drop(id);
      setFound(null);
    },
  };
}
