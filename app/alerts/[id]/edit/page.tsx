import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Composer } from "../../../../components/editor/composer";
import { ModeFrame, modeTitle } from "../../../../components/layout/mode-frame";
import { getAlertForEdit } from "../../../../lib/alerts/data";
import { getRevision } from "../../../../lib/alerts/history/data";
import { requireActor } from "../../../../lib/access/session";
import { recordTestCallAction } from "../../../directory/actions";
import {
  commentAction,
  discardAlertAction,
  refreshAlertAction,
  saveAlertAction,
  splitAlertAction,
  submitAlertAction,
} from "../../actions";

export const metadata = { title: "Edit alert" };

export default async function EditAlertPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
}) {
  const actor = await requireActor("alert:read");
  const { id } = await params;
  const alert = await getAlertForEdit(actor, id);
  // An earlier version that is written on from.
  const { version } = await searchParams;
  const earlier =
    typeof version === "string" && /^\d{1,9}$/.test(version) ? await getRevision(actor, id, Number(version)) : null;
  if (!alert) notFound();
  if (alert.state !== "draft" && alert.state !== "submitted") redirect(`/alerts/${alert.id}`);
  const { incident } = alert.facts;
  return (
    <ModeFrame mode={incident.mode} incidentId={incident.id}>
      <div className="wrap page-top">
        <p className="crumbs">
          <Link href={`/incidents/${incident.id}`}>{incident.title}</Link> / <Link href="/alerts">Alerts</Link>
        </p>
        <h1 className="visually-hidden">{modeTitle(incident.mode, `Write the alert: ${alert.title}`)}</h1>
      </div>
      <Composer
        alert={alert}
        earlier={earlier}
        now={Date.now()}
        save={saveAlertAction}
        submit={submitAlertAction}
        discard={discardAlertAction}
        split={splitAlertAction}
        refresh={refreshAlertAction}
        recordCall={recordTestCallAction}
        comment={commentAction}
      />
    </ModeFrame>
  );
}
