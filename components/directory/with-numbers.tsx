/** A sentence in which every phone number stays on one line. */
export function WithNumbers({ text }: { text: string }) {
  return text.split(/(\d{3}-\d{3}-\d{4}(?: ext\. \d+)?)/).map((part, index) =>
    index % 2 === 1 ? (
      <span className="number" key={index}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
