import Link from "next/link";
import { listTemplateChanges } from "../../lib/wording/fields";
import type { LanguageWords } from "../../lib/wording/languages";
import type { TemplateBody } from "../../lib/wording/schema";
import { TemplateChanges } from "./template-changes";

interface Version {
  id: string;
  version: number;
  body: TemplateBody;
}

/** Another version of a template beside this one, the older one first. */
export function CompareVersions({
  template,
  versions,
  compared,
  languages,
}: {
  template: Version;
  versions: readonly Omit<Version, "body">[];
  compared: Version | null;
  languages: readonly LanguageWords[];
}) {
  const [older, newer] = compared && compared.version > template.version ? [template, compared] : [compared, template];
  return (
    <section aria-labelledby="compare">
      <div className="rule">
        <h2 id="compare">
          {older && newer ? `What changed from version ${older.version} to ${newer.version}` : "Compare with"}
        </h2>
      </div>
      <p className="row">
        {versions
          .filter(({ id }) => id !== template.id)
          .map(({ id, version }) => (
            <Link
              className="target"
              key={id}
              href={`/templates/${template.id}?with=${id}`}
              aria-current={id === compared?.id ? "true" : undefined}
            >
              Version {version}
            </Link>
          ))}
      </p>
      {older && newer && (
        <TemplateChanges changes={listTemplateChanges(older.body, newer.body)} languages={languages} />
      )}
    </section>
  );
}
