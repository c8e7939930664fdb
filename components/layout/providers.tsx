"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, useContext, useState } from "react";

const ZoneContext = createContext("UTC");

/** The one time zone of the console. */
export function useTimeZone(): string {
  return useContext(ZoneContext);
}

export function Providers({ timeZone, children }: { timeZone: string; children: React.ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 1000 } } }));
  return (
    <QueryClientProvider client={client}>
      <ZoneContext value={timeZone}>{children}</ZoneContext>
    </QueryClientProvider>
  );
}
