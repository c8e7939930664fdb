import { PageIncident } from "./providers";

/** Everything that belongs to an exercise stands in a hatched violet frame. */
export function ModeFrame({
  mode,
  incidentId,
  children,
}: {
  mode: "live" | "exercise";
  /** The incident the page is about, which the bar then names first. */
  incidentId?: string;
  children: React.ReactNode;
}) {
  const page = incidentId && <PageIncident id={incidentId} />;
  return mode === "exercise" ? (
    <div className="exercise exercise-frame">
      {page}
      {children}
    </div>
  ) : (
    <>
      {page}
      {children}
    </>
  );
}

/** A heading that says so when it is an exercise. */
export function modeTitle(mode: "live" | "exercise", title: string): string {
  return mode === "exercise" && !title.startsWith("Exercise:") ? `Exercise: ${title}` : title;
}
