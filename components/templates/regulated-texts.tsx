import type { getMultilingual } from "../../lib/wording/data";
import { directionOf } from "../../lib/wording/multilingual";
import { Flowing } from "../ui/flowing";
import { formatMoment } from "../ui/time";

/** Texts of the FCC or another authority, as they were loaded. They can be read here and changed nowhere. */
export function RegulatedTexts({
  regulated,
  timeZone,
}: {
  regulated: Awaited<ReturnType<typeof getMultilingual>>;
  timeZone: string;
}) {
  return (
    <section aria-labelledby="regulated">
      <div className="rule">
        <h2 id="regulated">Regulated texts in many languages{regulated && `, version ${regulated.version}`}</h2>
        {regulated && (
          <span>
            {regulated.loadedBy}, {formatMoment(regulated.loadedAt, timeZone)}
          </span>
        )}
      </div>
      {regulated ? (
        <>
          <p>
            Locked: nobody can change these texts in Callbox. Source: {regulated.source}. File {regulated.file.name},
            fingerprint <code>{regulated.file.sha256.slice(0, 16)}</code>.
          </p>
          {regulated.texts.map(({ language, name, text, note }) => (
            <details className="finding" key={language}>
              <summary>
                {name ? `${name}, ` : ""}
                {language}
              </summary>
              <p className="received" lang={language} dir={directionOf(language)}>
                <Flowing text={text} />
              </p>
              {note && <p className="hint">{note}</p>}
            </details>
          ))}
        </>
      ) : (
        <p className="hint">
          None loaded. Callbox ships none of the FCC’s texts. An administrator loads them on the server with “npm run
          callbox -- import-multilingual FILE”.
        </p>
      )}
    </section>
  );
}
