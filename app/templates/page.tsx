import { RegulatedTexts } from "../../components/templates/regulated-texts";
import { TemplateTable } from "../../components/templates/template-table";
import { requireActor } from "../../lib/access/session";
import { listTemplatesWithDrafts } from "../../lib/alerts/templates/data";
import { getSite } from "../../lib/platform/site/data";
import { getMultilingual } from "../../lib/wording/data";
import { beginTemplateAction } from "./actions";

export const metadata = { title: "Templates" };

export default async function TemplatesPage() {
  const actor = await requireActor("template:read");
  const [site, templates, regulated] = await Promise.all([
    getSite(),
    listTemplatesWithDrafts(actor),
    getMultilingual(actor),
  ]);
  const waiting = templates.filter(({ open }) => open?.state === "submitted").length;
  const says = waiting === 1 ? ", 1 change waits for approval" : `, ${waiting} changes wait for approval`;
  return (
    <div className="wrap page">
      <h1>
        {templates.length} templates are in use{waiting > 0 && says}
      </h1>
      <p className="second">
        Every alert begins with the words of a template. A version is never changed: a new one replaces it when a second
        person has approved it. Alerts that were begun before keep the version they have.
      </p>
      <TemplateTable templates={templates} timeZone={site.timeZone} begin={beginTemplateAction} />
      <RegulatedTexts regulated={regulated} timeZone={site.timeZone} />
    </div>
  );
}
