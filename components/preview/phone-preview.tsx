import type { LanguageWords } from "../../lib/wording/languages";

export type AlertKind = Exclude<keyof LanguageWords["phoneLabels"], "now">;

const NUMBER = /(\d{3}-\d{3}-\d{4})/;

/** A number is never broken over two lines. */
const keepNumbers = (text: string) =>
  text.split(NUMBER).map((piece, index) =>
    index % 2 === 1 ? (
      <span key={index} className="number">
        {piece}
      </span>
    ) : (
      piece
    ),
  );

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
          {keepNumbers(text)}
        </div>
      </div>
    </figure>
  );
}
