import Link from "next/link";
import { requireActor } from "../../../lib/access/session";
import { env } from "../../../lib/platform/env";
import { kitKey } from "../../../lib/exchange/kit/sign";
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
      <h1>Offline kit for when you can’t reach Callbox</h1>
      <p>
        Numbers with their dates, other ways to get help, ready texts with blanks for the times, and the steps to
        follow. A PDF, and one file that opens from a USB drive without a network. Download it again after every call
        round; both carry the same checksum when they are taken in the same minute.
      </p>
      <p>
        The offline file is signed. Check one with <span className="mono">npm run callbox -- verify-kit FILE</span>, or
        elsewhere with this site’s key: <span className="mono breaks">{kitKey(env().NEXTAUTH_SECRET)}</span>
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Agency</th>
            <th scope="col">Today’s kit</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, name }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td className="row">
                {/* Files, not pages: a plain link. */}
                <a href={`/api/directory/kit/${id}.pdf`} aria-label={`PDF, ${name}`}>
                  PDF
                </a>
                <a href={`/api/directory/kit/${id}.html`} aria-label={`Offline file, ${name}`}>
                  Offline file
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
