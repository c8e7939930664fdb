"use client";

import { TextInput } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { z } from "zod";
import { GROUPINGS, type Grouping, groupingSchema } from "../../lib/alerts/schema";
import { type MakeReady, makeReadySchema } from "../../lib/alerts/ready/schema";
import { type FAILURES, failureSchema, type TEXT_TO_911, textTo911Schema } from "../../lib/incidents/schema";
import type { PlaceList } from "../../lib/places/data";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { FailureTiles, TextTo911Choice } from "../incidents/outage-choices";
import type { FindInOutline } from "../incidents/outline-file";
import { type Places, PlacePicker } from "../incidents/place-picker";
import { CopyNotice } from "../ui/copy-notice";
import { deviceCopies } from "../ui/device-copy";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { FormEnd } from "../ui/form-end";
import { formatPlaces } from "../ui/time";
import { useAction } from "../ui/use-action";
import { useDeviceCopy } from "../ui/use-device-copy";

type Failure = keyof typeof FAILURES;
type TextTo911 = keyof typeof TEXT_TO_911;

/** What a form begins with: nothing, or what an earlier ready draft had. */
export interface ReadyBeginning {
  title: string;
  failure: Failure | null;
  textTo911: TextTo911;
  placeIds: readonly string[];
}

export interface ReadyFormProps {
  places: PlaceList;
  agency: { name: string; townIds: readonly string[] };
  /** Alerts whose wording and choices can be taken. */
  alerts: readonly { id: string; says: string; failure: string; textTo911: string }[];
  beginning: ReadyBeginning;
  make: Action<MakeReady, { id: string }>;
  findInOutline: FindInOutline;
}

/** A form that is begun and not sent, on this device. */
const COPIES = deviceCopies(
  "callbox-ready-",
  z.object({
    title: z.string(),
    failure: failureSchema.nullable(),
    textTo911: textTo911Schema,
    grouping: groupingSchema,
    source: z.string(),
    placeIds: z.array(z.string()),
    at: z.number(),
  }),
);

/** Nothing has an identifier of its own before it is made. */
const NEW = "new";

const isSame = (left: object, right: object) => JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
const sorted = (value: object) => Object.entries(value).sort(([left], [right]) => left.localeCompare(right));

/** Where a draft is prepared while 911 works. */
export function ReadyForm({ places, agency, alerts, beginning, make, findInOutline }: ReadyFormProps) {
  const router = useRouter();
  const [title, setTitle] = useState(beginning.title);
  const [failure, setFailure] = useState(beginning.failure);
  const [textTo911, setTextTo911] = useState(beginning.textTo911);
  const [grouping, setGrouping] = useState<Grouping>("place");
  const [source, setSource] = useState("");
  const [chosen, setChosen] = useState<Places>({ ids: new Set(beginning.placeIds), open: 0 });
  const { run, busy, problem, setProblem } = useAction(
    make,
    ({ id }) => {
      copy.drop();
      router.push(`/alerts/ready/${id}`);
    },
    { leaves: true },
  );
  const allowed = useMemo(() => new Set(agency.townIds), [agency.townIds]);
  const unsaved = useMemo(() => {
    const filled = { title, failure, textTo911, grouping, source, placeIds: [...chosen.ids] };
    const begun = { ...beginning, grouping: "place", source: "", placeIds: [...beginning.placeIds] };
    return isSame(filled, begun) ? null : filled;
  }, [title, failure, textTo911, grouping, source, chosen, beginning]);
  const copy = useDeviceCopy(COPIES, NEW, unsaved, () => false);
  const takeCopy = (found: NonNullable<typeof copy.found>) => {
    setTitle(found.title);
    setFailure(found.failure);
    setTextTo911(found.textTo911);
    setGrouping(found.grouping);
    setSource(found.source);
    setChosen({ ids: new Set(found.placeIds.filter((id) => allowed.has(id))), open: 0 });
    copy.used();
  };
  const fitting = alerts.filter((alert) => alert.failure === failure && alert.textTo911 === textTo911);
  const fromAlertId = fitting.some(({ id }) => id === source) ? source : null;
  const error = (name: string) => problem?.fields?.[name];
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const input = { title, failure, textTo911, placeIds: [...chosen.ids], grouping, fromAlertId };
    const checked = makeReadySchema.safeParse(input);
    if (checked.success) return run(checked.data);
    setProblem({ message: "Not made yet.", fields: fieldMessages(checked.error) });
  };
  return (
    <form onSubmit={submit} noValidate className="stack">
      <ErrorSummary problem={problem} />
      {copy.found && (
        <CopyNotice
          at={copy.found.at}
          keep="Start again without it"
          onUse={() => takeCopy(copy.found!)}
          onDrop={copy.drop}
        />
      )}
      <Field
        id="title"
        label="Title"
        hint="What people look for at three in the morning, such as “Statewide, every call”."
        {...(error("title") ? { error: error("title")! } : {})}
      >
        {(aria) => (
          <TextInput
            {...aria}
            name="title"
            type="text"
            maxLength={120}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <FailureTiles
        legend="What would fail"
        value={failure}
        leaveOut="carrier"
        error={error("failure")}
        onChoose={setFailure}
      />
      <TextTo911Choice value={textTo911} onChoose={setTextTo911} />
      <div className="rule" id="placeIds">
        <h2>Where: {chosen.ids.size === 0 ? "no place chosen yet" : formatPlaces(chosen.ids.size)}</h2>
      </div>
      {error("placeIds") && <p className="usa-error-message">{error("placeIds")}</p>}
      <PlacePicker
        places={places}
        allowed={allowed}
        agencyName={agency.name}
        value={chosen}
        find={findInOutline}
        onChange={setChosen}
      />
      <div className="rule">
        <h2>Words and messages</h2>
      </div>
      <Field
        id="fromAlertId"
        label="Words and number choices from"
        hint="To write your own words ahead, write them in an exercise, then choose its alert here."
        {...(error("fromAlertId") ? { error: error("fromAlertId")! } : {})}
      >
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={fromAlertId ?? ""}
            onChange={(event) => setSource(event.target.value)}
          >
            <option value="">The template</option>
            {fitting.map(({ id, says }) => (
              <option key={id} value={id}>
                {says}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="grouping" label="Messages to phones">
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={grouping}
            onChange={(event) => setGrouping(event.target.value as Grouping)}
          >
            {Object.entries(GROUPINGS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <FormEnd
        act={`Make the ready draft${chosen.ids.size > 0 ? ` for ${formatPlaces(chosen.ids.size)}` : ""}`}
        doing="Making the ready draft"
        busy={busy}
        leave={{ href: "/alerts/ready", says: "Leave without saving" }}
      />
    </form>
  );
}
