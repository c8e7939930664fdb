import { fork } from "node:child_process";
import path from "node:path";
import type { ScratchSite } from "../scratch-site";
import { CHECKOUT } from "../steps";
import { signInForBench } from "./load";
import { type Figure, median } from "./measure";

/** What 2,000 residents on the public site do to the official who edits and publishes meanwhile. */

const READERS = 2000;
/** A resident reads for so long before looking again, in milliseconds: 200 pages a second for all of them. */
const READS_FOR_MS = 10_000;
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
  const cookie = await signInForBench(site.url);
  const edit: Times = { quiet: [], crowd: [] };
  const publish: Times = { quiet: [], crowd: [] };
  const reads: Read[] = [];
  try {
    const [dana, luis] = [await open.actor("dana"), await open.actor("luis")];
    const places = await story.placesNamed(client, "Amherst", "Hadley", "Boston");
    const work = async (times: { edit: number[]; publish: number[] } | null) => {
      const draft = await story.draftFor(open, dana, places);
      for (let round = 0; round < EDITS; round += 1) {
        const began = performance.now();
        const answer = await fetch(`${site.url}/alerts/${draft.id}/edit`, { headers: { cookie } });
        await answer.arrayBuffer();
        if (answer.status !== 200) throw new Error(`The composer answered ${answer.status}.`);
        const saved = await story.save(open, dana, draft.id, (content) => ({
          ...content,
          validMinutes: 60 + round,
        }));
        if (!saved.ok) throw new Error(saved.message);
        times?.edit.push(performance.now() - began);
      }
      await story.submit(open, dana, draft.id);
      const began = performance.now();
      const result = await story.approve(open, luis, draft.id);
      if (!result.ok) throw new Error(result.message);
      times?.publish.push(performance.now() - began);
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
