import Link from "next/link";
import { notFound } from "next/navigation";
import { DraftReview } from "../../../../components/templates/editor/draft-review";
import { TemplateEditor } from "../../../../components/templates/editor/template-editor";
import { requireActor } from "../../../../lib/access/session";
import { getSample, getTemplateDraft } from "../../../../lib/alerts/templates/data";
import { decideTemplateAction, saveTemplateAction, submitTemplateAction, withdrawTemplateAction } from "../../actions";

export const metadata = { title: "Change a template" };

export default async function TemplateDraftPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("template:read");
  const { id } = await params;
  const [draft, sample] = await Promise.all([getTemplateDraft(actor, id), getSample(actor)]);
  if (!draft || !sample || draft.purpose === null) notFound();
  const shown = { draft, purpose: draft.purpose, sample, now: Date.now(), withdraw: withdrawTemplateAction };
  if (!draft.mayEdit) return <DraftReview {...shown} decide={decideTemplateAction} />;
  if (sample.places.length === 0)
    return (
      <div className="wrap page">
        <h1>Wording can be changed once the directory has places</h1>
        <p>
          Every change is tried for places with short and long names before it can be approved.{" "}
          <Link href="/setup">Set up this site</Link>
        </p>
      </div>
    );
  return (
    <>
      <div className="wrap page-top">
        <p className="crumbs">
          <Link className="target" href="/templates">
            Templates
          </Link>
        </p>
        <h1 className="visually-hidden">Change the wording: {draft.name}</h1>
      </div>
      <TemplateEditor {...shown} save={saveTemplateAction} submit={submitTemplateAction} />
    </>
  );
}
