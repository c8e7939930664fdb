"use client";

import { useState } from "react";
import { formatInstant } from "../../lib/alerts/clock-words";
import type { DescribedCheck, DescribedFinding } from "../../lib/standards/describe-check";
import { type CapAlert, type CapInfo, valuesOf } from "../../lib/standards/cap/model";
import { parseCapTime } from "../../lib/standards/cap/time";
import { describeIdentifier, identifierOf } from "../../lib/standards/cellbroadcast/message-identifiers";
import { isStopping } from "../../lib/standards/rule";
import { useLanguageOf, useTimeZone } from "../layout/providers";
import { CapTree } from "../preview/cap-tree";
import { EasPreview } from "../preview/eas-preview";
import { type AlertKind, PhonePreview } from "../preview/phone-preview";
import { Facts } from "../ui/facts";
import { Flowing } from "../ui/flowing";
import { State } from "../ui/state";
import { formatMoment } from "../ui/time";
import { SourceLines } from "./source-lines";

const KINDS: Record<DescribedCheck["kind"], string> = {
  cap: "CAP message",
  atom: "Atom feed",
  rss: "RSS feed",
  "edxl-de": "EDXL distribution",
  unreadable: "not a CAP message",
};

const VERDICTS = {
  "valid-trusted": { shape: "tick", tone: "good", words: "Valid, by a signer you trust" },
  "valid-unknown-signer": { shape: "half", tone: undefined, words: "Valid; the signer is not known here" },
  invalid: { shape: "octagon", tone: "bad", words: "Not valid" },
  absent: { shape: "dash", tone: "quiet", words: "Not signed" },
  unsupported: { shape: "triangle", tone: undefined, words: "Signed in a way Callbox can’t check" },
} as const;

/** What the rules say, where it stands in the text, and how the message would be received. */
export function CheckResult({ result, name }: { result: DescribedCheck; name: string | null }) {
  const [chosen, choose] = useState<DescribedFinding | null>(null);
  const stopping = result.findings.filter(isStopping).length;
  const verdict = VERDICTS[result.signature.verdict];
  return (
    <section aria-labelledby="result-heading" className="check-result">
      <div className="rule">
        <h2 id="result-heading">
          {result.signature.verdict === "invalid"
            ? `The signature of ${name ?? "this message"} is not valid: do not trust what it says`
            : stopping === 0
              ? `${name ?? `This ${KINDS[result.kind]}`} has no problems that must be fixed`
              : `${stopping} ${stopping === 1 ? "problem" : "problems"} must be fixed`}
        </h2>
      </div>
      {result.kind !== "unreadable" && (
        <Facts
          items={[
            [
              "What it is",
              `${KINDS[result.kind]}${result.messages.length === 1 ? `, CAP ${result.messages[0]!.version}` : ""}`,
            ],
            ["Messages in it", String(result.messages.length)],
            [
              "Checked as",
              result.ipaws ? "CAP, IPAWS, phones and stations" : "CAP only: nothing in it is meant for IPAWS",
            ],
            [
              "Signature",
              <>
                <State shape={verdict.shape} tone={verdict.tone}>
                  {verdict.words}
                </State>{" "}
                <span className="hint">
                  {result.signature.why}
                  {result.signature.signer && ` Signer: ${result.signature.signer}.`}
                </span>
              </>,
            ],
          ]}
        />
      )}
      <div className="columns">
        <div>
          {result.groups.length === 0 && (
            <p>
              <State shape="tick" tone="good">
                No problems found
              </State>
            </p>
          )}
          {result.groups.map(({ standard, findings }) => (
            <section key={standard} aria-label={standard}>
              <h3>{standard}</h3>
              {findings.map((finding, index) => (
                <FindingRow
                  key={`${finding.rule}-${index}`}
                  finding={finding}
                  chosen={finding === chosen}
                  onChoose={() => choose(finding)}
                />
              ))}
            </section>
          ))}
          {result.text !== "" && (
            <>
              <div className="rule">
                <h3>The file, line by line</h3>
              </div>
              <SourceLines text={result.text} findings={result.findings} chosen={chosen} />
            </>
          )}
        </div>
        <aside aria-label="Preview">
          {result.messages.slice(0, 5).map(({ alert, path }) => (
            <Received key={path} alert={alert} />
          ))}
          {result.messages.length > 5 && <p className="hint">The first five of {result.messages.length} are shown.</p>}
        </aside>
      </div>
    </section>
  );
}

function FindingRow({
  finding,
  chosen,
  onChoose,
}: {
  finding: DescribedFinding;
  chosen: boolean;
  onChoose: () => void;
}) {
  const known = { C: "", S: " · known at second hand", M: " · known from memory" }[finding.confidence];
  return (
    <div className="finding">
      <p>
        {isStopping(finding) ? (
          <State shape="octagon" tone="bad">
            Must fix
          </State>
        ) : finding.verdict === "review" ? (
          <State shape="half">Needs review</State>
        ) : (
          <State shape="bullet" tone="quiet">
            {finding.level === "advice" ? "Advice" : "Should"}
          </State>
        )}{" "}
        <strong>{finding.message}</strong>
      </p>
      <p className="hint">
        {finding.rule}: {finding.says} {finding.source}
        {known}.{" "}
        {finding.line !== undefined && (
          <a
            href={`#source-line-${finding.line}`}
            aria-current={chosen || undefined}
            onClick={(event) => {
              event.preventDefault();
              onChoose();
            }}
          >
            Line {finding.line}
            {finding.column ? `, column ${finding.column}` : ""}
            {finding.path && `: ${finding.path}`}
          </a>
        )}
      </p>
    </div>
  );
}

const KIND_OF: ReadonlyMap<string, AlertKind> = new Map(
  Object.entries({
    "Imminent Threat": "emergency",
    Presidential: "emergency",
    Earthquake: "emergency",
    Amber: "amber",
    "WEA Test": "test",
  }),
);

const TEXTS = { CMAMtext: "90 characters", CMAMlongtext: "360 characters" } as const;

/** One message as phones and stations would get it. */
function Received({ alert }: { alert: CapAlert }) {
  const timeZone = useTimeZone();
  const languageOf = useLanguageOf();
  const sent = parseCapTime(alert.sent) ?? 0;
  const phones = alert.info.flatMap((info) =>
    (Object.keys(TEXTS) as (keyof typeof TEXTS)[])
      .map((name) => ({ info, name, text: valuesOf(info.parameter, name)[0] }))
      .filter((entry): entry is { info: CapInfo; name: keyof typeof TEXTS; text: string } => entry.text !== undefined),
  );
  const ends = Math.max(...alert.info.map(({ expires }) => parseCapTime(expires ?? "") ?? Infinity));
  const stations = alert.info.some(({ parameter }) => valuesOf(parameter, "EAS-ORG").length > 0);
  const zone = { timeZone };
  return (
    <>
      <div className="rule">
        <h3>
          <Flowing text={alert.info[0]?.headline || alert.info[0]?.event || alert.identifier} />
        </h3>
      </div>
      {Number.isFinite(ends) && ends < Date.now() && (
        <p>
          <State shape="dashed">It ended {formatMoment(ends, timeZone)}</State>
        </p>
      )}
      {phones.length === 0 && <p className="hint">It has no text for phones.</p>}
      {phones.map(({ info, name, text }, index) => {
        const id = identifierOf(alert, info);
        const language = languageOf(info.language || "en-US");
        if (!language) return null;
        return (
          <details key={`${name}-${index}`} open={index === 0}>
            <summary>
              Phone, {info.language || "en-US"}, {TEXTS[name]}
            </summary>
            <PhonePreview
              text={text}
              kind={KIND_OF.get(valuesOf(info.parameter, "WEAHandling")[0] ?? "") ?? "safety"}
              language={language}
              clock={formatInstant("en-US", timeZone, sent, sent).replace(/ .*/, "")}
              day={new Intl.DateTimeFormat(language.code, {
                ...zone,
                weekday: "long",
                month: "long",
                day: "numeric",
              }).format(sent)}
            />
            <p className="hint">
              {text.length} characters.{" "}
              {id === undefined ? "No phone would show it." : `Message identifier ${id}: ${describeIdentifier(id)}.`}
            </p>
          </details>
        );
      })}
      {stations && alert.info.length > 0 && (
        <details>
          <summary>Radio and television</summary>
          <EasPreview
            alert={alert}
            timeZone={timeZone}
            county={alert.info[0]!.area.map(({ areaDesc }) => areaDesc).join("; ")}
          />
        </details>
      )}
      <details>
        <summary>CAP as a tree</summary>
        <CapTree alert={alert} />
      </details>
    </>
  );
}
