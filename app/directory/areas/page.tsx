import Link from "next/link";
import { AreaForm } from "../../../components/directory/area-form";
import { formatCount, formatPeople } from "../../../components/ui/time";
import { can } from "../../../lib/access/actor";
import { requireActor } from "../../../lib/access/session";
import { listAreas } from "../../../lib/places/data";
import { saveAreaAction } from "../actions";

export const metadata = { title: "Dispatch areas" };

export default async function AreasPage() {
  const actor = await requireActor("directory:read");
  const areas = await listAreas(actor);
  const mayEdit = can(actor, "place:import");
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
      </p>
      <h1>Dispatch areas</h1>
      <p className="second">
        When a place has no usable number of its own, alerts use the number of its dispatch center, then of its county,
        then of its state. A place can have two dispatch centers.
      </p>
      {areas.length === 0 && <p>No dispatch areas yet. A place without a usable number uses its county’s.</p>}
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
            {area.kind === "psap" ? "Serves" : "Made of"} {formatCount(area.places.length)}{" "}
            {area.places.length === 1 ? "place" : "places"}, {formatPeople([area.population])}: {area.places.join("; ")}
            .
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
            <h2>Add a dispatch area</h2>
          </div>
          <AreaForm save={saveAreaAction} />
        </>
      ) : (
        <p className="hint">An administrator makes and changes areas.</p>
      )}
    </div>
  );
}
