import type { Language } from "../../lib/templates/schema";

const WORDS: Record<Language, { from: string; now: string }> = {
  "en-US": { from: "Public safety alert", now: "now" },
  "es-US": { from: "Alerta de seguridad pública", now: "ahora" },
};

/** A telephone that shows a text as it was sent. No tone is played here or anywhere in Callbox. */
export function PhonePreview({
  text,
  language,
  clock,
  day,
}: {
  text: string;
  language: Language;
  /** 1:27 */
  clock: string;
  day: string;
}) {
  const spanish = language === "es-US";
  return (
    <figure className="phone" lang={spanish ? "es" : "en"} aria-label={`Telephone, ${spanish ? "Spanish" : "English"}`}>
      <div className="screen">
        <div className="time" aria-hidden="true">
          {clock}
        </div>
        <div aria-hidden="true">{day}</div>
        <div className="bubble">
          <div className="from">
            <strong>{WORDS[language].from}</strong>
            <span>{WORDS[language].now}</span>
          </div>
          {text}
        </div>
      </div>
    </figure>
  );
}
