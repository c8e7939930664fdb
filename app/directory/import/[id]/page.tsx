import Link from "next/link";
import { notFound } from "next/navigation";
import { ImportDecision } from "../../../../components/directory/import-decision";
import { ImportWatch } from "../../../../components/directory/import-watch";
import { MapKey } from "../../../../components/map/map-key";
import { PlaceMap } from "../../../../components/map/place-map";
import { formatCount } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { getImport, getImportOutlines } from "../../../../lib/exchange/data";
import { ROW_RESULTS, type RowResult } from "../../../../lib/exchange/schema";
import { drawMap } from "../../../../lib/places/map";
import { applyImportAction, dropImportAction } from "../../actions";

export const metadata = { title: "Import" };

const LOOKS: Partial<Record<RowResult, string>> = { new: "none", changed: "soon", unchanged: "good" };

async function Preview({ actor, id }: { actor: Awaited<ReturnType<typeof requireActor>>; id: string }) {
  const outlines = await getImportOutlines(actor, id);
  if (outlines.length === 0) return null;
  return (
    <figure className="history">
      <PlaceMap
        shapes={drawMap(
          outlines.map((outline) => ({ id: outline.id, geometry: outline.geometry })),
          600,
        )}
        label="Map of the outlines in the file. The table has the same information."
        countyIds={[]}
        towns={outlines.map(({ id: place, name, result }) => ({
          id: place,
          name,
          look: LOOKS[result] ?? "",
          says: ROW_RESULTS[result],
        }))}
      />
      <figcaption>
        <MapKey
          items={[
            { look: "none", says: "new" },
            { look: "soon", says: "changed" },
            { look: "good", says: "unchanged" },
          ]}
        />
        {outlines.length === 500 && <p className="hint">The first 500 are shown.</p>}
      </figcaption>
    </figure>
  );
}

export default async function ImportDetailPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ result?: string; page?: string }>;
}) {
  const actor = await requireActor("directory:edit");
  const { id } = await params;
  const query = await searchParams;
  const found = await getImport(actor, id, query.result ?? "", Math.max(1, Number(query.page) || 1));
  if (!found) notFound();
  const { counts, kind, state } = found;
  const wanted = (counts.new ?? 0) + (counts.changed ?? 0);
  const [one, what] = kind === "numbers" ? ["number", "numbers"] : ["place", "places"];
  const href = (result: string, page = 1) => `/directory/import/${id}?result=${result}&page=${page}`;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link> / <Link href="/directory/import">Import</Link>
      </p>
      <h1>
        {state === "failed"
          ? `${found.fileName} cannot be read`
          : state === "applied"
            ? `${formatCount(wanted)} ${wanted === 1 ? one : what} written from ${found.fileName}`
            : state === "dropped"
              ? `${found.fileName} was dropped; nothing was written`
              : state === "reading"
                ? `${found.fileName} is being read`
                : state === "writing"
                  ? `${formatCount(wanted)} ${wanted === 1 ? one : what} of ${found.fileName} ${wanted === 1 ? "is" : "are"} being written`
                  : `${found.fileName} would write ${formatCount(wanted)} ${wanted === 1 ? one : what}`}
      </h1>
      {state === "failed" && <p className="error-summary">{found.problem} Nothing was written.</p>}
      {(state === "reading" || state === "writing") && <ImportWatch id={id} state={state} progress={found.progress} />}
      {state === "read" && (
        <>
          {found.problem && <p className="error-summary">{found.problem}</p>}
          <p>
            All rows are saved at once, or none. Rejected rows are skipped: correct them in the file and give it again;
            what is written by then is the same.
            {kind === "numbers" && " New numbers are not given out until someone calls them."}
          </p>
          <ImportDecision id={id} count={wanted} kind={kind} apply={applyImportAction} drop={dropImportAction} />
        </>
      )}
      {state === "applied" && (
        <p>
          Saved. <Link href="/directory">Open the directory</Link>
          {kind === "numbers" && wanted > 0 && (
            <>
              {" "}
              or <Link href="/directory/call-round">call the new numbers</Link>
            </>
          )}
          .
        </p>
      )}
      {found.strays && <p className="quote reason">{found.strays}</p>}
      {found.unknown.length > 0 && <p className="hint">Columns that were passed over: {found.unknown.join(", ")}.</p>}
      {kind === "places" && state === "read" && <Preview actor={actor} id={id} />}
      {Object.keys(counts).length > 0 && (
        <>
          <nav className="segmented" aria-label="Results">
            {(Object.keys(ROW_RESULTS) as RowResult[])
              .filter((result) => (counts[result] ?? 0) > 0)
              .map((result) => (
                <Link key={result} href={href(result)} aria-current={result === found.result ? "page" : undefined}>
                  {formatCount(counts[result]!)} {ROW_RESULTS[result]}
                </Link>
              ))}
          </nav>
          <table className="lines stacks">
            <thead>
              <tr>
                <th scope="col">{kind === "numbers" ? "Line" : "Feature"}</th>
                <th scope="col">What</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {found.rows.map(({ position, line, subject, why, before }) => (
                <tr key={position}>
                  <td className="tabular">{line}</td>
                  <th scope="row">{subject}</th>
                  <td>
                    {why}
                    {Object.entries(before).map(([field, value]) => (
                      <div className="hint" key={field}>
                        {field} was {JSON.stringify(value)}
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="row">
            {found.page > 1 && <Link href={href(found.result, found.page - 1)}>Previous 100</Link>}
            {found.page < found.pages && <Link href={href(found.result, found.page + 1)}>Next 100</Link>}
          </p>
        </>
      )}
    </div>
  );
}
