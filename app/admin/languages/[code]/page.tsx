import Link from "next/link";
import { notFound } from "next/navigation";
import { CorrectSentence } from "../../../../components/languages/correct-sentence";
import { ReviewForm } from "../../../../components/languages/review-form";
import { State } from "../../../../components/ui/state";
import { formatReviewDay } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { listLanguages, listPageLanguages } from "../../../../lib/wording/data";
import { NOTICE_IN_ENGLISH, sentencesOf } from "../../../../lib/wording/pages/page-language";
import { correctSentenceAction, recordReviewAction } from "../actions";

export const metadata = { title: "Language" };

export default async function LanguagePage({ params }: { params: Promise<{ code: string }> }) {
  const actor = await requireActor("language:manage");
  const { code } = await params;
  const language = (await listPageLanguages(actor)).find((one) => one.code === code);
  const [first] = await listLanguages();
  if (!language || !first?.site) notFound();
  const { english, words, review, isReviewVoid, corrections, fingerprint } = language;
  const inEnglish = new Map(sentencesOf({ site: first.site, notice: NOTICE_IN_ENGLISH, official: "Official text" }));
  const sentences = sentencesOf(words);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link> › <Link href="/admin/languages">Languages</Link>
      </p>
      <h1>
        {english}: {sentences.length} sentences, {review ? "reviewed" : "not yet reviewed by a fluent speaker"}
      </h1>
      <p>
        <State shape={review ? "tick" : "triangle"} tone={review ? "good" : "bad"}>
          {review ? "Reviewed" : "Not reviewed"}
        </State>{" "}
        {review
          ? `${review.reviewer} reviewed the words on ${formatReviewDay(review.on)}: ${review.what} Recorded by ${review.recordedBy}.`
          : `${isReviewVoid ? "Words have changed since the last review, so it no longer counts." : "Nobody has recorded a review."} Every page in this language says so.`}
      </p>
      <div className="rule">
        <h2>What the pages say</h2>
      </div>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">English</th>
            <th scope="col">{english}</th>
          </tr>
        </thead>
        <tbody>
          {sentences.map(([name, sentence]) => (
            <tr key={name}>
              <td data-label="English">{inEnglish.get(name)}</td>
              <td data-label={english}>
                <span lang={code} dir={language.direction}>
                  {sentence}
                </span>
                {Object.hasOwn(corrections, name) && <span className="hint"> changed here</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <CorrectSentence
        code={code}
        direction={language.direction}
        sentences={sentences.map(([name, sentence]) => ({ name, sentence, english: inEnglish.get(name) ?? name }))}
        save={correctSentenceAction}
      />
      <ReviewForm code={code} english={english} words={fingerprint} save={recordReviewAction} />
    </div>
  );
}
