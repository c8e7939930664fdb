"use client";

import { diffLines } from "diff";
import { useState } from "react";
import { renderMessage } from "../../lib/alerts/renderers/cap-2";
import { writeCap } from "../../lib/standards/cap/write";
import { Segmented } from "../ui/segmented";
import { CapTree } from "./cap-tree";
import type { Previewed } from "./preview-pane";

/** XML with the lines marked that are not as they were when the page was opened. */
function MarkedXml({ before, after }: { before: string | null; after: string }) {
  const pieces = diffLines(before ?? after, after).filter(({ removed }) => !removed);
  return (
    <pre className="xml-view" tabIndex={0} aria-label="CAP XML">
      {pieces.map(({ value, added }, index) => (added ? <mark key={index}>{value}</mark> : value))}
    </pre>
  );
}

/** A message as a CAP reader gets it: the tree with labels, and the bytes. */
export function CapTab({ bundle, before, phone, county, now }: Previewed) {
  const [which, setWhich] = useState<"phone" | "county">("phone");
  const [as, setAs] = useState<"tree" | "xml">("tree");
  const message = which === "county" && county ? county : phone;
  const alert = renderMessage(bundle, message, now);
  const earlier = () => {
    const opened = before?.();
    const same = opened?.messages.find(({ identifier }) => identifier === message.identifier);
    return opened && same ? writeCap(renderMessage(opened, same, now)) : "";
  };
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
        <MarkedXml before={before ? earlier() : null} after={writeCap(alert)} />
      ) : (
        <CapTree alert={alert} />
      )}
      <p className="hint">
        Times are as if sent now. They are set at publication.
        {as === "xml" && before && " Marked lines changed since you opened this page."}
      </p>
    </div>
  );
}
