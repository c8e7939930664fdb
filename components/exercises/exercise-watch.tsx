"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { formatSpan } from "../../lib/exercises/measure";
import { useNow } from "../layout/ticking";
import { pollOptions } from "../ui/poll";

const stampSchema = z.object({ stamp: z.string() });

/** Renews the page when something of the exercise happened. Asking keeps no session alive. */
export function ExerciseWatch({ id, stamp }: { id: string; stamp: string }) {
  const router = useRouter();
  const { stamp: newest } = useQuery(
    pollOptions(["exercise", id], `/api/exercises/${id}`, stampSchema, { stamp }),
  ).data;
  const shown = useRef(stamp);
  useEffect(() => {
    if (newest === shown.current) return;
    shown.current = newest;
    router.refresh();
  }, [newest, router]);
  return null;
}

/** How long it has run. */
export function RunningFor({ startedAt, now: initial }: { startedAt: number; now: number }) {
  const now = useNow(initial);
  return <span className="tabular">{formatSpan(Math.max(0, now - startedAt))}</span>;
}
