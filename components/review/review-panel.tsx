"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import { requiredConfirmations } from "../../lib/alerts/confirmations";
import type { AlertForReview } from "../../lib/alerts/data";
import type { FindingGroup } from "../../lib/alerts/findings";
import { renderMessage } from "../../lib/alerts/render";
import { sayNumber } from "../../lib/directory/schema";
import type { Action } from "../../lib/platform/result";
import { valuesOf } from "../../lib/standards/cap/model";
import { useTimeZone } from "../layout/providers";
import { PhonePreview } from "../preview/phone-preview";
import { PreviewPane } from "../preview/preview-pane";
import { Facts, Fingerprint } from "../ui/facts";
import { pollOptions } from "../ui/poll";
import { State } from "../ui/state";
import { sayClock, sayCount, sayDuration, saySeconds, sayTowns } from "../ui/time";
import { useAction } from "../ui/use-action";
import { Confirm } from "./confirm";
import { DecisionBox, type DecisionInput } from "./decision-box";
import { NumberTable } from "./number-table";
import type { decisionSchema } from "../../lib/alerts/schema";

const statusSchema = z.object({
  state: z.string(),
  version: z.number(),
  updatedAt: z.number(),
  updatedBy: z.string(),
  contentHash: z.string().nullable(),
  /** Who returned it last, and why, if that is how it stands. */
  returned: z.object({ by: z.string(), reason: z.string() }).nullable(),
});

const LABELS: Record<string, string> = {
  alternates: "alternates",
  places: "towns without a number",
  numbers: "direct numbers",
  texts: "texts",
  judgement: "points to judge",
};

export interface ReviewPanelProps {
  alert: AlertForReview & { bundle: Bundle; contentHash: string };
  problems: readonly FindingGroup[];
  now: number;
  demonstrationPassword: string | null;
  decide: Action<z.input<typeof decisionSchema>, { state: string; messages: number }>;
}

const SHOWN = 3;

/** What happened to the alert while this page was open, to whoever reads it. */
function sayMoved({ state, updatedBy, returned }: z.infer<typeof statusSchema>, mayApprove: boolean): string {
  if (state === "published" || state === "approved") {
    return mayApprove
      ? `${updatedBy} approved it before you. It went out once.`
      : `${updatedBy} approved it. It is out.`;
  }
  if (state === "submitted")
    return `${updatedBy} sent a newer version. What you read here is no longer what would go out.`;
  if (returned) return `${returned.by} returned it to the writer: “${returned.reason}”`;
  if (state === "rejected") return `${updatedBy} rejected it. Nothing goes out.`;
  if (state === "discarded") return `${updatedBy} discarded the draft. Nothing goes out.`;
  return `${updatedBy} took it back. What you read here is no longer with the approver.`;
}

/** Review: people and places first, numbers by doubt, texts as received, then the decision. */
export function ReviewPanel({ alert, problems, now, demonstrationPassword, decide }: ReviewPanelProps) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { bundle, facts } = alert;
  const mode = facts.incident.mode;
  const phones = bundle.messages.filter(({ audience }) => audience === "phones");
  const counties = bundle.messages.filter(({ audience }) => audience === "broadcasters");
  const people = phones.reduce((sum, { population }) => sum + population, 0);
  const with_ = (outcome: BundleMessage["outcome"]) => phones.filter((message) => message.outcome === outcome);
  const [overrides, alternates, ready] = [with_("override"), with_("alternate"), with_("ready")];
  const places = bundle.kind === "outage" ? with_("places") : [];
  const [ticks, setTicks] = useState<Record<string, number>>({});
  const [shownTown, setShownTown] = useState(
    [...phones].sort((left, right) => right.population - left.population)[0]!.regionId,
  );
  const { run, busy, problem } = useAction(decide, (value) => {
    router.push(value.state === "published" ? `/alerts/${alert.id}` : "/alerts");
    router.refresh();
  });
  const status = useQuery(
    // A key of its own: what another page asked about an earlier version says nothing about this one.
    pollOptions(["alert", alert.id, "review", alert.contentHash], `/api/alerts/${alert.id}`, statusSchema, {
      state: alert.state,
      version: alert.version,
      updatedAt: now,
      updatedBy: "",
      contentHash: alert.contentHash,
      returned: null,
    }),
  );
  const moved = status.data.state !== alert.state || status.data.contentHash !== alert.contentHash;
  const allowed = alert.verdicts.approve.allowed && !(alert.tiesForbid && alert.ties.length > 0);
  const tick = (name: string, ticked: boolean) => {
    const next = { ...ticks };
    if (ticked) next[name] = Date.now();
    else delete next[name];
    setTicks(next);
  };
  const required = requiredConfirmations(bundle);
  const missing = required
    .filter((name) => ticks[name] === undefined)
    .map((name) => ({
      name,
      label: name.startsWith("override:")
        ? `override for ${phones.find(({ regionId }) => name.endsWith(regionId))?.place}`
        : (LABELS[name] ?? name),
    }));
  const age = (message: BundleMessage) => alert.evidence[message.numbers[0]?.id ?? ""]?.calls[0]?.at ?? 0;
  const oldest = [...ready].sort((left, right) => age(left) - age(right)).slice(0, SHOWN);
  const largest = [...ready]
    .sort((left, right) => right.population - left.population)
    .filter((message) => !oldest.includes(message))
    .slice(0, SHOWN);
  const others = ready.filter((message) => !oldest.includes(message) && !largest.includes(message));
  const judged = problems.filter(({ verdict }) => verdict === "review");
  const lastReturn = alert.decisions.find(({ decision }) => decision === "return");
  const publishLabel =
    mode === "exercise"
      ? `Exercise: publish to ${sayTowns(phones.length)}, to nobody outside`
      : bundle.kind === "cancel"
        ? `Publish the cancellation to ${sayTowns(phones.length)}`
        : `Publish to ${sayTowns(phones.length)}`;
  const onDecide = (input: DecisionInput) =>
    run({
      id: alert.id,
      contentHash: alert.contentHash,
      confirmations: required.filter((name) => ticks[name] !== undefined),
      ...input,
    });
  const confirm = (name: string, sentence: React.ReactNode) => (
    <Confirm name={name} confirmed={ticks[name]} disabled={!allowed} onChange={tick}>
      {sentence}
    </Confirm>
  );

  return (
    <div className="columns">
      <div>
        {moved && (
          <div className="box" role="alert">
            <p>
              <strong>{sayMoved(status.data, allowed)}</strong> {saySeconds(status.data.updatedAt, timeZone)}.
            </p>
            <Link
              className="usa-button usa-button--outline"
              href={`/alerts/${alert.id}/review`}
              onClick={() => router.refresh()}
            >
              Show how it stands
            </Link>
          </div>
        )}
        {alert.contributed && (
          <div className="box" id="yours">
            <h2>You cannot approve this alert: part of it is yours</h2>
            <ul>
              {alert.contributors.map((person) => (
                <li key={person.personId}>
                  {person.name} {person.what}, {saySeconds(person.at, timeZone)}
                </li>
              ))}
            </ul>
            <p>
              {alert.approvers.length > 0 ? (
                <>
                  It may be approved by{" "}
                  {alert.approvers.map(({ name, phone }, index) => (
                    <span key={name}>
                      {index > 0 && ", "}
                      {name}
                      {phone && (
                        <>
                          , <span className="number">{sayNumber(phone)}</span>
                        </>
                      )}
                    </span>
                  ))}
                  .
                </>
              ) : (
                "Nobody else here may approve it. Ask your administrator to name an approver."
              )}
            </p>
          </div>
        )}

        {alert.ties.length > 0 && (
          <div className="box" id="ties">
            <h2>
              {alert.tiesForbid
                ? "You can’t approve this alert: only your own work stands behind a number in it"
                : "Some of these numbers rest on your own work"}
            </h2>
            <ul>
              {alert.ties.slice(0, 10).map(({ place, e164, how }) => (
                <li key={`${place}-${how}`}>
                  {place}, <span className="number">{sayNumber(e164)}</span>:{" "}
                  {how === "only-call"
                    ? "you made the only test call that keeps it verified"
                    : "you changed this place’s numbers in the last 30 days"}
                </li>
              ))}
              {alert.ties.length > 10 && <li>and {alert.ties.length - 10} more</li>}
            </ul>
            <p>
              {alert.tiesForbid ? "Ask another approver." : "Have someone else call them, or ask another approver."}
            </p>
          </div>
        )}

        <div className="rule" id="consequence">
          <h2>If you approve</h2>
        </div>
        <ul>
          <li>
            <strong>
              {sayCount(people)} people in {sayTowns(phones.length)}
            </strong>{" "}
            {bundle.kind === "cancel"
              ? "have the earlier notice. Its broadcast stops; it stays on phones that received it, and a Cancel alone shows them no new text (WEA-017)."
              : "are told that 911 may fail them."}
          </li>
          {bundle.kind === "outage" && (
            <li>
              <strong>
                {sayTowns(phones.length - places.length)} {phones.length - places.length === 1 ? "is" : "are"} given a
                ten-digit number
              </strong>
              {places.length > 0 && `, ${places.length} are told where to go`}.
            </li>
          )}
          <li>
            It goes to the CAP export: {phones.length} {phones.length === 1 ? "message" : "messages"} for telephones,{" "}
            {counties.length} for radio and television. CAP status {bundle.status}
            {bundle.status !== "Actual" && ", so no receiver passes it on to the public"}.
          </li>
          <li>
            It is valid for {sayDuration(bundle.validMinutes * 60_000)}
            {bundle.kind === "outage" &&
              `; you promise an update within ${sayDuration(bundle.nextUpdateMinutes * 60_000)}`}
            .
          </li>
          <li>
            {bundle.kind === "cancel"
              ? "Stations and readers of CAP get its text. People who should know by phone need a message of their own."
              : "A broadcast cannot be called back. A mistake is put right by a second message."}
          </li>
        </ul>
        {lastReturn && (
          <div className="quote reason">
            <strong>
              {lastReturn.by} returned an earlier version, {saySeconds(lastReturn.at, timeZone)}:
            </strong>{" "}
            “{lastReturn.reason}”
          </div>
        )}

        {bundle.kind === "outage" && (
          <>
            <div className="rule" id="numbers">
              <h2>Numbers, the doubtful ones first</h2>
              <span>
                {sayTowns(phones.length - places.length)} with a number, {places.length} without
              </span>
            </div>
            {overrides.length > 0 && (
              <section className="stack">
                <h3>Published on an override: {sayTowns(overrides.length)}</h3>
                {overrides.map((message) => (
                  <div className="stack" key={message.identifier}>
                    <NumberTable
                      messages={[message]}
                      evidence={alert.evidence}
                      now={now}
                      caption={`${message.place}, on an override`}
                    />
                    <div className="quote reason">Reason given: “{message.why}”</div>
                    {confirm(
                      `override:${message.regionId}`,
                      <>
                        I accept{" "}
                        <span className="number">
                          {sayNumber(message.numbers[0]!.e164, alert.evidence[message.numbers[0]!.id]?.extension)}
                        </span>{" "}
                        for {message.place}, {sayCount(message.population)} people, on this reason
                      </>,
                    )}
                  </div>
                ))}
              </section>
            )}
            {alternates.length > 0 && (
              <section className="stack">
                <h3>On an alternate: {sayTowns(alternates.length)}</h3>
                <p className="second">
                  The first number cannot be given out, so these are given instead; each says why.
                </p>
                <NumberTable
                  messages={alternates}
                  evidence={alert.evidence}
                  now={now}
                  caption="Towns on an alternate number"
                />
                <ul>
                  {alternates.slice(0, 20).map((message) => (
                    <li key={message.identifier}>
                      <strong>{message.place}</strong>. {message.why}
                    </li>
                  ))}
                  {alternates.length > 20 && <li>and {alternates.length - 20} more, in the table</li>}
                </ul>
                {confirm(
                  "alternates",
                  <>I have compared {alternates.length === 1 ? "this number" : `these ${alternates.length} numbers`}</>,
                )}
              </section>
            )}
            {places.length > 0 && (
              <section className="stack">
                <h3>No number: {sayTowns(places.length)}</h3>
                <ul>
                  {places.map((message) => (
                    <li key={message.identifier}>
                      <strong>{message.place}</strong>, {sayCount(message.population)} people. {message.why}
                    </li>
                  ))}
                </ul>
                {confirm(
                  "places",
                  <>
                    I accept texts without a number for {places.map(({ place }) => place).join(", ")},{" "}
                    {sayCount(places.reduce((sum, { population }) => sum + population, 0))} people
                  </>,
                )}
              </section>
            )}
            {ready.length > 0 && (
              <section className="stack">
                <h3>Direct number, answered in the last 90 days: {sayTowns(ready.length)}</h3>
                <p className="second">
                  {others.length > 0
                    ? "The oldest test calls and the largest cities are shown; the others are a press away."
                    : "Every one is shown."}
                </p>
                <NumberTable
                  messages={[...oldest, ...largest]}
                  evidence={alert.evidence}
                  now={now}
                  caption="Oldest test calls and largest cities"
                />
                {others.length > 0 && (
                  <details>
                    <summary>Show the other {others.length}</summary>
                    <NumberTable messages={others} evidence={alert.evidence} now={now} caption="All other numbers" />
                  </details>
                )}
                {confirm(
                  "numbers",
                  <>
                    I have looked at {ready.length === 1 ? "this number" : `these ${ready.length} numbers`} as far as I
                    need to
                  </>,
                )}
              </section>
            )}
          </>
        )}

        <TextsReceived
          alert={alert}
          phones={phones}
          counties={counties}
          shownTown={shownTown}
          onShow={setShownTown}
          now={now}
        />
        {confirm("texts", <>I have read the texts as they will be received</>)}

        <div className="rule" id="judge">
          <h2>Points only a person can judge</h2>
        </div>
        {judged.length === 0 && <p>None stands out. Confirm that the alert as a whole is right.</p>}
        <ul>
          {judged.map((group) => (
            <li key={group.rule}>
              <strong>{group.says}</strong>{" "}
              {group.places.length <= 4
                ? group.places.map(({ place, message }) => `${place}: ${message}`).join(" ")
                : `${group.places.length} places.`}{" "}
              <span className="hint">{group.rule}</span>
            </li>
          ))}
        </ul>
        {confirm("judgement", <>This is meant, and it is right to send it now</>)}

        <div className="rule" id="decision">
          <h2 id="decision-heading">Your decision</h2>
        </div>
        {allowed || alert.verdicts.return.allowed ? (
          <DecisionBox
            mode={mode}
            publishLabel={publishLabel}
            consequence={`To ${sayTowns(phones.length)}, ${sayCount(people)} people. You answer for it together with ${alert.submittedBy}.`}
            missing={missing}
            writer={alert.submittedBy ?? "the writer"}
            busy={busy}
            problem={problem}
            demonstrationPassword={demonstrationPassword}
            onDecide={onDecide}
          />
        ) : (
          <p>
            {alert.contributed
              ? "Another approver decides."
              : "You read along. An approver of this agency, or of the state, decides."}
          </p>
        )}
      </div>
      <aside aria-label="Where you are">
        <div className="rail">
          <div className="rule">
            <h2>This review</h2>
          </div>
          <ul className="plain stack">
            {(
              [
                ["consequence", "If you approve"],
                ...(bundle.kind === "outage" ? [["numbers", "Numbers"]] : []),
                ["texts", "Texts"],
                ["judge", "Points to judge"],
                ["decision", "Your decision"],
              ] as [string, string][]
            ).map(([id, label]) => (
              <li key={id}>
                <a href={`#${id}`}>{label}</a>
              </li>
            ))}
          </ul>
          {allowed && (
            <p className="stack">
              <a
                className="usa-button usa-button--outline"
                href={missing.length > 0 ? `#confirm-${missing[0]!.name}` : "#decision"}
              >
                {missing.length > 0 ? `Next: ${missing[0]!.label}` : "Next: your decision"}
              </a>
              <span className="hint">
                {required.length - missing.length} of {required.length} confirmations made
              </span>
            </p>
          )}
          <Facts
            items={[
              ["Written by", <>{alert.contributors.map(({ name }) => name).join(", ")}</>],
              ["May approve", <>{alert.approvers.map(({ name }) => name).join(", ") || "nobody yet"}</>],
              ["Fingerprint", <Fingerprint sha256={alert.contentHash} />],
            ]}
          />
          <p className="hint">
            This fingerprint covers every text, number, area and time. If anything changes, it changes.
          </p>
          <p>
            <Link href={`/alerts/${alert.id}/history`}>History</Link>
          </p>
        </div>
      </aside>
    </div>
  );
}

function textsOf(bundle: Bundle, message: BundleMessage, now: number) {
  return renderMessage(bundle, message, now).info.map((info) => ({
    language: info.language === "es-US" ? ("es-US" as const) : ("en-US" as const),
    short: valuesOf(info.parameter, "CMAMtext")[0] ?? "",
    long: valuesOf(info.parameter, "CMAMlongtext")[0] ?? "",
  }));
}

/** Texts as they will be received: the common wording on a phone, those apart beside it, everything else folded. */
function TextsReceived({
  alert,
  phones,
  counties,
  shownTown,
  onShow,
  now,
}: {
  alert: ReviewPanelProps["alert"];
  phones: readonly BundleMessage[];
  counties: readonly BundleMessage[];
  shownTown: string;
  onShow: (regionId: string) => void;
  now: number;
}) {
  const { bundle, facts, content } = alert;
  const place = facts.places.find(({ id }) => id === shownTown)!;
  const message = phones.find(({ regionId }) => regionId === shownTown)!;
  const apart = phones.filter(({ regionId }) => content.apart[regionId] && regionId !== shownTown);
  const without = phones.find(({ outcome, regionId }) => outcome === "places" && regionId !== shownTown);
  const zone = { timeZone: bundle.timeZone };
  const clock = new Intl.DateTimeFormat("en-US", { ...zone, hour: "numeric", minute: "2-digit" })
    .format(now)
    .replace(/\s?[AP]M/, "");
  return (
    <>
      <div className="rule" id="texts">
        <h2>Texts, as they will be received</h2>
        <span>as if sent at {sayClock(now, bundle.timeZone)}</span>
      </div>
      <label className="usa-label" htmlFor="shown-town">
        Shown for
      </label>
      <select className="usa-select" id="shown-town" value={shownTown} onChange={(event) => onShow(event.target.value)}>
        {[...phones]
          .sort((left, right) => left.place.localeCompare(right.place))
          .map(({ regionId, place: name }) => (
            <option key={regionId} value={regionId}>
              {name}
            </option>
          ))}
      </select>
      <div className="texts-received">
        {textsOf(bundle, message, now).map((text) => (
          <div key={text.language}>
            <PhonePreview
              text={text.long}
              language={text.language}
              clock={clock}
              day={new Intl.DateTimeFormat(text.language, {
                ...zone,
                weekday: "long",
                month: "long",
                day: "numeric",
              }).format(now)}
            />
            <p className="hint">On old phones and networks, {text.short.length} of 90 characters:</p>
            <p className="received" lang={text.language === "es-US" ? "es" : "en"}>
              {text.short}
            </p>
          </div>
        ))}
      </div>
      {without && bundle.kind === "outage" && (
        <>
          <h3>Without a number, shown for {without.place}</h3>
          <div className="texts-received">
            {textsOf(bundle, without, now).map((text) => (
              <p className="received" key={text.language} lang={text.language === "es-US" ? "es" : "en"}>
                {text.long}
              </p>
            ))}
          </div>
        </>
      )}
      {apart.map((other) => (
        <section key={other.identifier}>
          <h3>{other.place}, edited apart</h3>
          <div className="texts-received">
            {textsOf(bundle, other, now).map((text) => (
              <p className="received" key={text.language} lang={text.language === "es-US" ? "es" : "en"}>
                {text.long}
                {"\n\n"}
                {text.short}
              </p>
            ))}
          </div>
        </section>
      ))}
      <details>
        <summary>
          EAS, CAP tree and XML, and the map, for {place.name} and {place.countyName} County
        </summary>
        <PreviewPane bundle={bundle} place={place} now={now} />
      </details>
      <details>
        <summary>Every short and long text, {phones.length + counties.length} messages</summary>
        <EveryText bundle={bundle} now={now} />
      </details>
    </>
  );
}

function EveryText({ bundle, now }: { bundle: Bundle; now: number }) {
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="Every text">
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">English</th>
            <th scope="col">Español</th>
          </tr>
        </thead>
        <tbody>
          {bundle.messages.map((message) => {
            const [english, spanish] = textsOf(bundle, message, now);
            const county = message.audience === "broadcasters" ? message.texts : null;
            return (
              <tr key={message.identifier}>
                <th scope="row">{message.place}</th>
                <td>
                  {county ? county[0]?.description : english?.long}
                  <div className="hint">{english?.short}</div>
                </td>
                <td lang="es">
                  {county ? county[1]?.description : spanish?.long}
                  <div className="hint">{spanish?.short}</div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function ReviewTitle({ alert, now }: { alert: AlertForReview; now: number }) {
  const timeZone = useTimeZone();
  return (
    <p className="row hint">
      <State shape="half">With approver</State>
      <span>
        Version {alert.version}, sent by {alert.submittedBy}
        {alert.submittedAt !== null &&
          `, ${saySeconds(alert.submittedAt, timeZone)}, ${sayDuration(now - alert.submittedAt)} ago`}
      </span>
    </p>
  );
}
