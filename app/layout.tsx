import type { Metadata } from "next";
import { connection } from "next/server";
import { SessionDialog } from "../components/auth/session-dialog";
import { Providers } from "../components/layout/providers";
import { Shell } from "../components/layout/shell";
import type { NavItem } from "../components/layout/main-nav";
import { type Actor, can, describeSession } from "../lib/access/actor";
import type { Permission } from "../lib/access/permissions";
import { listLanguages } from "../lib/wording/data";
import { getActor } from "../lib/access/session";
import { listOpenIncidents } from "../lib/incidents/data";
import { capitalize } from "../lib/platform/capitalize";
import { getSite } from "../lib/platform/site/data";
import { askSecondStepAction, offerSignInAction, proveCodeAction } from "./(auth)/sign-in/actions";
import "./styles.scss";
import "./console.scss";

export const metadata: Metadata = { title: { default: "Callbox", template: "%s · Callbox" }, robots: "noindex" };

const NAV: readonly (NavItem & { permission?: Permission })[] = [
  { href: "/", label: "Home" },
  { href: "/incidents", label: "Incidents", permission: "incident:read" },
  { href: "/alerts", label: "Alerts", permission: "alert:read" },
  { href: "/directory", label: "Directory", permission: "directory:read" },
  { href: "/templates", label: "Templates", permission: "template:read" },
  { href: "/log", label: "Activity log", permission: "log:read" },
  { href: "/admin", label: "Admin", permission: "people:manage" },
  { href: "/check", label: "Validate" },
];

function describeRole(actor: Actor): string {
  const roles = [...new Set(actor.memberships.map(({ role }) => role))].join(", ");
  const name = actor.memberships[0]?.agencyName ?? "no agency";
  return `${capitalize(roles)}, ${name}`;
}

export default async function RootLayout({ children }: { children: React.ReactNode }) {
  await connection();
  const [site, languages, actor] = await Promise.all([getSite(), listLanguages(), getActor()]);
  // Who still has to set up a second step may read nothing yet, so the header asks for nothing.
  const isIn = actor !== null && !actor.enrolling;
  const incidents = isIn && can(actor, "incident:read") ? await listOpenIncidents(actor) : null;
  return (
    <html lang="en">
      <body>
        <Providers timeZone={site.timeZone} languages={languages}>
          <Shell
            demonstration={site.mode === "demonstration"}
            person={actor && { name: actor.name, role: describeRole(actor) }}
            nav={
              isIn
                ? NAV.filter(({ permission }) => !permission || can(actor, permission)).map(({ href, label }) => ({
                    href,
                    label,
                  }))
                : []
            }
            mayDeclare={isIn && can(actor, "incident:declare")}
            incidents={incidents}
            now={Date.now()}
          >
            {children}
          </Shell>
          {actor && (
            <SessionDialog
              key={actor.latestAt}
              initial={describeSession(actor, Date.now())}
              actions={{ ask: askSecondStepAction, prove: proveCodeAction, offerPasskeys: offerSignInAction }}
            />
          )}
        </Providers>
      </body>
    </html>
  );
}
