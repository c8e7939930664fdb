import Link from "next/link";
import { AreaForm } from "../../../components/directory/area-form";
import { sayCount } from "../../../components/ui/time";
import { can } from "../../../lib/access/actor";
import { requireActor } from "../../../lib/access/session";
import { listAreas } from "../../../lib/places/data";
import { saveAreaAction } from "../actions";

export const metadata = { title: "Dispatch areas" };

export default async function AreasPage() {
  const actor = await requireActor("directory:read");
  const areas = await listAreas(actor);
  const mayEdit = can(actor, "region:import");
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
      </p>
      <h1>Dispatch areas: who answers for several places</h1>
      <p className="second">
        A place whose own numbers cannot be given out falls back on the dispatch center that serves it, then on its
        county and its state. A place may be served by two.
      </p>
      {areas.length === 0 && <p>No area yet. A place without a usable number then falls back on its county.</p>}
      {areas.map((area) => (
        <section key={area.id} aria-labelledby={area.id}>
          <div className="rule">
            <h2 id={area.id}>
              <Link href={`/directory/${area.id}`} prefetch={false}>
                {area.name}
              </Link>
            </h2>
            <span>
              {area.numbers} {area.numbers === 1 ? "number" : "numbers"}
            </span>
          </div>
          <p>
            {area.kind === "psap" ? "Serves" : "Made of"} {sayCount(area.places.length)}{" "}
            {area.places.length === 1 ? "place" : "places"}, {sayCount(area.population)} people:{" "}
            {area.places.join("; ")}.
          </p>
          {mayEdit && (
            <details>
              <summary>Change {area.name}</summary>
              <AreaForm key={area.places.join()} area={area} save={saveAreaAction} />
            </details>
          )}
        </section>
      ))}
      {mayEdit ? (
        <>
          <div className="rule">
            <h2>Make an area</h2>
          </div>
          <AreaForm save={saveAreaAction} />
        </>
      ) : (
        <p className="hint">An administrator makes and changes areas.</p>
      )}
    </div>
  );
}
