import Link from "next/link";
import { Importer } from "../../../components/directory/importer";
import { formatCount, formatMoment } from "../../../components/ui/time";
import { can } from "../../../lib/access/actor";
import { requireActor } from "../../../lib/access/session";
import { listImports } from "../../../lib/exchange/data";
import { getSite } from "../../../lib/platform/site/data";
import { beginImportAction, describeFileAction } from "../actions";

export const metadata = { title: "Import" };

const STATES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    reading: "reading",
    read: "ready to save",
    failed: "failed",
    applied: "saved",
    dropped: "dropped",
  }),
);

export default async function ImportPage({ searchParams }: { searchParams: Promise<{ kind?: string }> }) {
  const actor = await requireActor("directory:edit");
  const [site, imports, { kind: wanted }] = await Promise.all([getSite(), listImports(actor), searchParams]);
  const places = can(actor, "place:import");
  const kind = wanted === "places" && places ? "places" : "numbers";
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
      </p>
      <h1>{kind === "numbers" ? "Import numbers" : "Import cities and towns"}</h1>
      <p className="row">
        {kind === "places" ? (
          <Link href="/directory/import">Import numbers instead</Link>
        ) : (
          places && <Link href="/directory/import?kind=places">Import cities and towns with outlines instead</Link>
        )}
      </p>
      <Importer key={kind} kind={kind} describe={describeFileAction} begin={beginImportAction} />
      <div className="rule">
        <h2>Recent imports</h2>
      </div>
      {imports.length === 0 ? (
        <p>No imports yet.</p>
      ) : (
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">When</th>
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
                  {formatMoment(at, site.timeZone)}, {by}
                </td>
                <td>{STATES.get(state)}</td>
                <td data-label="Rows">
                  {Object.entries(counts)
                    .map(([result, count]) => `${formatCount(count)} ${result}`)
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
