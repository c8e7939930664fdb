import { RegulatedTexts } from "../../components/templates/regulated-texts";
import { Facts } from "../../components/ui/facts";
import { formatMoment } from "../../components/ui/time";
import { requireActor } from "../../lib/access/session";
import type { Failure } from "../../lib/directory/selection";
import { FAILURES } from "../../lib/incidents/schema";
import { getSite } from "../../lib/platform/site/data";
import { getMultilingual, listLanguages, listTemplates } from "../../lib/wording/data";
import { TEXTS } from "../../lib/wording/texts";

export const metadata = { title: "Templates" };

export default async function TemplatesPage() {
  const actor = await requireActor("template:read");
  const [site, languages, templates, regulated] = await Promise.all([
    getSite(),
    listLanguages(),
    listTemplates(actor),
    getMultilingual(actor),
  ]);
  return (
    <div className="wrap page">
      <h1>Templates: {templates.length} approved</h1>
      <p className="second">
        Words in {"{braces}"} come from the directory, the incident, or the clock. Words in [[brackets]] depend on what
        fails and on text-to-911. Where a text has several wordings, the first that fits a place is used for it. A
        version is never changed. A new version replaces it.
      </p>
      {templates.map((template) => (
        <section key={template.id} aria-labelledby={template.id}>
          <div className="rule">
            <h2 id={template.id}>
              {template.name}, version {template.version}
            </h2>
            <span>
              {template.approvedBy}, {formatMoment(template.approvedAt, site.timeZone)}
            </span>
          </div>
          {TEXTS.map(({ audience, part, label }) => (
            <details className="finding" key={`${audience}-${part}`}>
              <summary>{label}</summary>
              <div className="texts-received">
                {languages.map(({ code, direction }) => (
                  <div key={code} lang={code} dir={direction}>
                    <p className="received">{template.body.frames[code]?.[audience][part]}</p>
                    {template.body.shorter[code]?.[audience]?.[part]?.map((shorter) => (
                      <p className="received" key={shorter}>
                        {shorter}
                      </p>
                    ))}
                  </div>
                ))}
              </div>
            </details>
          ))}
          {Object.entries(template.body.phrases[languages[0]?.code ?? ""] ?? {}).map(([failure, phrases]) => (
            <details className="finding" key={failure}>
              <summary>Phrases: {FAILURES[failure as Failure]?.label ?? failure}</summary>
              <Facts
                items={Object.entries(phrases).map(([name, text]) => [
                  name,
                  <>
                    {text}
                    {languages.slice(1).map(({ code, direction }) => (
                      <div className="hint" lang={code} dir={direction} key={code}>
                        {template.body.phrases[code]?.[failure]?.[name]}
                      </div>
                    ))}
                  </>,
                ])}
              />
            </details>
          ))}
        </section>
      ))}
      <RegulatedTexts regulated={regulated} timeZone={site.timeZone} />
    </div>
  );
}
