import { fieldKey, type TemplateChange } from "../../lib/wording/fields";
import type { LanguageWords } from "../../lib/wording/languages";
import { WordDiff } from "../ui/word-diff";
import { nameField } from "./field-label";

/** What differs between two templates, word by word; the languages of one field stand together. */
export function TemplateChanges({
  changes,
  languages,
}: {
  changes: readonly TemplateChange[];
  languages: readonly LanguageWords[];
}) {
  if (changes.length === 0) return <p>No word differs.</p>;
  const groups = new Map<string, TemplateChange[]>();
  for (const change of changes) {
    const name = nameField(change.field);
    groups.set(name, [...(groups.get(name) ?? []), change]);
  }
  return [...groups].map(([name, list]) => (
    <section className="template-change" key={name} aria-label={name}>
      <h3>{name}</h3>
      {list.map(({ field, before, after }) => {
        const words = languages.find(({ code }) => code === field.language);
        return (
          <div key={fieldKey(field)} lang={field.language} dir={words?.direction}>
            <span className="hint" lang="en-US">
              {field.kind === "lock" ? "All languages" : (words?.name ?? field.language)}
              {before === "" && ", new"}
              {after === "" && ", taken out"}
            </span>
            <WordDiff before={before} after={after} />
          </div>
        );
      })}
    </section>
  ));
}
