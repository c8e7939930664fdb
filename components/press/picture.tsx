import type { PressSheet, PressText } from "../../lib/delivery/press/schema";
import { drawQr } from "../../lib/platform/qr";

/** Width and height in pixels: what X, Facebook and others show whole. */
export const PICTURE = { width: 1200, height: 630 } as const;

const INK = "#1b1b1b";
const PAPER = "#ffffff";
const INNER = PICTURE.width - 2 * 56;

/** Under this name what makes the picture has the font of its language. */
export const FONT = "Notice";

/** Pieces that stand on one line each: words, and where a language writes none apart, each sign with what ends it. */
const PIECES = /\p{Script=Han}[，。！？：；、）”]*|[^\s\p{Script=Han}]+|\s+/gu;

function listPieces(text: string): { piece: string; isSpaced: boolean }[] {
  const found = [...text.matchAll(PIECES)].map(([piece]) => piece);
  return found.flatMap((piece, index) =>
    piece.trim() === "" ? [] : [{ piece, isSpaced: found[index + 1]?.trim() === "" }],
  );
}

/** A text piece by piece, so that a number with hyphens is never broken across lines. */
function Words({ text, size, weight = 400 }: { text: string; size: number; weight?: 400 | 700 }) {
  return (
    <div style={{ display: "flex", flexWrap: "wrap", fontSize: size, fontWeight: weight, lineHeight: 1.25 }}>
      {listPieces(text).map(({ piece, isSpaced }, index) => (
        <span key={index} style={{ whiteSpace: "nowrap", marginRight: isSpaced ? size / 4 : 0 }}>
          {piece}
        </span>
      ))}
    </div>
  );
}

function Band({ text }: { text: string }) {
  return (
    <div style={{ display: "flex", background: INK, color: PAPER, padding: "14px 56px" }}>
      <Words text={text} size={text.length > 60 ? 24 : 36} weight={700} />
    </div>
  );
}

/** The number as large as it fits on one line; digits of this font are about 0.62 of its size wide. */
function Numbers({ numbers }: { numbers: readonly string[] }) {
  const longest = Math.max(...numbers.map(({ length }) => length));
  const size = Math.min(numbers.length > 1 ? 88 : 144, Math.floor(INNER / (longest * 0.64)));
  return (
    <div style={{ display: "flex", flexDirection: "column" }}>
      {numbers.map((number) => (
        <div key={number} style={{ fontSize: size, fontWeight: 700, lineHeight: 1.15, whiteSpace: "nowrap" }}>
          {number}
        </div>
      ))}
    </div>
  );
}

function Code({ url }: { url: string }) {
  const { size, path } = drawQr(url);
  return (
    <svg width={168} height={168} viewBox={`0 0 ${size} ${size}`} style={{ flexShrink: 0 }}>
      <rect width={size} height={size} fill={PAPER} />
      <path d={path} fill={INK} />
    </svg>
  );
}

const HEAD_SIZES = [
  [60, 54],
  [110, 42],
  [Infinity, 34],
] as const;

/**
 * The picture that goes with a post: what is so, the number, until when, who
 * says so, and where it is said. Its styles are attributes, since what makes
 * the picture reads no style sheet.
 */
export function Picture({ sheet, text }: { sheet: PressSheet; text: PressText }) {
  const { ended, url } = text;
  const most = sheet.numbers.length > 2 ? [] : sheet.numbers;
  const head = HEAD_SIZES.find(([characters]) => text.headline.length <= characters)?.[1] ?? 34;
  const address = url?.replace(/^https?:\/\//, "").replace(/\/$/, "") ?? "";
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        width: "100%",
        height: "100%",
        background: PAPER,
        color: INK,
        fontFamily: FONT,
      }}
    >
      {text.mode !== null && <Band text={text.mode} />}
      <div style={{ display: "flex", flexDirection: "column", flexGrow: 1, padding: "28px 56px 0" }}>
        {ended === null && (
          <Words text={text.headline} size={most.length > 0 ? Math.min(head, 40) : head} weight={700} />
        )}
        {ended !== null && <Words text={ended} size={60} weight={700} />}
        {ended === null && (most.length > 0 ? text.call !== null : text.page !== "") && (
          <div style={{ display: "flex", marginTop: 18 }}>
            <Words text={most.length > 0 ? (text.call ?? "") : text.page} size={34} />
          </div>
        )}
        {most.length > 0 && <Numbers numbers={most} />}
      </div>
      <div style={{ display: "flex", alignItems: "flex-end", padding: "0 56px 32px" }}>
        <div style={{ display: "flex", flexDirection: "column", flexGrow: 1, width: INNER - 190 }}>
          {ended === null && <Words text={text.validUntil} size={28} weight={700} />}
          <Words text={text.sender} size={28} />
          {text.notice !== null && <Words text={text.notice} size={20} />}
          {address !== "" && <Words text={address} size={28} />}
        </div>
        {url !== null && <Code url={url} />}
      </div>
    </div>
  );
}
