import Link from "next/link";
import { notFound } from "next/navigation";
import { NewLink } from "../../../../components/access/new-link";
import { Leaving } from "../../../../components/access/leaving";
import { PersonRoles } from "../../../../components/access/person-roles";
import { PersonLinks } from "../../../../components/single-sign-on/person-links";
import { requireActor } from "../../../../lib/access/session";
import { listAgencies } from "../../../../lib/people/data";
import { getManagedPerson } from "../../../../lib/people/grants/data";
import { formatFactor } from "../../../../lib/people/review/csv";
import { getProofWays } from "../../../account/proof-ways";
import { changeRoleAction, endAccessAction, renewSetupLinkAction } from "../../actions";
import { unlinkPersonAction } from "../../single-sign-on/actions";

export const metadata = { title: "Person" };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("people:manage");
  const now = Date.now();
  const person = await getManagedPerson(actor, (await params).id, new Date(now));
  if (!person) notFound();
  const agencies = (await listAgencies(actor)).map(({ id, name }) => ({ id, name }));
  const roles = person.roles.map(({ role }) => role);
  const hasFactor = person.app || person.passkeys > 0;
  const ways = await getProofWays(actor, now);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>
        {person.name}: {person.disabled ? "disabled" : roles.length === 0 ? "no role" : [...new Set(roles)].join(", ")}
      </h1>
      <p className="second">
        {person.email}, {person.homeAgency}
      </p>
      {person.isSelf ? (
        <p>This is your own account. Another administrator changes it.</p>
      ) : (
        <>
          <div className="rule">
            <h2>Roles</h2>
          </div>
          <PersonRoles person={person} agencies={agencies} change={changeRoleAction} />
          <div className="rule">
            <h2>Second factor</h2>
          </div>
          <p>
            {hasFactor
              ? `Has: ${formatFactor(person)}.`
              : "None is set up. Whoever may approve or administer sets one up at the next sign-in."}
          </p>
          {hasFactor && (
            <p>
              <Link href={`/admin/requests/new?kind=factor-reset&person=${person.id}`} prefetch={false}>
                Ask for a reset of the second factor
              </Link>
            </p>
          )}
          <div className="rule">
            <h2 id="new-link">One-time link</h2>
          </div>
          <NewLink person={person} ways={ways} renew={renewSetupLinkAction} />
          {person.linked.length > 0 && (
            <>
              <div className="rule">
                <h2>Single sign-on</h2>
              </div>
              <PersonLinks person={person} ways={ways} unlink={unlinkPersonAction} />
            </>
          )}
          <div className="rule">
            <h2>Leaving</h2>
          </div>
          <Leaving person={person} ways={ways} leave={endAccessAction} />
        </>
      )}
    </div>
  );
}
