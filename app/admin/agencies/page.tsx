import Link from "next/link";
import { AgencyForm } from "../../../components/admin/agency-form";
import { requireActor } from "../../../lib/access/session";
import { listAgencies } from "../../../lib/people/data";
import { db } from "../../../lib/platform/db";
import { FIRST_LANGUAGE } from "../../../lib/platform/language";
import { listLanguages } from "../../../lib/wording/data";
import { saveAgencyAction } from "../actions";

export const metadata = { title: "Agencies" };

export default async function AgenciesPage() {
  const actor = await requireActor("people:manage");
  const [agencies, languages] = await Promise.all([listAgencies(actor), listLanguages(db())]);
  const others = languages.filter(({ code }) => code !== FIRST_LANGUAGE).map(({ code, name }) => ({ code, name }));
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
        <h2>Add an agency</h2>
      </div>
      <AgencyForm parents={parents} languages={others} save={saveAgencyAction} />
    </div>
  );
}
