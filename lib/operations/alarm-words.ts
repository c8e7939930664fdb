import type { Change } from "./commands/look-after";

/** The email that tells an administrator what needs someone, or no longer does. */
export function writeAlarm({
  name,
  site,
  link,
  changes,
}: {
  name: string;
  site: string;
  /** Of the status page. */
  link: string;
  changes: readonly Change[];
}): { subject: string; text: string } {
  const bad = changes.filter(({ good }) => !good);
  const [first] = bad.length > 0 ? bad : changes;
  const more = (bad.length > 0 ? bad : changes).length - 1;
  const subject =
    `${site}: ${first?.label ?? ""} ${bad.length > 0 ? "needs attention" : "is good again"}` +
    (more > 0 ? `, and ${more} more` : "");
  const lines = changes.map(
    ({ label, good, says, todo }) =>
      `${good ? "GOOD AGAIN" : "NEEDS ATTENTION"}: ${label}\n${says}${todo ? `\nWhat to do: ${todo}` : ""}`,
  );
  return {
    subject,
    text: `${name},\n\n${lines.join("\n\n")}\n\nHow everything stands: ${link}\n\nYou get this because you administer ${site}. Each change is told once.\n`,
  };
}
