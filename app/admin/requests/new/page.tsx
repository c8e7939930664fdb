import Link from "next/link";
import { notFound } from "next/navigation";
import { RequestForm } from "../../../../components/access/request-form";
import { can } from "../../../../lib/access/actor";
import { isSensitive } from "../../../../lib/access/permissions";
import { requireActor } from "../../../../lib/access/session";
import { listAgencies } from "../../../../lib/people/data";
import { getManagedPerson, listOtherAdministrators } from "../../../../lib/people/grants/data";
import { REQUEST_KINDS } from "../../../../lib/people/grants/schema";
import { formatConsequence, formatRequest } from "../../../../lib/people/grants/words";
import { getProofWays } from "../../../account/proof-ways";
import { askAccessAction } from "../../actions";

export const metadata = { title: "Ask for a change of access" };

export default async function NewRequestPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor("people:manage");
  const given = await searchParams;
  const now = Date.now();
  const kind = REQUEST_KINDS.find((one) => one === given.kind);
  const person = typeof given.person === "string" ? await getManagedPerson(actor, given.person, new Date(now)) : null;
  const role = typeof given.role === "string" && isSensitive(given.role) ? given.role : null;
  const agencyId = typeof given.agency === "string" ? given.agency : person?.homeAgencyId;
  if (!kind || !agencyId || !can(actor, "people:manage", agencyId)) notFound();
  if (kind === "emergency-release" ? person : !person || (kind === "role" && !role)) notFound();
  const agency = (await listAgencies(actor)).find(({ id }) => id === agencyId);
  if (!agency) notFound();
  const asked = { kind, person: person?.name ?? "", agency: agency.name, role: kind === "role" ? role : null };
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link> / <Link href="/admin/requests">Access requests</Link>
      </p>
      <RequestForm
        asked={{
          kind,
          agencyId,
          ...(person ? { personId: person.id } : {}),
          ...(kind === "role" && role ? { role } : {}),
        }}
        title={formatRequest(asked)}
        consequence={formatConsequence(asked)}
        others={(await listOtherAdministrators(actor, agencyId)).filter((name) => name !== person?.name)}
        ways={await getProofWays(actor, now)}
        ask={askAccessAction}
      />
    </div>
  );
}
