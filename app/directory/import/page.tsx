import Link from "next/link";
import { Importer } from "../../../components/directory/importer";
import { sayCount, sayMoment } from "../../../components/ui/time";
import { can } from "../../../lib/access/actor";
import { requireActor } from "../../../lib/access/session";
import { listImports } from "../../../lib/exchange/data";
import { getSite } from "../../../lib/platform/site/data";
import { beginImportAction } from "../actions";

export const metadata = { title: "Import" };

const STATES: Record<string, string> = {
  reading: "being read",
  read: "waits for you",
  failed: "could not be read",
  applied: "written",
  dropped: "dropped",
};

export default async function ImportPage({ searchParams }: { searchParams: Promise<{ kind?: string }> }) {
  const actor = await requireActor("directory:edit");
  const [site, imports, { kind: wanted }] = await Promise.all([getSite(), listImports(actor), searchParams]);
  const regions = can(actor, "region:import");
  const kind = wanted === "regions" && regions ? "regions" : "numbers";
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
      </p>
      <h1>{kind === "numbers" ? "Import numbers" : "Import cities and towns"}</h1>
      <p className="row">
        {kind === "regions" ? (
          <Link href="/directory/import">Numbers instead</Link>
        ) : (
          regions && <Link href="/directory/import?kind=regions">Cities and towns with their outlines instead</Link>
        )}
      </p>
      <Importer key={kind} kind={kind} begin={beginImportAction} />
      <div className="rule">
        <h2>Last imports</h2>
      </div>
      {imports.length === 0 ? (
        <p>Nothing was imported yet.</p>
      ) : (
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">When and who</th>
              <th scope="col">State</th>
              <th scope="col">Rows</th>
            </tr>
          </thead>
          <tbody>
            {imports.map(({ id, fileName, by, at, state, counts }) => (
              <tr key={id}>
                <th scope="row">
                  <Link href={`/directory/import/${id}`} prefetch={false}>
                    {fileName}
                  </Link>
                </th>
                <td data-label="When and who">
                  {sayMoment(at, site.timeZone)}, {by}
                </td>
                <td>{STATES[state]}</td>
                <td data-label="Rows">
                  {Object.entries(counts)
                    .map(([fate, count]) => `${sayCount(count)} ${fate}`)
                    .join(", ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
