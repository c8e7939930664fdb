import Link from "next/link";
import { requireActor } from "../../../lib/access/session";
import { listKitAgencies } from "../../../lib/exchange/kit/data";

export const metadata = { title: "Offline kit" };

export default async function KitPage() {
  const actor = await requireActor("directory:read");
  const agencies = await listKitAgencies(actor);
  const own = new Set(actor.memberships.map(({ agencyId }) => agencyId));
  const sorted = [...agencies].sort((left, right) => Number(own.has(right.id)) - Number(own.has(left.id)));
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
      </p>
      <h1>Offline kit: what you need when Callbox cannot be reached</h1>
      <p>
        Numbers with how long each is good, other ways to reach help, ready texts with gaps for the times, and the steps
        to follow. As a PDF to print, and as one file that opens from a USB stick without a network. Make it anew after
        every call round; both carry the same checksum when they are taken in the same minute.
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Agency</th>
            <th scope="col">Kit of today</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, name }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td className="row">
                {/* Files, not pages: a plain link. */}
                <a href={`/api/directory/kit/${id}.pdf`} aria-label={`PDF, ${name}`}>
                  PDF to print
                </a>
                <a href={`/api/directory/kit/${id}.html`} aria-label={`File for a USB stick, ${name}`}>
                  File for a USB stick
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
