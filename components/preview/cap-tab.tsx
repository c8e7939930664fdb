"use client";

import { useState } from "react";
import { renderMessage } from "../../lib/alerts/renderers/cap-2";
import { writeCap } from "../../lib/standards/cap/write";
import { Segmented } from "../ui/segmented";
import { CapTree } from "./cap-tree";
import { MarkedLines } from "./marked-lines";
import type { Previewed } from "./preview-pane";

/** A message as a CAP reader gets it: the tree with labels, and the bytes. */
export function CapTab({ bundle, before, phone, county, now }: Previewed) {
  const [which, setWhich] = useState<"phone" | "county">("phone");
  const [as, setAs] = useState<"tree" | "xml">("tree");
  const message = which === "county" && county ? county : phone;
  const alert = renderMessage(bundle, message, now);
  // The same message as when the page was opened: null where there was none, undefined where nothing is marked.
  const opened = before?.();
  const same = opened?.messages.find(({ identifier }) => identifier === message.identifier);
  const earlier = opened && (same ? renderMessage(opened, same, now) : null);
  return (
    <div className="stack">
      <div className="row">
        <Segmented
          label="Which message"
          value={which}
          onChange={setWhich}
          options={[
            { value: "phone", says: phone.place },
            ...(county ? [{ value: "county" as const, says: county.place }] : []),
          ]}
        />
        <Segmented
          label="As"
          value={as}
          onChange={setAs}
          options={[
            { value: "tree", says: "Tree" },
            { value: "xml", says: "XML" },
          ]}
        />
      </div>
      {as === "xml" ? (
        <pre className="xml-view" tabIndex={0} aria-label="CAP XML">
          <MarkedLines before={earlier && writeCap(earlier)} after={writeCap(alert)} />
        </pre>
      ) : (
        <CapTree alert={alert} before={earlier} />
      )}
      <p className="hint">
        Times are as if sent now. They are set at publication.
        {before && " Marked lines changed since you opened this page."}
      </p>
    </div>
  );
}
