import { DirectoryTable } from "../../components/directory/directory-table";
import { sayTowns } from "../../components/ui/time";
import { requireActor } from "../../lib/auth/session";
import { listDirectory } from "../../lib/directory/data";
import { summarizeReadiness } from "../../lib/directory/readiness";
import { getMap } from "../../lib/geography/data";
import { getSite } from "../../lib/site/data";

export const metadata = { title: "Directory" };

export default async function DirectoryPage() {
  const actor = await requireActor("directory:read");
  const [site, entries, map] = await Promise.all([getSite(), listDirectory(actor), getMap(actor)]);
  const now = Date.now();
  const readiness = summarizeReadiness(entries, now);
  return (
    <div className="wrap page">
      <h1>
        {readiness.unserved === 0
          ? `Every one of ${sayTowns(readiness.total)} has a number you could give out tonight`
          : `${readiness.unserved} of ${sayTowns(readiness.total)} have no number you could give out tonight`}
      </h1>
      {site.mode === "demonstration" && (
        <p>Every number here is invented for the demonstration: 555-0100 to 555-0199 ring nowhere.</p>
      )}
      <DirectoryTable entries={entries} map={map} now={now} />
    </div>
  );
}
