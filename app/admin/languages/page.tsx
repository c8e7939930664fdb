import Link from "next/link";
import { TurnLanguage } from "../../../components/languages/turn-language";
import { State } from "../../../components/ui/state";
import { formatReviewDay } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { listPageLanguages } from "../../../lib/wording/data";
import { turnLanguageAction } from "./actions";

export const metadata = { title: "Languages of the public site" };

export default async function LanguagesPage() {
  const actor = await requireActor("language:manage");
  const languages = await listPageLanguages(actor);
  const on = languages.filter(({ isOn }) => isOn);
  const unreviewed = on.filter(({ review }) => review === null).length;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>
        {on.length} of {languages.length} further languages are on
        {unreviewed > 0 && `, ${unreviewed} not yet reviewed`}
      </h1>
      <p>
        The public site is always in the languages alerts are written in. In these others its pages say what fails, the
        number and the times in words that are always the same, and quote the approved texts. Until you record that a
        fluent speaker reviewed the words, every page in that language says that nobody has. The posts, pictures and
        printed notices of a published alert are in these languages too, with the same words and the same mark.
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Language</th>
            <th scope="col">Public site</th>
            <th scope="col">Reviewed by a fluent speaker</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {languages.map(({ code, name, english, isOn, review, isReviewVoid }) => (
            <tr key={code}>
              <th scope="row">
                <Link href={`/admin/languages/${code}`}>{english}</Link>{" "}
                <span className="hint" lang={code}>
                  {name}
                </span>
              </th>
              <td data-label="Public site">
                <State shape={isOn ? "disc" : "dash"} tone={isOn ? "good" : "quiet"}>
                  {isOn ? "On" : "Off"}
                </State>
              </td>
              <td data-label="Reviewed">
                {review ? (
                  <State shape="tick" tone="good">
                    {review.reviewer}, {formatReviewDay(review.on)}
                  </State>
                ) : (
                  <State shape="triangle" tone="bad">
                    {isReviewVoid ? "Words changed since the review" : "Not yet"}
                  </State>
                )}
              </td>
              <td data-label="Change">
                <TurnLanguage code={code} english={english} isOn={isOn} turn={turnLanguageAction} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
