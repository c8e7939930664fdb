import { fork } from "node:child_process";
import path from "node:path";
import { ConsoleClient } from "../console-client-for-tests";
import type { ScratchSite } from "../scratch-site";
import { CHECKOUT } from "../steps";
import { type Figure, median } from "./measure";

/**
 * What 2,000 residents on the public site do to the official who edits and
 * publishes meanwhile. All that is timed goes through the console, over HTTP.
 */

const READERS = 2000;
/** A resident reads for so long before looking again, in milliseconds: 200 pages a second for all of them. */
const READS_FOR_MS = 10_000;
/** How long residents read a site whose console and database are gone, in milliseconds. */
const STANDS_MS = 20_000;
const TURNS = 3;
const EDITS = 12;
/** The console's times change by less than a tenth. */
const TIMES = 1.1;
/** Of a page, in milliseconds. */
const READER_LIMIT_MS = 100;

interface Read {
  answers: number;
  failed: number;
  p99: number;
}

/** Milliseconds, alone and while residents read. */
type Times = Record<"quiet" | "crowd", number[]>;

/** Lets residents in. @returns what sends them away, with what they had */
async function letIn(url: string): Promise<() => Promise<Read>> {
  const child = fork(path.join(CHECKOUT, "lib", "cli", "bench", "readers.mjs"), [
    url,
    String(READERS),
    String(READS_FOR_MS),
  ]);
  await new Promise((resolve) => child.once("message", resolve));
  return async () => {
    const said = new Promise<Read>((resolve) => child.once("message", resolve as never));
    child.send("stop");
    return said;
  };
}

/** @throws when a page of the console is not answered, or a resident gets none */
export async function measureReaders(site: ScratchSite): Promise<Figure[]> {
  const { connect } = await import("../../platform/db");
  const story = await import("../../alerts/story-for-tests");
  const client = connect(site.databaseUrl);
  const open = story.toStory(client, { ownerUrl: site.ownerUrl, appUrl: site.databaseUrl });
  const edit: Times = { quiet: [], crowd: [] };
  const publish: Times = { quiet: [], crowd: [] };
  const reads: Read[] = [];
  try {
    const writer = await open.actor("dana");
    const [dana, luis] = [new ConsoleClient(site.url), new ConsoleClient(site.url)];
    for (const [person, name] of [
      [dana, "dana"],
      [luis, "luis"],
    ] as const)
      if (!(await person.signIn(`${name}@callbox.example`))) throw new Error(`${name} could not sign in.`);
    const places = await story.placesNamed(client, "Amherst", "Hadley", "Boston");
    const work = async (times: { edit: number[]; publish: number[] } | null) => {
      const { id } = await story.draftFor(open, writer, places);
      const page = `/alerts/${id}/edit`;
      for (let round = 0; round < EDITS; round += 1) {
        const { version, title, content } = await client.alert.findUniqueOrThrow({ where: { id } });
        const saved = { id, version, title, content: { ...(content as object), validMinutes: 60 + round } };
        const began = performance.now();
        const { status } = await dana.get(page);
        if (status !== 200) throw new Error(`The composer answered ${status}.`);
        const answer = await dana.act(page, "saveAlertAction", saved);
        times?.edit.push(performance.now() - began);
        if (!answer.ok) throw new Error(answer.message);
      }
      await story.submit(open, writer, id);
      const decision = await story.approval(open, id);
      const began = performance.now();
      const answer = await luis.act(`/alerts/${id}/review`, "decideAlertAction", decision);
      times?.publish.push(performance.now() - began);
      if (!answer.ok) throw new Error(answer.message);
    };
    await work(null);
    for (let turn = 0; turn < TURNS; turn += 1) {
      await work({ edit: edit.quiet, publish: publish.quiet });
      const sendAway = await letIn(site.publicUrl);
      await work({ edit: edit.crowd, publish: publish.crowd });
      reads.push(await sendAway());
    }
  } finally {
    await client.$disconnect();
  }
  const failed = reads.reduce((sum, read) => sum + read.failed, 0);
  if (failed > 0) throw new Error(`${failed} residents had no page.`);
  const figure = (name: string, { quiet, crowd }: Times): Figure => ({
    name: `${name}, while ${READERS.toLocaleString("en-US")} residents read`,
    milliseconds: median(crowd),
    runs: crowd.length,
    against: { name: "the same alone", milliseconds: median(quiet), times: TIMES },
  });
  return [
    figure("an official opens the composer and saves", edit),
    figure("an alert approved", publish),
    {
      name: `a page for one of ${READERS.toLocaleString("en-US")} residents meanwhile, 99th percentile`,
      milliseconds: Math.max(...reads.map(({ p99 }) => p99)),
      runs: reads.reduce((sum, { answers }) => sum + answers, 0),
      against: { name: "the limit", milliseconds: READER_LIMIT_MS, times: 1 },
    },
  ];
}

/**
 * What residents have while console, worker and database are gone: fifty times a usual day's four pages a second.
 * Nothing can be measured of the site afterwards.
 * @throws when one of them gets no page
 */
export async function measureStanding(site: ScratchSite): Promise<Figure[]> {
  await site.strike();
  const sendAway = await letIn(site.publicUrl);
  await new Promise((resolve) => setTimeout(resolve, STANDS_MS));
  const { answers, failed, p99 } = await sendAway();
  if (failed > 0) throw new Error(`${failed} residents had no page.`);
  return [
    {
      name: `a page for one of ${READERS.toLocaleString("en-US")} residents while console and database are gone, 99th percentile`,
      milliseconds: p99,
      runs: answers,
      against: { name: "the limit", milliseconds: READER_LIMIT_MS, times: 1 },
    },
  ];
}
