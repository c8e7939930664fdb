"use client";

import { useTimeZone } from "../layout/providers";
import { State } from "../ui/state";
import { formatSeconds } from "../ui/time";
import type { SaveState } from "./save-queue";

/** Whether the draft is saved, and the way back, in view however far down someone writes. */
export function SaveStrip({
  state,
  undoable,
  redoable,
  readOnly,
  onUndo,
  onRedo,
  children,
}: {
  state: SaveState;
  undoable: boolean;
  redoable: boolean;
  readOnly: boolean;
  onUndo: () => void;
  onRedo: () => void;
  /** Who else is here. */
  children?: React.ReactNode;
}) {
  const timeZone = useTimeZone();
  return (
    <div className="draft-strip">
      <div className="wrap row">
        <span role="status">
          {state.kind === "saved" && (
            <State shape="tick" tone="good">
              Saved {formatSeconds(state.at, timeZone)}
            </State>
          )}
          {(state.kind === "waiting" || state.kind === "saving") && <State shape="dots">Saving</State>}
          {state.kind === "on-device" && (
            <State shape="triangle" tone="bad">
              Not saved: {state.message}
            </State>
          )}
          {state.kind === "collision" && (
            <State shape="triangle" tone="bad">
              Not saved: someone else saved first
            </State>
          )}
        </span>
        {!readOnly && (
          <span className="row">
            <button type="button" className="text-button" disabled={!undoable} onClick={onUndo}>
              Undo
            </button>
            <button type="button" className="text-button" disabled={!redoable} onClick={onRedo}>
              Redo
            </button>
          </span>
        )}
        {children}
      </div>
    </div>
  );
}
