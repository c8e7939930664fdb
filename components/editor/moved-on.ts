/**
 * Where the page of a draft leads when the alert has moved on since the page was drawn: pressing Back brings back
 * the page as it was, although the draft was sent or published meanwhile. Null where it is still to be written.
 * @param drawn the state the page was drawn with; a draft that waits for approval can be opened to take it back
 */
export function whereNow(id: string, drawn: string, now: string): string | null {
  if (now === "draft" || (now === "submitted" && drawn === "submitted")) return null;
  return now === "submitted" ? `/alerts/${id}/review` : `/alerts/${id}`;
}
