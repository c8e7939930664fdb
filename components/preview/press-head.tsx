import type { PressText } from "../../lib/delivery/press/schema";
import { Flowing } from "../ui/flowing";

/** How a picture and a notice begin: the band of an exercise, the headline, and the numbers, large. */
export function PressHead({ text, numbers }: { text: PressText; numbers: readonly string[] }) {
  return (
    <>
      {text.mode !== null && <p className="band">{text.mode}</p>}
      <p className="head">
        <Flowing text={text.headline} />
      </p>
      {text.call !== null && <p>{text.call}</p>}
      {numbers.map((number) => (
        <p className="big-number" key={number}>
          {number}
        </p>
      ))}
    </>
  );
}
