import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Composer } from "../../../../components/editor/composer";
import { ModeFrame, modeTitle } from "../../../../components/layout/mode-frame";
import { getAlertForEdit } from "../../../../lib/alerts/data";
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

export default async function EditAlertPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("alert:read");
  const alert = await getAlertForEdit(actor, (await params).id);
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
