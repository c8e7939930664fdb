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
  const { readCap } = await import("../../standards/cap/read");
  const { writeCap } = await import("../../standards/cap/write");
  const { signMessage, writeSigned } = await import("../../standards/signature/sign");
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
  const alerts = messages.map((xml) => readCap(xml).alert!);
  return (["rsa", "ec"] as const).flatMap((kind) => {
    const key = makeKey(`bench-${kind}`, kind);
    // A certificate is good from the second it was made in.
    const now = Date.now();
    const time = (work: () => void) => {
      const began = performance.now();
      work();
      return performance.now() - began;
    };
    const bareSign = (xml: string) => sign("sha256", Buffer.from(xml), key.key);
    const ways = {
      published: () => alerts.forEach((alert) => writeSigned(alert, key, now)),
      writtenAndBare: () => alerts.forEach((alert) => bareSign(writeCap(alert))),
      given: () => messages.forEach((xml) => signMessage(xml, key, now)),
      bare: () => messages.forEach((xml) => bareSign(xml)),
    };
    const times = new Map<() => void, number[]>(Object.values(ways).map((way) => [way, []]));
    // The first run warms all of them up.
    for (let run = 0; run <= RUNS; run += 1)
      for (const [way, taken] of times) {
        const milliseconds = time(way);
        if (run > 0) taken.push(milliseconds);
      }
    const of = (way: () => void) => median(times.get(way)!);
    const compare = (ours: () => void, bare: () => void) => ({
      milliseconds: of(ours),
      runs: RUNS,
      note: `${Math.round((100 * of(bare)) / of(ours))} percent of its speed`,
    });
    const by = kind === "rsa" ? "RSA 2048" : "ECDSA on P-256";
    return [
      {
        name: `${MESSAGES} messages written and signed with ${by}, as a publication does it`,
        ...compare(ways.published, ways.writtenAndBare),
        against: { name: "written, and the bare signature", milliseconds: of(ways.writtenAndBare), times: TIMES },
      },
      {
        name: `${MESSAGES} messages that someone gives, signed with ${by}: read, checked, canonical, signed; beside the bare signature`,
        ...compare(ways.given, ways.bare),
      },
    ];
  });
}
