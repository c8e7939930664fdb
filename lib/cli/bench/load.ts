import type { ScratchSite } from "../scratch-site";
import { type Figure, median } from "./measure";

/** Many people at once: pages that are all asked for in one moment, and memory after thousands of them. */

const AT_ONCE = 200;
const LOADS = 2000;
/** Pages an official of the state opens in the first minute. */
const PAGES = [
  "/",
  "/incidents",
  "/alerts",
  "/directory",
  "/directory/2501526535",
  "/templates",
  "/api/alerts",
  "/api/incidents",
];

/** The cookie of a drafter of the state. */
export async function signInForBench(url: string): Promise<string> {
  const { DEMONSTRATION_PASSWORD } = await import("../../../prisma/seed/demonstration");
  const cookies = (answer: Response) => answer.headers.getSetCookie().map((one) => one.split(";")[0]!);
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookies(csrf).join("; "), origin: url },
    body: new URLSearchParams({
      csrfToken,
      email: "dana@callbox.example",
      password: DEMONSTRATION_PASSWORD,
      json: "true",
    }),
    redirect: "manual",
  });
  return [...cookies(csrf), ...cookies(answer)].join("; ");
}

async function load(url: string, cookie: string, page: string): Promise<{ ok: boolean; milliseconds: number }> {
  const began = performance.now();
  try {
    const answer = await fetch(`${url}${page}`, { headers: { cookie }, redirect: "manual" });
    await answer.arrayBuffer();
    return { ok: answer.status === 200, milliseconds: performance.now() - began };
  } catch {
    return { ok: false, milliseconds: performance.now() - began };
  }
}

const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);

/** @throws when a page of many that were asked for at once is not answered */
export async function measureLoad(site: ScratchSite): Promise<Figure[]> {
  const cookie = await signInForBench(site.url);
  for (const page of PAGES) await load(site.url, cookie, page);
  const began = performance.now();
  const pages = Array.from({ length: AT_ONCE }, (_, index) => PAGES[index % PAGES.length]!);
  const answers = await Promise.all(pages.map((page) => load(site.url, cookie, page)));
  const all = performance.now() - began;
  const answered = answers.filter(({ ok }) => ok).length;
  if (answered < AT_ONCE) throw new Error(`Of ${AT_ONCE} pages at once ${answered} were answered.`);
  const memory: number[] = [];
  for (let done = 0; done < LOADS; done += 100) {
    for (let at = 0; at < 100; at += 4) {
      await Promise.all([0, 1, 2, 3].map((next) => load(site.url, cookie, PAGES[(done + at + next) % PAGES.length]!)));
    }
    memory.push(await site.memory());
  }
  // The first loads fill caches that stay; from then on nothing may grow.
  const [early, late] = [Math.max(...memory.slice(5, 10)), Math.max(...memory.slice(-5))];
  return [
    {
      name: `${AT_ONCE} pages asked for at once, until the last is there`,
      milliseconds: all,
      runs: 1,
      note: `all ${answered} answered; one in the middle after ${Math.round(median(answers.map(({ milliseconds }) => milliseconds)))} ms`,
    },
    {
      name: `memory of the console after ${LOADS.toLocaleString("en-US")} pages, in MiB`,
      milliseconds: mebibytes(late),
      runs: 1,
      against: { name: "after 1,000", milliseconds: mebibytes(early), times: 1.15 },
      note: memory.map(mebibytes).join(", "),
    },
  ];
}
