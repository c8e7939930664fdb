"use client";

import { useEffect, useState } from "react";
import { checkTemplate, combinationsOf, type Sample, type TemplateCheck } from "../../../lib/alerts/templates/check";
import type { Purpose } from "../../../lib/alerts/schema";
import type { TemplateBody } from "../../../lib/wording/schema";

export interface Checking {
  /** Null while these words are being checked. */
  check: TemplateCheck | null;
  /** How many combinations were asked, and of how many. */
  done: number;
  of: number;
}

/** How long typing must pause before all combinations are checked again. */
const PAUSE_MS = 400;
/** How long one piece of the check may hold the page. */
const PIECE_MS = 12;
/** How often the page says how far it is. */
const SAY_MS = 200;

/** Checks every combination a moment after the last change, in pieces, so that typing never waits for it. */
export function useTemplateCheck(purpose: Purpose, body: TemplateBody, sample: Sample, now: number): Checking {
  const [state, setState] = useState<{ body: TemplateBody; done: number; check: TemplateCheck | null } | null>(null);
  useEffect(() => {
    let done = 0;
    let said = 0;
    let timer: ReturnType<typeof setTimeout>;
    const steps = checkTemplate(purpose, body, sample, now, (combinations) => (done = combinations));
    const piece = () => {
      const until = performance.now() + PIECE_MS;
      let next = steps.next();
      while (!next.done && performance.now() < until) next = steps.next();
      if (next.done) return setState({ body, done, check: next.value });
      if (performance.now() - said > SAY_MS) {
        said = performance.now();
        setState({ body, done, check: null });
      }
      timer = setTimeout(piece, 0);
    };
    timer = setTimeout(piece, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [purpose, body, sample, now]);
  const of = combinationsOf(purpose).length;
  return state?.body === body ? { check: state.check, done: state.done, of } : { check: null, done: 0, of };
}
