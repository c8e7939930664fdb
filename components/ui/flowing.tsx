const NUMBER = /(\d{3}-\d{3}-\d{4})/;

/** A text whose numbers are never broken over two lines. */
export function Flowing({ text }: { text: string }) {
  return text.split(NUMBER).map((piece, index) =>
    index % 2 === 1 ? (
      <span key={index} className="number">
        {piece}
      </span>
    ) : (
      piece
    ),
  );
}
