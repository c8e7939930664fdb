/** State is a shape and a word; color comes third. One table for the whole console. */

const SHAPES = {
  circle: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2.4" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
    </>
  ),
  disc: <circle cx="8" cy="8" r="7" fill="currentColor" />,
  tick: <path d="M2 8.5 6.2 13 14 3.5" fill="none" stroke="currentColor" strokeWidth="2.6" />,
  octagon: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5zM4 7v2h8V7z" fill="currentColor" fillRule="evenodd" />,
  triangle: <path d="M8 1 15.5 15H.5zM7 6v5h2V6zm0 6v1.6h2V12z" fill="currentColor" fillRule="evenodd" />,
  dash: <path d="M2 7h12v2.6H2z" fill="currentColor" />,
  dashed: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 2.4" />,
  slashed: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M3.5 12.5l9-9" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  arrows: <path d="M1 5h11M9 2l3 3-3 3M15 11H4M7 8l-3 3 3 3" fill="none" stroke="currentColor" strokeWidth="2" />,
  cross: <path d="M3 3l10 10M13 3 3 13" fill="none" stroke="currentColor" strokeWidth="2.4" />,
  dots: <path d="M1 7h3v3H1zM6.5 7h3v3h-3zM12 7h3v3h-3z" fill="currentColor" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 4v4.5l3 2" fill="none" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  lock: <path d="M3 7h10v8H3zM5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="2" />,
  bullet: <circle cx="8" cy="8" r="2.5" fill="currentColor" />,
} as const;

export type Shape = keyof typeof SHAPES;
export type Tone = "plain" | "good" | "bad" | "live" | "quiet";

export function State({ shape, tone = "plain", children }: { shape: Shape; tone?: Tone; children: React.ReactNode }) {
  return (
    <span className={`state ${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {SHAPES[shape]}
      </svg>
      {children}
    </span>
  );
}
