import Link from "next/link";
import { notFound } from "next/navigation";
import { AlertsWith } from "../../../components/templates/alerts-with";
import { CompareVersions } from "../../../components/templates/compare-versions";
import { TemplateTexts } from "../../../components/templates/template-texts";
import { formatMoment } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { getTemplateVersion, listAlertsWith, listVersions } from "../../../lib/alerts/templates/data";
import { getSite } from "../../../lib/platform/site/data";
import { listLanguages } from "../../../lib/wording/data";
import { isAsShipped } from "../../../lib/wording/follow-ups";

export const metadata = { title: "Template" };

export default async function TemplatePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ with?: string | string[] }>;
}) {
  const actor = await requireActor("template:read");
  const { id } = await params;
  const { with: other } = await searchParams;
  const template = await getTemplateVersion(actor, id);
  if (!template) notFound();
  const [site, languages, versions, alerts, compared] = await Promise.all([
    getSite(),
    listLanguages(),
    listVersions(actor, template.key),
    listAlertsWith(actor, id),
    typeof other === "string" ? getTemplateVersion(actor, other) : null,
  ]);
  const inUse = versions[0]?.id === id;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link className="target" href="/templates">
          Templates
        </Link>
      </p>
      <h1>
        {template.name}, version {template.version}
        {inUse ? ": in use" : `: replaced by version ${versions[0]?.version}`}
      </h1>
      <p>
        Approved: {template.approvedBy}, {formatMoment(template.approvedAt, site.timeZone)}
      </p>
      {isAsShipped(id) && (
        <p>
          The Spanish came with Callbox. Its makers read every line; no native speaker from outside has recorded a
          reading yet.
        </p>
      )}
      {versions.length > 1 && (
        <CompareVersions
          template={template}
          versions={versions}
          compared={compared?.key === template.key ? compared : null}
          languages={languages}
        />
      )}
      <AlertsWith {...alerts} timeZone={site.timeZone} now={Date.now()} />
      <div className="rule">
        <h2>Texts and phrases</h2>
      </div>
      <TemplateTexts body={template.body} languages={languages} />
    </div>
  );
}
