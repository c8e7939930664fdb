import Link from "next/link";
import type { AskedToTurnOn } from "./asked-to-turn-on";

/** What two administrators turn on, on pages of their own. */
export function WaitingElsewhere({ asked }: { asked: readonly AskedToTurnOn[] }) {
  return (
    <>
      {asked.map(({ href, title, says, isMine, act }) => (
        <section className="need" key={href}>
          <div>
            <h2>{title}</h2>
            <p className="second">{isMine ? "You asked for it. Another administrator confirms it." : says}</p>
          </div>
          <Link className="usa-button usa-button--outline" href={href} prefetch={false}>
            {act}
          </Link>
        </section>
      ))}
    </>
  );
}
