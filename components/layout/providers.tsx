"use client";

import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { LanguageWords } from "../../lib/wording/languages";

/** What is known of how long the session lasts. */
export const SESSION_KEY = ["session"];

/** What a server answers whose session has ended. */
const isSignedOut = (answer: unknown) =>
  typeof answer === "object" && answer !== null && "code" in answer && answer.code === "signed-out";

/** The client of all queries. Whatever is refused because the session ended has its end asked for at once. */
function makeClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 1000 } },
    mutationCache: new MutationCache({
      onSuccess: (answer) => {
        if (isSignedOut(answer)) void client.invalidateQueries({ queryKey: SESSION_KEY });
      },
    }),
  });
  return client;
}

const ZoneContext = createContext("UTC");

/** The one time zone of the console. */
export function useTimeZone(): string {
  return useContext(ZoneContext);
}

const LanguagesContext = createContext<readonly LanguageWords[]>([]);

/** The languages alerts are written in, the first one first. */
export function useLanguages(): readonly LanguageWords[] {
  return useContext(LanguagesContext);
}

/** What is known of a language that a message names; the first one's words where the site does not have it. */
export function useLanguageOf(): (code: string) => LanguageWords | undefined {
  const languages = useLanguages();
  return (code) =>
    languages.find((one) => one.code === code) ??
    languages.find((one) => one.code.slice(0, 2) === code.slice(0, 2)) ??
    languages[0];
}

const PageIncidentContext = createContext<{ id: string | null; set: (id: string | null) => void }>({
  id: null,
  set: () => undefined,
});

/** The incident that the page on screen is about, which the bar names first. */
export function usePageIncident(): string | null {
  return useContext(PageIncidentContext).id;
}

/** Says which incident a page is about, for as long as it is on screen. */
export function PageIncident({ id }: { id: string }) {
  const { set } = useContext(PageIncidentContext);
  useEffect(() => {
    set(id);
    return () => set(null);
  }, [id, set]);
  return null;
}

export function Providers({
  timeZone,
  languages,
  children,
}: {
  timeZone: string;
  languages: readonly LanguageWords[];
  children: React.ReactNode;
}) {
  const [client] = useState(makeClient);
  const [incident, setIncident] = useState<string | null>(null);
  const page = useMemo(() => ({ id: incident, set: setIncident }), [incident]);
  return (
    <QueryClientProvider client={client}>
      <ZoneContext value={timeZone}>
        <LanguagesContext value={languages}>
          <PageIncidentContext value={page}>{children}</PageIncidentContext>
        </LanguagesContext>
      </ZoneContext>
    </QueryClientProvider>
  );
}
