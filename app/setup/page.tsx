import Link from "next/link";
import { State } from "../../components/ui/state";
import { can } from "../../lib/access/actor";
import { requireActor } from "../../lib/access/session";
import { getSetup, type SetupStep } from "../../lib/alerts/setup/data";
import { db } from "../../lib/platform/db";
import { getSite } from "../../lib/platform/site/data";

export const metadata = { title: "Setup" };

const STEPS: Record<
  SetupStep["name"],
  { title: string; link: string; href: string; why: string; /** Said to whoever may not. */ who?: string }
> = {
  places: {
    title: "Places",
    link: "Import cities and towns",
    href: "/directory/import?kind=places",
    why: "A file of outlines as the Census publishes them, or your state’s. Each place is put into every county it lies in.",
  },
  people: {
    title: "People",
    link: "Invite people",
    href: "/admin",
    why: "One writes, another approves, and someone keeps the numbers. Nobody approves own work.",
  },
  agencies: {
    title: "Agencies",
    link: "Add agencies",
    href: "/admin/agencies",
    why: "Those who answer the phone know their numbers best.",
  },
  numbers: {
    title: "Numbers",
    link: "Import numbers",
    href: "/directory/import",
    why: "A list as you have it: you say which column is which, and see every row before anything is written.",
  },
  calls: {
    title: "First call round",
    link: "Start the call round",
    href: "/directory/call-round",
    why: "No number is given out until the right desk has answered a test call on it.",
    who: "A steward or a drafter does this, under Directory.",
  },
  exercise: {
    title: "First exercise",
    link: "Start an exercise",
    href: "/exercises/new",
    why: "From declaring to an exported alert, with the two people who would do it.",
    who: "A drafter starts it, under Incidents; an approver ends it.",
  },
};

export default async function SetupPage() {
  const actor = await requireActor("people:manage");
  const [site, steps] = await Promise.all([getSite(), getSetup(db(), actor, new Date())]);
  const may: Record<SetupStep["name"], boolean> = {
    places: can(actor, "place:import"),
    people: true,
    agencies: true,
    numbers: can(actor, "directory:edit"),
    calls: can(actor, "directory:verify"),
    exercise: can(actor, "incident:declare"),
  };
  const left = steps.filter(({ done }) => !done).length;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/">Home</Link>
      </p>
      <h1>{left === 0 ? `${site.name} is set up` : `${left} of ${steps.length} steps left for ${site.name}`}</h1>
      <p>
        In this order the next step has what it needs. Leave and come back: what is done is counted from what is there.
      </p>
      <ol className="stack">
        {steps.map(({ name, done, has, missing }) => {
          const { title, link, href, why, who } = STEPS[name];
          return (
            <li key={name}>
              <h2>
                {title}{" "}
                <State shape={done ? "tick" : "dash"} {...(done ? { tone: "good" as const } : {})}>
                  {done ? "done" : "to do"}
                </State>
              </h2>
              <p>
                {has} {missing && <strong>{missing}</strong>}
              </p>
              <p className="hint">{why}</p>
              <p>{may[name] ? <Link href={href}>{link}</Link> : who}</p>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
