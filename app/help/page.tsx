import Link from "next/link";
import { ROLES } from "../../lib/access/permissions";
import { requireActor } from "../../lib/access/session";
import { getHelpText } from "../../lib/help/data";
import { OPERATOR_PAGES, PEOPLE_PAGES } from "../../lib/help/pages";

export const metadata = { title: "Help" };

const titlesOf = (pages: readonly string[]) =>
  Promise.all(pages.map(async (page) => ({ page, title: (await getHelpText(page))?.title ?? page })));

function Pages({ pages }: { pages: readonly { page: string; title: string }[] }) {
  return (
    <ul>
      {pages.map(({ page, title }) => (
        <li key={page}>
          <Link href={`/help/${page}`}>{title}</Link>
        </li>
      ))}
    </ul>
  );
}

export default async function HelpIndexPage() {
  const actor = await requireActor("any");
  const [people, operators] = await Promise.all([titlesOf(PEOPLE_PAGES), titlesOf(OPERATOR_PAGES)]);
  const roles = new Set<string>(actor.memberships.map(({ role }) => role));
  const own = people.filter(({ page }) => roles.has(page));
  const others = people.filter(({ page }) => !roles.has(page));
  const isRole = (page: string) => (ROLES as readonly string[]).includes(page);
  return (
    <div className="wrap page usa-prose help">
      <h1>Help</h1>
      <p>“Help” at the top of each screen opens the section about that screen.</p>
      {own.length > 0 && (
        <>
          <h2>Your work</h2>
          <Pages pages={own} />
        </>
      )}
      <h2>{own.length > 0 ? "What others do" : "Roles"}</h2>
      <Pages pages={others.filter(({ page }) => isRole(page))} />
      <h2>More</h2>
      <Pages pages={others.filter(({ page }) => !isRole(page))} />
      <h2>Running Callbox</h2>
      <Pages pages={operators} />
    </div>
  );
}
