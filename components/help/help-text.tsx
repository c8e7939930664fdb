import Link from "next/link";
import type { Block, Inline } from "../../lib/help/markdown";
import { plainOf } from "../../lib/help/markdown";
import { pictureAddress, resolveLink } from "../../lib/help/pages";

function Part({ part }: { part: Inline }) {
  if (part.kind === "text") return part.text;
  if (part.kind === "code") return <code>{part.text}</code>;
  if (part.kind === "strong")
    return (
      <strong>
        <Parts inside={part.inside} />
      </strong>
    );
  if (part.kind === "em")
    return (
      <em>
        <Parts inside={part.inside} />
      </em>
    );
  if (part.kind === "picture") return <img className="help-picture" src={pictureAddress(part.file)} alt={part.says} />;
  const to = resolveLink(part.href);
  // A file that is in the repository only: its name is what can be said of it here.
  if (to === null) return <Parts inside={part.inside} />;
  if (!to.startsWith("/")) {
    return (
      <a href={to}>
        <Parts inside={part.inside} />
      </a>
    );
  }
  return (
    <Link href={to} prefetch={false}>
      <Parts inside={part.inside} />
    </Link>
  );
}

function Parts({ inside }: { inside: readonly Inline[] }) {
  return inside.map((part, index) => <Part key={index} part={part} />);
}

/** The name of the heading a table stands under, for who hears the page. */
function HelpTable({ block, name }: { block: Extract<Block, { kind: "table" }>; name: string }) {
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label={`Table: ${name}`}>
      <table className="lines">
        <thead>
          <tr>
            {block.head.map((cell, index) => (
              <th key={index} scope="col">
                <Parts inside={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Parts inside={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A page of help as elements of our own: no markup of its text reaches the browser as markup. */
export function HelpBlocks({ blocks, title }: { blocks: readonly Block[]; title: string }) {
  let under = title;
  let tables = 0;
  return blocks.map((block, index) => {
    if (block.kind === "heading") {
      under = plainOf(block.inside);
      const inside = <Parts inside={block.inside} />;
      return block.level === 2 ? (
        <h2 key={index} id={block.id}>
          {inside}
        </h2>
      ) : (
        <h3 key={index} id={block.id}>
          {inside}
        </h3>
      );
    }
    if (block.kind === "paragraph") {
      return (
        <p key={index}>
          <Parts inside={block.inside} />
        </p>
      );
    }
    if (block.kind === "code") {
      return (
        <pre key={index} className="scroller" tabIndex={0} role="region" aria-label={`Example ${index}: ${under}`}>
          <code>{block.text}</code>
        </pre>
      );
    }
    if (block.kind === "quote") {
      return (
        <blockquote key={index} className="quote">
          <HelpBlocks blocks={block.inside} title={under} />
        </blockquote>
      );
    }
    if (block.kind === "table") {
      tables += 1;
      return <HelpTable key={index} block={block} name={tables === 1 ? under : `${under}, ${tables}`} />;
    }
    const items = block.items.map((item, at) => (
      <li key={at}>
        {/* One line of text is the item itself. */}
        {item.length === 1 && item[0]?.kind === "paragraph" ? (
          <Parts inside={item[0].inside} />
        ) : (
          <HelpBlocks blocks={item} title={under} />
        )}
      </li>
    ));
    return block.ordered ? (
      <ol key={index} start={block.start}>
        {items}
      </ol>
    ) : (
      <ul key={index}>{items}</ul>
    );
  });
}
