import Link from "next/link";
import { notFound } from "next/navigation";
import { HelpBlocks } from "../../../components/help/help-text";
import { requireActor } from "../../../lib/access/session";
import { getHelpText } from "../../../lib/help/data";
import { sectionsOf } from "../../../lib/help/markdown";

export async function generateMetadata({ params }: { params: Promise<{ page: string }> }) {
  await requireActor("any");
  return { title: (await getHelpText((await params).page))?.title ?? "Help" };
}

export default async function HelpPage({ params }: { params: Promise<{ page: string }> }) {
  await requireActor("any");
  const text = await getHelpText((await params).page);
  if (!text) notFound();
  const sections = sectionsOf(text.blocks);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/help">Help</Link>
      </p>
      <div className="help">
        <nav aria-labelledby="contents-heading">
          <h2 id="contents-heading">On this page</h2>
          <ul>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        <article className="usa-prose">
          <h1>{text.title}</h1>
          <HelpBlocks blocks={text.blocks} title={text.title} />
        </article>
      </div>
    </div>
  );
}
