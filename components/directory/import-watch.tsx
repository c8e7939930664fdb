"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { type ImportProgress, importProgressSchema } from "../../lib/exchange/schema";
import { fetchJson } from "../ui/poll";
import { formatCount } from "../ui/time";

const EVERY_MS = 700;

/** Asks how far an import is while a worker reads or writes it, and shows the page anew once that is over. */
export function ImportWatch({ id, state, progress }: { id: string; state: "reading" | "writing"; progress: number }) {
  const router = useRouter();
  const { data } = useQuery({
    queryKey: ["import", id, state],
    queryFn: ({ signal }): Promise<ImportProgress> =>
      fetchJson(`/api/directory/imports/${id}`, importProgressSchema, signal),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== state ? false : EVERY_MS),
    networkMode: "always",
  });
  const over = data !== undefined && data.state !== state;
  useEffect(() => {
    if (over) router.refresh();
  }, [over, router]);
  return (
    <p role="status">
      {state === "writing"
        ? "It is being written: all of it, or nothing. You can leave this page."
        : `Rows read so far: ${formatCount(data?.progress ?? progress)}. You can leave this page.`}
    </p>
  );
}
