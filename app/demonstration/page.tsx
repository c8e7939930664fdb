import { notFound } from "next/navigation";
import { getSite } from "../../lib/platform/site/data";

export const metadata = { title: "What is real here" };

export default async function DemonstrationPage() {
  if ((await getSite()).mode !== "demonstration") notFound();
  const { DEMONSTRATION_PLACES: places } = await import("../../prisma/seed/demonstration");
  return (
    <div className="wrap page stack">
      <h1>What is real in this demonstration</h1>
      <p>
        Real: the places of {places}, their counties, codes and people of 2020; county outlines; the wording, the rules,
        the approval by two people, the record.
      </p>
      <p>
        Invented: every person and every phone number. The numbers are 555-0100 to 555-0199, which ring nowhere. Town
        outlines are approximate: the part of the county that lies nearest to the town&apos;s middle.
      </p>
      <p>
        Nothing leaves this installation. Every message carries the CAP status Test and a note, and the console answers
        on this machine only. A demonstration cannot be turned into a real site.
      </p>
    </div>
  );
}
