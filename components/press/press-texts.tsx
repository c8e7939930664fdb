"use client";

import Link from "next/link";
import { frameList, listLines, writeList } from "../../lib/delivery/press/list";
import type { PressSheet, PressText } from "../../lib/delivery/press/schema";
import { countCharacters, countOver } from "../../lib/wording/text-length";
import { PART_SPECS } from "../../lib/wording/texts";
import { CopyButton } from "../ui/copy-button";
import { Flowing } from "../ui/flowing";
import { State } from "../ui/state";
import { formatCount } from "../ui/time";

const ENDED = {
  ended: ["Ended", "This alert has ended. Don’t post it any more."],
  replaced: ["Replaced", "A newer alert replaced this one here. Don’t post it any more."],
  "taken-back": ["Canceled", "This alert was canceled here. Don’t post it any more."],
} as const;

/** Rows of the list that are shown before it is copied. */
const SHOWN = 8;

/** One text with its button; without a button where it is not to be posted any more. */
function Copied({
  id,
  label,
  what,
  text,
  of,
  mayCopy,
}: {
  id: string;
  label: string;
  what: string;
  text: string;
  of: PressText;
  mayCopy: boolean;
}) {
  return (
    <div>
      <div className="row">
        <h4>{label}</h4>
        {mayCopy && <CopyButton text={text} what={what} from={id} />}
      </div>
      <p className="received" id={id} lang={of.language} dir={of.direction} data-verbatim>
        <Flowing text={text} />
      </p>
    </div>
  );
}

/** A text with its link, as it is posted. */
const withLink = ({ post, url }: PressText) => (url === null || post.includes(url) ? post : `${post} ${url}`);

function Language({ alertId, sheet, text }: { alertId: string; sheet: PressSheet; text: PressText }) {
  const { ending, kind } = sheet;
  const whose = kind === "whole" ? "all places" : sheet.place;
  const approvedIn = sheet.texts.filter(({ translated }) => !translated).map(({ name }) => name);
  const id = `press-${text.language}`;
  const query = new URLSearchParams({ of: sheet.of, language: text.language }).toString();
  const lines = listLines(sheet, text);
  const frame = frameList(text);
  const shown = lines.length > SHOWN + 3 ? lines.slice(0, SHOWN) : lines;
  return (
    <section aria-labelledby={`${id}-heading`} className="stack">
      <h3 id={`${id}-heading`} lang={text.language}>
        {text.name}
      </h3>
      {text.translated && (
        <p className="hint">
          Facts of this alert in words that are always the same, as on its public page. The approved texts are in{" "}
          {approvedIn.join(" and ")}.
        </p>
      )}
      {text.notice !== null && (
        <p>
          <State shape="triangle">Not yet reviewed by a fluent speaker</State>
        </p>
      )}
      {kind === "whole" && (
        <>
          <div className="row">
            <h4>List of numbers</h4>
            {ending === null && (
              <CopyButton text={writeList(sheet, text)} what={`${text.name}, list of numbers`} from={`${id}-list`} />
            )}
          </div>
          <p className="received" id={`${id}-list`} lang={text.language} data-verbatim>
            <Flowing text={[frame.above, shown, frame.below].map((part) => part.join("\n")).join("\n\n")} />
          </p>
          {shown.length < lines.length && (
            <p className="hint">And {formatCount(lines.length - shown.length)} more: all are copied.</p>
          )}
        </>
      )}
      {text.post !== "" && (
        <>
          <Copied
            id={`${id}-post`}
            label="Post"
            what={`${text.name}, post for ${whose}`}
            text={withLink(text)}
            of={text}
            mayCopy={ending === null}
          />
          <p className="hint">
            {countCharacters("social", withLink(text))} of {PART_SPECS.social.limit} characters, with the link as 23
            {countOver("social", withLink(text)) > 0 && ". Too long for X; it fits where 500 are allowed"}
          </p>
        </>
      )}
      {text.script !== "" && (
        <Copied
          id={`${id}-script`}
          label="Script to read aloud"
          what={`${text.name}, script for ${whose}`}
          text={text.script}
          of={text}
          mayCopy={ending === null}
        />
      )}
      {kind !== "whole" && text.post === "" && text.script === "" && (
        <p>
          This alert was approved without a post and a script. Its headline: <Flowing text={text.headline} />
        </p>
      )}
      <p className="row">
        {kind !== "county" && text.prints && (
          <>
            <a className="target" href={`/api/alerts/${alertId}/press/picture.png?${query}`} download>
              Picture (PNG)<span className="visually-hidden">, {text.name}</span>
            </a>
            <a className="target" href={`/api/alerts/${alertId}/press/notice.pdf?${query}`} download>
              Notice (PDF)<span className="visually-hidden">, {text.name}</span>
            </a>
          </>
        )}
        {kind !== "county" && text.url !== null && (
          <a className="target" href={text.url} target="_blank" rel="noreferrer">
            Public page<span className="visually-hidden">, {text.name}</span>
          </a>
        )}
      </p>
      {kind !== "county" && !text.prints && (
        <p className="hint">
          Pictures and notices are made in Latin letters and simplified Chinese, so there are none in this language.
        </p>
      )}
    </section>
  );
}

/** What is offered for one place, a county or all places, in each language of the alert. */
export function PressTexts({ alertId, sheet }: { alertId: string; sheet: PressSheet }) {
  const { ending, newerId } = sheet;
  const approved = sheet.texts.filter(({ translated: is }) => !is);
  const translated = sheet.texts.filter(({ translated: is }) => is);
  const show = (text: PressText) => <Language key={text.language} alertId={alertId} sheet={sheet} text={text} />;
  return (
    <>
      {ending !== null && (
        <p role="status">
          <State shape="triangle" tone="bad">
            {ENDED[ending][0]}
          </State>{" "}
          {ENDED[ending][1]} {newerId !== null && <Link href={`/alerts/${newerId}`}>Open the newer alert</Link>}
        </p>
      )}
      {sheet.kind === "whole" && (
        <p className="hint">Approved posts are for one place each. Choose a place to copy its post.</p>
      )}
      <div className="texts-received">{approved.map(show)}</div>
      {translated.length > 0 && (
        <details>
          <summary>
            In {translated.length === 1 ? "one more language" : `${translated.length} more languages`} of the public
            pages: {translated.map(({ name }) => name).join(", ")}
          </summary>
          <div className="texts-received">{translated.map(show)}</div>
        </details>
      )}
    </>
  );
}
