import { FAILURES } from "../../lib/incidents/schema";
import { writtenTexts } from "../../lib/wording/fields";
import type { LanguageWords } from "../../lib/wording/languages";
import type { TemplateBody } from "../../lib/wording/schema";
import { Facts } from "../ui/facts";
import { Flowing } from "../ui/flowing";
import { State } from "../ui/state";
import { nameFailure, nameText } from "./field-label";

/** Every text and phrase of a template, to read. */
export function TemplateTexts({ body, languages }: { body: TemplateBody; languages: readonly LanguageWords[] }) {
  const own = body.phrases[languages[0]?.code ?? ""] ?? {};
  const failures = Object.keys(FAILURES).filter((failure) => own[failure] !== undefined);
  return (
    <>
      <p className="second">
        Words in {"{braces}"} come from the directory, the incident, or the clock. Words in [[brackets]] depend on what
        fails and on text-to-911. Where a text has several wordings, the first that fits a place is used for it.
      </p>
      {writtenTexts(body).map(({ audience, part }) => (
        <details className="finding" key={`${audience}-${part}`}>
          <summary>{nameText(audience, part)}</summary>
          <div className="texts-received" data-verbatim>
            {languages.map(({ code, direction }) => (
              <div key={code} lang={code} dir={direction}>
                <p className="received">
                  <Flowing text={body.frames[code]?.[audience][part] ?? ""} />
                </p>
                {body.shorter[code]?.[audience]?.[part]?.map((shorter, index) => (
                  <p className="received" key={index}>
                    <Flowing text={shorter} />
                  </p>
                ))}
              </div>
            ))}
          </div>
        </details>
      ))}
      {failures.map((failure) => (
        <details className="finding" key={failure}>
          <summary>Phrases: {nameFailure(failure)}</summary>
          <Facts
            items={Object.entries(own[failure] ?? {}).map(([name, text]) => [
              name,
              <div key={name} data-verbatim>
                {text} {body.locked?.includes(name) && <State shape="lock">Locked</State>}
                {languages.slice(1).map(({ code, direction }) => (
                  <div className="hint" lang={code} dir={direction} key={code}>
                    {body.phrases[code]?.[failure]?.[name]}
                  </div>
                ))}
              </div>,
            ])}
          />
        </details>
      ))}
    </>
  );
}
