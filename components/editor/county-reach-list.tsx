"use client";

import { memo, useMemo, useState } from "react";
import { reachOfPlan, warnOfReach } from "../../lib/alerts/county-reach";
import type { BroadcastPlan, PhonePlan } from "../../lib/alerts/plan";
import { formatCounty } from "../../lib/places/county-kinds";
import { Flowing } from "../ui/flowing";
import { State } from "../ui/state";
import { formatCount, formatPeople } from "../ui/time";

const formatCounties = (count: number) => `${formatCount(count)} ${count === 1 ? "county" : "counties"}`;

/** Whom radio and television reach: whole counties, with those whom the alert is not for, and who hears numbers of others. */
export const CountyReachList = memo(function CountyReachList({
  plans,
}: {
  plans: readonly (PhonePlan | BroadcastPlan)[];
}) {
  // A large state has hundreds of counties: they are drawn for whoever looks.
  const [open, setOpen] = useState(false);
  const counties = useMemo(
    () =>
      plans.flatMap((plan) => {
        if (plan.audience !== "broadcasters") return [];
        const reach = reachOfPlan(plan);
        return [{ county: plan.county, reach, warning: warnOfReach(reach) }];
      }),
    [plans],
  );
  if (counties.length === 0) return null;
  const warned = counties.filter(({ warning }) => warning !== null).length;
  return (
    <details className="county-reach" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Radio and television: {formatCounties(counties.length)}
        {warned > 0 && `, ${counties.length === 1 ? "with" : `${formatCount(warned)} with`} numbers of several places`}
      </summary>
      <p className="hint">Stations know whole counties only.</p>
      <div className="scroller" tabIndex={0} role="region" aria-label="Whom radio and television reach">
        <ul>
          {(open ? counties : []).map(({ county, reach, warning }) => (
            <li key={county.id}>
              <strong>{formatCounty(county)}</strong>: {formatPeople([county.population])}
              {reach.others > 0 && `, ${formatCount(reach.others)} of them outside this alert`}
              {warning !== null && (
                <p>
                  <State shape="triangle">
                    <span>
                      <Flowing text={warning} />
                    </span>
                  </State>
                </p>
              )}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
});
