"use client";

import { useId, useState } from "react";

export interface Tab {
  name: string;
  /** Made only while it is on screen. */
  render: () => React.ReactNode;
}

/** Tabs that arrows move through; one panel is on screen. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const id = useId();
  const [wanted, setWanted] = useState("");
  const shown = tabs.find(({ name }) => name === wanted) ?? tabs[0];
  if (!shown) return null;
  const choose = (event: React.KeyboardEvent, index: number) => {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    setWanted(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label}>
        {tabs.map(({ name }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === shown.name}
            aria-controls={`${id}-panel`}
            tabIndex={name === shown.name ? 0 : -1}
            onClick={() => setWanted(name)}
            onKeyDown={(event) => choose(event, index)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown.name}`} tabIndex={0}>
        {shown.render()}
      </div>
    </>
  );
}
