import Link from "next/link";
import type { IncidentSummary } from "../../lib/incidents/data";
import { HelpLink } from "../help/help-link";
import { IncidentBar } from "./incident-bar";
import { Menu } from "./menu";
import { MainNav, type NavItem } from "./main-nav";
import { OfflineStrip } from "./offline-strip";
import { SignOutButton } from "./sign-out-button";

export interface ShellPerson {
  name: string;
  role: string;
}

/** The frame of every page: demonstration strip, header, incident bar, content. */
export function Shell({
  demonstration,
  person,
  nav,
  mayDeclare,
  incidents,
  now,
  children,
}: {
  demonstration: boolean;
  person: ShellPerson | null;
  nav: readonly NavItem[];
  mayDeclare: boolean;
  /** Those that are open; null for who may not read any. */
  incidents: readonly IncidentSummary[] | null;
  now: number;
  children: React.ReactNode;
}) {
  return (
    <>
      <a className="usa-skipnav" href="#content">
        Skip to main content
      </a>
      {demonstration && (
        <div className="demonstration-strip" role="region" aria-label="Demonstration">
          <div className="wrap spread">
            <span>
              <strong>Demonstration.</strong> Phone numbers are invented (555-01xx).{" "}
              <span className="where-wide">Nothing leaves this installation.</span>
            </span>
            <Link href="/demonstration" prefetch={false}>
              What is real here
            </Link>
          </div>
        </div>
      )}
      <header className="header">
        <div className="wrap">
          <Link className="brand" href="/" prefetch={false}>
            Callbox
          </Link>
          {person && (
            <Menu>
              <MainNav items={nav} />
              <div className="who">
                {mayDeclare && incidents?.length === 0 && (
                  <Link
                    className="usa-button usa-button--outline usa-button--small"
                    href="/incidents/new"
                    prefetch={false}
                  >
                    Declare an outage
                  </Link>
                )}
                <span className="person">
                  <Link href="/account" prefetch={false}>
                    <strong>{person.name}</strong>
                    {person.role}
                  </Link>
                </span>
                {nav.length > 0 && <HelpLink />}
                <SignOutButton />
              </div>
            </Menu>
          )}
        </div>
      </header>
      {incidents && <IncidentBar initial={incidents} now={now} />}
      <OfflineStrip />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
