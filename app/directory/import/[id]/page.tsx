import Link from "next/link";
import { notFound } from "next/navigation";
import { ImportDecision } from "../../../../components/directory/import-decision";
import { RegionMap } from "../../../../components/map/region-map";
import { sayCount } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { getImport, getImportOutlines } from "../../../../lib/exchange/data";
import { FATES, type ImportFate } from "../../../../lib/exchange/schema";
import { drawMap } from "../../../../lib/places/map";
import { applyImportAction, dropImportAction } from "../../actions";

export const metadata = { title: "Import" };

const LOOKS: Partial<Record<ImportFate, string>> = { new: "none", changed: "soon", same: "good" };

async function Preview({ actor, id }: { actor: Awaited<ReturnType<typeof requireActor>>; id: string }) {
  const outlines = await getImportOutlines(actor, id);
  if (outlines.length === 0) return null;
  return (
    <figure className="history">
      <RegionMap
        shapes={drawMap(
          outlines.map((outline) => ({ id: outline.id, geometry: outline.geometry })),
          600,
        )}
        label="Map of the outlines in the file. The table says the same."
        countyIds={[]}
        towns={outlines.map(({ id: region, name, fate }) => ({
          id: region,
          name,
          look: LOOKS[fate] ?? "",
          says: FATES[fate],
        }))}
      />
      <figcaption className="hint">
        Black: new. Stripes: changed. Plain: the same. {outlines.length === 500 && "The first 500 are shown."}
      </figcaption>
    </figure>
  );
}

export default async function ImportDetailPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ fate?: string; page?: string }>;
}) {
  const actor = await requireActor("directory:edit");
  const { id } = await params;
  const query = await searchParams;
  const found = await getImport(actor, id, query.fate ?? "", Math.max(1, Number(query.page) || 1));
  if (!found) notFound();
  const { counts, kind, state } = found;
  const wanted = (counts.new ?? 0) + (counts.changed ?? 0);
  const [one, what] = kind === "numbers" ? ["number", "numbers"] : ["region", "regions"];
  const href = (fate: string, page = 1) => `/directory/import/${id}?fate=${fate}&page=${page}`;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link> / <Link href="/directory/import">Import</Link>
      </p>
      <h1>
        {state === "failed"
          ? `${found.fileName} cannot be read`
          : state === "applied"
            ? `${sayCount(wanted)} ${wanted === 1 ? one : what} written from ${found.fileName}`
            : state === "dropped"
              ? `${found.fileName} was dropped; nothing was written`
              : state === "reading"
                ? `${found.fileName} is being read: ${sayCount(found.progress)} rows so far`
                : `${found.fileName} would write ${sayCount(wanted)} ${wanted === 1 ? one : what}`}
      </h1>
      {state === "failed" && <p className="error-summary">{found.problem} Nothing was written.</p>}
      {state === "read" && (
        <>
          <p>
            All of it is written at once, or nothing. Rows that are refused are left out: correct them in the file and
            give it again; what is written by then is the same.
            {kind === "numbers" && " New numbers are not given out until somebody calls them."}
          </p>
          <ImportDecision id={id} count={wanted} kind={kind} apply={applyImportAction} drop={dropImportAction} />
        </>
      )}
      {state === "applied" && (
        <p>
          It is in the record. <Link href="/directory">Look at the directory</Link>
          {kind === "numbers" && wanted > 0 && (
            <>
              {" "}
              or <Link href="/directory/call-round">call the new numbers</Link>
            </>
          )}
          .
        </p>
      )}
      {found.unknown.length > 0 && <p className="hint">Columns that were passed over: {found.unknown.join(", ")}.</p>}
      {kind === "regions" && state === "read" && <Preview actor={actor} id={id} />}
      {Object.keys(counts).length > 0 && (
        <>
          <nav className="segmented" aria-label="Fates">
            {(Object.keys(FATES) as ImportFate[])
              .filter((fate) => (counts[fate] ?? 0) > 0)
              .map((fate) => (
                <Link key={fate} href={href(fate)} aria-current={fate === found.fate ? "page" : undefined}>
                  {sayCount(counts[fate]!)} {FATES[fate]}
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
            {found.page > 1 && <Link href={href(found.fate, found.page - 1)}>The 100 before</Link>}
            {found.page < found.pages && <Link href={href(found.fate, found.page + 1)}>The next 100</Link>}
          </p>
        </>
      )}
    </div>
  );
}
