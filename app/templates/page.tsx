import { Facts } from "../../components/ui/facts";
import { sayMoment } from "../../components/ui/time";
import { requireActor } from "../../lib/access/session";
import { getSite } from "../../lib/platform/site/data";
import { listTemplates } from "../../lib/wording/data";
import { TEXT_KEYS, TEXT_LABELS } from "../../lib/wording/schema";

export const metadata = { title: "Templates" };

export default async function TemplatesPage() {
  const actor = await requireActor("template:read");
  const [site, templates] = await Promise.all([getSite(), listTemplates(actor)]);
  return (
    <div className="wrap page">
      <h1>{templates.length} wordings are approved for use</h1>
      <p className="second">
        Words in {"{braces}"} are filled from the directory, the incident or the clock; words in [[brackets]] follow
        from what fails and from text-to-911. A version is never changed; a new one replaces it.
      </p>
      {templates.map((template) => (
        <section key={template.id} aria-labelledby={template.id}>
          <div className="rule">
            <h2 id={template.id}>
              {template.name}, version {template.version}
            </h2>
            <span>
              {template.approvedBy}, {sayMoment(template.approvedAt, site.timeZone)}
            </span>
          </div>
          {TEXT_KEYS.map((key) => (
            <details className="finding" key={key}>
              <summary>{TEXT_LABELS[key].label}</summary>
              <div className="texts-received">
                {(["en-US", "es-US"] as const).map((language) => (
                  <p className="received" key={language} lang={language === "es-US" ? "es" : "en"}>
                    {template.body.frames[language][key].number}
                    {template.body.frames[language][key].places !== template.body.frames[language][key].number && (
                      <>
                        {"\n\n"}
                        <strong>{language === "es-US" ? "Sin número: " : "Without a number: "}</strong>
                        {template.body.frames[language][key].places}
                      </>
                    )}
                  </p>
                ))}
              </div>
            </details>
          ))}
          {Object.entries(template.body.phrases["en-US"] ?? {}).map(([failure, phrases]) => (
            <details className="finding" key={failure}>
              <summary>Phrases when “{failure}” fails</summary>
              <Facts
                items={Object.entries(phrases).map(([name, text]) => [
                  name,
                  <>
                    {text}
                    <div className="hint" lang="es">
                      {template.body.phrases["es-US"]?.[failure]?.[name]}
                    </div>
                  </>,
                ])}
              />
            </details>
          ))}
        </section>
      ))}
    </div>
  );
}
