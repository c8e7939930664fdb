import Link from "next/link";
import { notFound } from "next/navigation";
import { PrintButton } from "../../../../components/exercises/print-button";
import { StageTable } from "../../../../components/exercises/results";
import { ModeFrame } from "../../../../components/layout/mode-frame";
import { Fingerprint } from "../../../../components/ui/facts";
import { formatMoment, formatZone } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { getCertificate } from "../../../../lib/exercises/proficiency/data";
import { db } from "../../../../lib/platform/db";
import { getSite } from "../../../../lib/platform/site/data";

export const metadata = { title: "Certificate of an exercise" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ person?: string | string[] }>;
}

export default async function CertificatePage({ params, searchParams }: Props) {
  const actor = await requireActor("incident:read");
  const [{ id }, { person }] = [await params, await searchParams];
  const [site, found] = await Promise.all([
    getSite(),
    getCertificate(db(), actor, id, typeof person === "string" ? person : null, new Date()),
  ]);
  if (!found) notFound();
  const { timeZone, startedAt, closedAt } = found;
  const when = (at: number) => `${formatMoment(at, timeZone)} ${formatZone(at, timeZone)}`;
  const who = found.person?.name ?? found.agency;
  return (
    <ModeFrame mode="exercise">
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/exercises">Exercises</Link> / <Link href={`/exercises/${id}`}>{found.title}</Link>
        </p>
        {!found.completed || startedAt === null || closedAt === null ? (
          <>
            <h1>Exercise: no certificate</h1>
            <p>
              {closedAt === null
                ? "The exercise is not closed yet. There is a certificate once it is."
                : `${who} did not reach every stage that counts, so there is nothing to certify.`}
            </p>
          </>
        ) : (
          <>
            <article className="certificate" aria-labelledby="certificate-heading">
              <p className="mode">▨ EXERCISE</p>
              <h1 id="certificate-heading">Certificate of an exercise</h1>
              <p>
                <strong className="big">{who}</strong> completed{" "}
                {found.person
                  ? `a part in the exercise “${found.title}” of ${found.agency}`
                  : `the exercise “${found.title}”`}{" "}
                in Callbox.
              </p>
              <p>
                Started {when(startedAt)}, closed {when(closedAt)}.
              </p>
              <StageTable caption="Measured times" intervals={found.intervals} timeZone={timeZone} />
              <p>
                Times are measured from the activity log of {site.name}
                {found.entry && (
                  <>
                    {" "}
                    up to entry {found.entry.number}, fingerprint <Fingerprint sha256={found.entry.hash} />
                  </>
                )}
                . Nobody typed one in.
              </p>
              <p>
                <strong>This was an exercise. Nothing was sent to the public.</strong> It is no demonstration in the
                IPAWS lab of FEMA and does not stand in for one.
                {site.mode === "demonstration" && " It was made in a demonstration of Callbox, with invented people."}
              </p>
            </article>
            <p>
              <PrintButton label="Print the certificate" />
            </p>
          </>
        )}
      </div>
    </ModeFrame>
  );
}
