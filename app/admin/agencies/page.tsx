import Link from "next/link";
import { AllowanceForm } from "../../../components/admin/allowance-form";
import { AgencyForm } from "../../../components/admin/agency-form";
import { formatAllowance } from "../../../lib/access/allowance/allowance";
import { requireActor } from "../../../lib/access/session";
import { listAgencies } from "../../../lib/people/data";
import { db } from "../../../lib/platform/db";
import { FIRST_LANGUAGE } from "../../../lib/platform/language";
import { listLanguages } from "../../../lib/wording/data";
import { getProofWays } from "../../account/proof-ways";
import { saveAgencyAction, setAllowanceAction } from "../actions";

export const metadata = { title: "Agencies" };

export default async function AgenciesPage() {
  const actor = await requireActor("people:manage");
  const [agencies, languages] = await Promise.all([listAgencies(actor), listLanguages(db())]);
  const others = languages.filter(({ code }) => code !== FIRST_LANGUAGE).map(({ code, name }) => ({ code, name }));
  const ways = await getProofWays(actor, Date.now());
  const parents = agencies.map(({ id, name }) => ({ id, name }));
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>{agencies.length === 1 ? "One agency" : `${agencies.length} agencies`} you manage</h1>
      <p>
        Each keeps its own numbers and may alert its own area. Agencies around you keep theirs, and where two give
        different numbers for one place, both are asked.
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Agency</th>
            <th scope="col">Answers for</th>
            <th scope="col">In 90-character texts</th>
            <th scope="col">People</th>
          </tr>
        </thead>
        <tbody>
          {agencies.map((agency) => (
            <tr key={agency.id}>
              <th scope="row">
                {agency.name}
                <details>
                  <summary>Change</summary>
                  <AgencyForm agency={agency} parents={[]} languages={others} save={saveAgencyAction} />
                </details>
              </th>
              <td data-label="Answers for">{agency.jurisdiction}</td>
              <td data-label="In 90-character texts">{agency.shortName}: 911 is down in …</td>
              <td data-label="People">{agency.people}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="rule">
        <h2>What each may publish</h2>
      </div>
      <p className="second">
        An agency can be kept from publishing some alerts, and from some kinds of channels. It allows no more than the
        agency above it. Whoever administers it can withhold more; only an administrator of the agency above allows
        more.
      </p>
      {agencies.map((agency) => (
        <div key={agency.id}>
          <h3>{agency.name}</h3>
          <p>{formatAllowance(agency.allowance.effective)}</p>
          <details>
            <summary>
              Change<span className="visually-hidden"> what {agency.name} may publish</span>
            </summary>
            <AllowanceForm agency={agency} ways={ways} save={setAllowanceAction} />
          </details>
        </div>
      ))}
      <div className="rule">
        <h2>Add an agency</h2>
      </div>
      <AgencyForm parents={parents} languages={others} save={saveAgencyAction} />
    </div>
  );
}
