import Link from "next/link";
import { redirect } from "next/navigation";
import { type ReadyBeginning, ReadyForm } from "../../../../components/ready/ready-form";
import { requireActor } from "../../../../lib/access/session";
import { getReadyBeginning, getReadyChoices } from "../../../../lib/alerts/ready/data";
import { listPlaces } from "../../../../lib/places/data";
import { db } from "../../../../lib/platform/db";
import { findInOutlineAction } from "../../../incidents/actions";
import { makeReadyAction } from "../actions";

export const metadata = { title: "Make a ready draft" };

const EMPTY: ReadyBeginning = { title: "", failure: null, textTo911: "unknown", placeIds: [] };

export default async function NewReadyPage({ searchParams }: { searchParams: Promise<{ like?: string | string[] }> }) {
  const actor = await requireActor("alert:draft");
  const { like } = await searchParams;
  const [choices, places, beginning] = await Promise.all([
    getReadyChoices(db(), actor),
    listPlaces(actor),
    typeof like === "string" ? getReadyBeginning(db(), actor, like) : null,
  ]);
  if (!choices) redirect("/forbidden");
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/alerts">Alerts</Link> / <Link href="/alerts/ready">Ready drafts</Link>
      </p>
      <h1>Make a ready draft</h1>
      <p className="second">
        Choose the outage you want to be ready for. Nothing is sent, and no incident is declared.
      </p>
      {choices.forbidden !== null ? (
        <p className="quote reason">{choices.forbidden}</p>
      ) : (
        <ReadyForm
          places={places}
          agency={{ name: choices.agency, townIds: choices.townIds }}
          alerts={choices.alerts}
          beginning={beginning ?? EMPTY}
          make={makeReadyAction}
          findInOutline={findInOutlineAction}
        />
      )}
    </div>
  );
}
