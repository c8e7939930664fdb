"use client";

import { useEffect, useState } from "react";
import { findOverlaps, type Outlined, type Overlap } from "../../lib/standards/geometry/overlap";

const NONE: readonly Overlap[] = [];

/** Which outlines of the places cover the same ground: measured once, after the page is there to write in. */
export function useOverlaps(places: readonly Outlined[]): readonly Overlap[] {
  const [overlaps, setOverlaps] = useState(NONE);
  useEffect(() => {
    const timer = setTimeout(() => setOverlaps(findOverlaps(places)), 0);
    return () => clearTimeout(timer);
  }, [places]);
  return overlaps;
}
