"use client";

/** The parts of the composer: side by side on a desk, one at a time on a phone. */
const PANES = { fix: "To fix", texts: "Texts", preview: "Preview", places: "Places" } as const;
export type Pane = keyof typeof PANES;
export const PANE_NAMES = Object.keys(PANES) as Pane[];

/** On a phone: which part is on screen. */
export function PaneSwitch({
  pane,
  toFix,
  onPane,
}: {
  pane: Pane;
  /** How many findings hold the draft up. */
  toFix: number | null;
  onPane: (pane: Pane) => void;
}) {
  return (
    <div className="pane-switch" role="group" aria-label="Parts of the composer">
      {PANE_NAMES.map((name) => (
        <button key={name} type="button" aria-pressed={pane === name} onClick={() => onPane(name)}>
          {PANES[name]}
          {name === "fix" && toFix !== null && <span className="tabular"> {toFix}</span>}
        </button>
      ))}
    </div>
  );
}
