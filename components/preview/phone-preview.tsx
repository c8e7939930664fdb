import type { LanguageWords } from "../../lib/wording/languages";
import { Flowing } from "../ui/flowing";

export type AlertKind = Exclude<keyof LanguageWords["phoneLabels"], "now">;

/** A phone that shows a text as it was sent. No tone is played here or anywhere in Callbox. */
export function PhonePreview({
  text,
  language,
  clock,
  day,
  kind = "safety",
}: {
  text: string;
  language: Pick<LanguageWords, "code" | "name" | "direction" | "phoneLabels">;
  /** 1:27 */
  clock: string;
  day: string;
  /** What the phone writes above the text; public safety, unless the message is of another class. */
  kind?: AlertKind;
}) {
  return (
    <figure className="phone" lang={language.code} dir={language.direction} aria-label={`Phone, ${language.name}`}>
      <div className="screen">
        <div className="time" aria-hidden="true">
          {clock}
        </div>
        <div aria-hidden="true">{day}</div>
        <div className="bubble">
          <div className="from">
            <strong>{language.phoneLabels[kind]}</strong>
            <span>{language.phoneLabels.now}</span>
          </div>
          <Flowing text={text} />
        </div>
      </div>
    </figure>
  );
}
