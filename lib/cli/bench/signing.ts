import { sign } from "node:crypto";
import { type Figure, median } from "./measure";

/** Signing the messages of a statewide alert, against the bare signature of the same number of bytes. */

const MESSAGES = 351;
const RUNS = 7;
/** Ours takes at most so many times what Node's signature alone takes: 70 percent of its speed. */
const TIMES = 1 / 0.7;

/** @param databaseUrl of a site in which an alert was published */
export async function measureSigning(databaseUrl: string): Promise<Figure[]> {
  const { connect } = await import("../../platform/db");
  const { makeKey } = await import("../../standards/signature/keys-for-tests");
  const { signMessage } = await import("../../standards/signature/sign");
  const client = connect(databaseUrl);
  const rows = await client.message.findMany({ where: { xml: { not: null } }, select: { xml: true }, take: MESSAGES });
  await client.$disconnect();
  // A message that was signed already is measured as it was before.
  const messages = rows.map(({ xml }) =>
    Buffer.from(xml!)
      .toString("utf8")
      .replace(/<ds:Signature .*<\/ds:Signature>/s, ""),
  );
  if (messages.length < MESSAGES)
    throw new Error(`Only ${messages.length} messages were published: measure “public” as well.`);
  return (["rsa", "ec"] as const).map((kind) => {
    const key = makeKey(`bench-${kind}`, kind);
    // A certificate is good from the second it was made in.
    const now = Date.now();
    const time = (work: () => void) => {
      const began = performance.now();
      work();
      return performance.now() - began;
    };
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let run = 0; run <= RUNS; run += 1) {
      const [whole, alone] = [
        time(() => messages.forEach((xml) => signMessage(xml, key, now))),
        time(() => messages.forEach((xml) => sign("sha256", Buffer.from(xml), key.key))),
      ];
      // The first run warms both up.
      if (run > 0) (ours.push(whole), bare.push(alone));
    }
    return {
      name: `${MESSAGES} messages signed with ${kind === "rsa" ? "RSA 2048" : "ECDSA on P-256"}: read, checked, canonical, signed`,
      milliseconds: median(ours),
      runs: RUNS,
      against: { name: "the bare signature", milliseconds: median(bare), times: TIMES },
      note: `${Math.round((100 * median(bare)) / median(ours))} percent of its speed`,
    };
  });
}
