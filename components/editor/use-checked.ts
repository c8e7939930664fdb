"use client";

import { useEffect, useRef, useState } from "react";
import { bundleSteps } from "../../lib/alerts/content";
import type { AlertFacts } from "../../lib/alerts/facts";
import { type FindingGroup, problemSteps } from "../../lib/alerts/findings";
import { planAlert } from "../../lib/alerts/plan";
import type { AlertContent } from "../../lib/alerts/schema";
import { longestSteps, type LongestTexts } from "./longest-texts";

export interface Checked {
  problems: FindingGroup[];
  /** The longest each text gets, and for which place. */
  longest: LongestTexts;
}

function* checkSteps(facts: AlertFacts, content: AlertContent, now: number): Generator<void, Checked> {
  const plans = planAlert(facts, content, now);
  const bundle = yield* bundleSteps(facts, content, now, plans);
  const problems = yield* problemSteps(bundle, { facts, content, now, plans });
  const longest = yield* longestSteps(bundle, plans);
  return { problems, longest };
}

/** How long typing must pause before all messages are checked again. */
const PAUSE_MS = 150;
/** How long one piece of the check may hold the page. */
const PIECE_MS = 12;

/** Checks all messages a moment after the last change, in pieces, so that typing never waits for it. */
export function useChecked(facts: AlertFacts, content: AlertContent, now: number): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  const first = useRef(true);
  useEffect(() => {
    const steps = checkSteps(facts, content, now);
    let timer: ReturnType<typeof setTimeout>;
    const piece = () => {
      const until = performance.now() + PIECE_MS;
      let step = steps.next();
      while (!step.done && performance.now() < until) step = steps.next();
      if (step.done) setChecked(step.value);
      else timer = setTimeout(piece, 0);
      first.current = false;
    };
    timer = setTimeout(piece, first.current ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [facts, content, now]);
  return checked;
}
