"use client";

import { createContext, useCallback, useContext, useState } from "react";

const SayContext = createContext<(words: string) => void>(() => undefined);

/** Says something to screen readers, politely. The same words twice are said twice. */
export const useSay = () => useContext(SayContext);

/** One place on the page for what is said and not shown. */
export function Announcer({ children }: { children: React.ReactNode }) {
  const [said, setSaid] = useState({ words: "", times: 0 });
  const say = useCallback((words: string) => setSaid(({ times }) => ({ words, times: times + 1 })), []);
  return (
    <SayContext value={say}>
      {children}
      <p className="visually-hidden" role="status">
        {said.words}
        {said.times % 2 === 1 ? "\u00a0" : ""}
      </p>
    </SayContext>
  );
}
