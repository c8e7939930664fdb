import { Checker } from "../../components/check/checker";
import { can } from "../../lib/access/actor";
import { requireActor } from "../../lib/access/session";
import { listOpenIncidents } from "../../lib/incidents/data";
import { checkMessageAction, importMessageAction } from "./actions";

export const metadata = { title: "Validate a CAP message" };

export default async function CheckPage() {
  const actor = await requireActor("any");
  const incidents = can(actor, "alert:draft") ? await listOpenIncidents(actor) : [];
  return (
    <div className="wrap page">
      <h1>Validate a CAP message</h1>
      <p>
        Paste a message or a feed, or choose a file. Callbox checks it against every rule and shows it as phones and
        stations would get it. Nothing is saved or sent.
      </p>
      <Checker
        check={checkMessageAction}
        makeDraft={importMessageAction}
        mayDraft={can(actor, "alert:draft")}
        incidents={incidents.map(({ id, title, mode }) => ({ id, title, mode }))}
      />
    </div>
  );
}
