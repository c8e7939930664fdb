import type { Language } from "../../lib/wording/schema";

export type AlertKind = "safety" | "emergency" | "amber" | "test";

const WORDS: Record<Language, { from: Record<AlertKind, string>; now: string }> = {
  "en-US": {
    from: {
      safety: "Public safety alert",
      emergency: "Emergency alert",
      amber: "AMBER alert",
      test: "Test alert",
    },
    now: "now",
  },
  "es-US": {
    from: {
      safety: "Alerta de seguridad pública",
      emergency: "Alerta de emergencia",
      amber: "Alerta AMBER",
      test: "Alerta de prueba",
    },
    now: "ahora",
  },
};

/** A telephone that shows a text as it was sent. No tone is played here or anywhere in Callbox. */
export function PhonePreview({
  text,
  language,
  clock,
  day,
  kind = "safety",
}: {
  text: string;
  language: Language;
  /** 1:27 */
  clock: string;
  day: string;
  /** What the phone writes above the text; public safety, unless the message is of another class. */
  kind?: AlertKind;
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
            <strong>{WORDS[language].from[kind]}</strong>
            <span>{WORDS[language].now}</span>
          </div>
          {text}
        </div>
      </div>
    </figure>
  );
}
