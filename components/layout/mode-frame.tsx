/** Everything that belongs to an exercise stands in a hatched violet frame. */
export function ModeFrame({ mode, children }: { mode: "live" | "exercise"; children: React.ReactNode }) {
  return mode === "exercise" ? <div className="exercise exercise-frame">{children}</div> : <>{children}</>;
}

/** A heading that says so when it is an exercise. */
export function modeTitle(mode: "live" | "exercise", title: string): string {
  return mode === "exercise" && !title.startsWith("Exercise:") ? `Exercise: ${title}` : title;
}
