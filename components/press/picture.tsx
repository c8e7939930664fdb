import type { PressSheet, PressText } from "../../lib/delivery/press/schema";
import { drawQr } from "../../lib/platform/qr";
import { fitWords, heightOf, LINE_HEIGHT, listPieces, SPACE } from "./picture-sizes";

/** Width and height in pixels: what X, Facebook and others show whole. */
export const PICTURE = { width: 1200, height: 630 } as const;

const INK = "#1b1b1b";
const PAPER = "#ffffff";
const INNER = PICTURE.width - 2 * 56;
/** Width of what stands beside the code, and sides of the code. */
const BESIDE = INNER - 190;
const CODE = 168;

/** Under this name what makes the picture has the font of its language. */
export const FONT = "Notice";

/** A text piece by piece, so that a number with hyphens is never broken across lines. */
function Words({ text, size, weight = 400 }: { text: string; size: number; weight?: 400 | 700 }) {
  return (
    <div style={{ display: "flex", flexWrap: "wrap", fontSize: size, fontWeight: weight, lineHeight: LINE_HEIGHT }}>
      {listPieces(text).map(({ piece, isSpaced }, index) => (
        <span key={index} style={{ whiteSpace: "nowrap", marginRight: isSpaced ? SPACE * size : 0 }}>
          {piece}
        </span>
      ))}
    </div>
  );
}

const bandSize = (text: string) => (text.length > 60 ? 24 : 36);

function Band({ text }: { text: string }) {
  return (
    <div style={{ display: "flex", flexShrink: 0, background: INK, color: PAPER, padding: "14px 56px" }}>
      <Words text={text} size={bandSize(text)} weight={700} />
    </div>
  );
}

const NUMBER_HEIGHT = 1.15;

/** The number as large as it fits on one line; digits of this font are about 0.62 of its size wide. */
function numberSize(numbers: readonly string[]): number {
  const longest = Math.max(...numbers.map(({ length }) => length));
  return Math.min(numbers.length > 1 ? 88 : 144, Math.floor(INNER / (longest * 0.64)));
}

function Numbers({ numbers, size }: { numbers: readonly string[]; size: number }) {
  return (
    <div style={{ display: "flex", flexDirection: "column" }}>
      {numbers.map((number) => (
        <div key={number} style={{ fontSize: size, fontWeight: 700, lineHeight: NUMBER_HEIGHT, whiteSpace: "nowrap" }}>
          {number}
        </div>
      ))}
    </div>
  );
}

function Code({ url }: { url: string }) {
  const { size, path } = drawQr(url);
  return (
    <svg width={CODE} height={CODE} viewBox={`0 0 ${size} ${size}`} style={{ flexShrink: 0 }}>
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

/** Of what stands above the number. */
const CALL = 34;

interface FootLine {
  words: string;
  size: number;
  weight?: 700;
}

const bandHeight = (mode: string | null) => (mode === null ? 0 : 28 + heightOf(mode, bandSize(mode), INNER));

const footHeight = (lines: readonly FootLine[], hasCode: boolean) =>
  Math.max(
    hasCode ? CODE : 0,
    lines.reduce((sum, { words, size }) => sum + heightOf(words, size, BESIDE), 0),
  );

/**
 * The picture that goes with a post: what is so, the number, until when, who
 * says so, and where it is said. Its styles are attributes, since what makes
 * the picture reads no style sheet.
 */
export function Picture({ sheet, text }: { sheet: PressSheet; text: PressText }) {
  const { ended, url } = text;
  const most = sheet.numbers.length > 2 ? [] : sheet.numbers;
  const address = url?.replace(/^https?:\/\//, "").replace(/\/$/, "") ?? "";
  const title = ended ?? text.headline;
  const fitting = HEAD_SIZES.find(([characters]) => title.length <= characters)?.[1] ?? 34;
  const titleSize = ended === null ? (most.length > 0 ? Math.min(fitting, 40) : fitting) : 60;
  const below = ended === null ? ((most.length > 0 ? text.call : text.page) ?? "") : "";
  const foot: FootLine[] = [
    ...(ended === null ? [{ words: text.validUntil, size: 28, weight: 700 as const }] : []),
    { words: text.sender, size: 28 },
    ...(text.notice === null ? [] : [{ words: text.notice, size: 20 }]),
    ...(address === "" ? [] : [{ words: address, size: 28 }]),
  ];
  const scale = fitWords(
    PICTURE.height - 28 - 32 - bandHeight(text.mode) - footHeight(foot, url !== null),
    (words, numbers) =>
      heightOf(title, titleSize * words, INNER) +
      (below === "" ? 0 : 18 + heightOf(below, CALL * words, INNER)) +
      (most.length === 0 ? 0 : most.length * numberSize(most) * numbers * NUMBER_HEIGHT),
  );
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
        <Words text={title} size={titleSize * scale.words} weight={700} />
        {below !== "" && (
          <div style={{ display: "flex", marginTop: 18 }}>
            <Words text={below} size={CALL * scale.words} />
          </div>
        )}
        {most.length > 0 && <Numbers numbers={most} size={numberSize(most) * scale.numbers} />}
      </div>
      <div style={{ display: "flex", alignItems: "flex-end", padding: "0 56px 32px" }}>
        <div style={{ display: "flex", flexDirection: "column", flexGrow: 1, width: BESIDE }}>
          {foot.map(({ words, size, weight }) => (
            <Words key={words} text={words} size={size} weight={weight} />
          ))}
        </div>
        {url !== null && <Code url={url} />}
      </div>
    </div>
  );
}
