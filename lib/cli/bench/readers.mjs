// Residents for the bench, in a process of their own: so many open connections, each reading a page of the
// public site, waiting as a person does, and reading again. It ends when it is told to, or after two minutes.
import http from "node:http";

const [url, count, pauseMs] = [new URL(process.argv[2]), Number(process.argv[3]), Number(process.argv[4])];
const agent = new http.Agent({ keepAlive: true, maxSockets: count });
const pages = ["/", "/ma/granby", "/ma/ludlow", "/es/ma/granby", "/ma/boston"];
const times = [];
let failed = 0;
let going = true;
const read = (page) =>
  new Promise((resolve) => {
    const began = performance.now();
    const request = http.get(
      { host: url.hostname, port: url.port, path: page, agent, headers: { "Accept-Encoding": "gzip" } },
      (answer) => {
        answer.on("data", () => {});
        answer.on("end", () => {
          if (answer.statusCode === 200) times.push(performance.now() - began);
          else failed += 1;
          resolve();
        });
      },
    );
    request.on("error", () => {
      failed += 1;
      resolve();
    });
  });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const one = async (number) => {
  await wait((number / count) * pauseMs);
  for (let round = 0; going; round += 1) {
    await read(pages[(number + round) % pages.length]);
    if (round === 0 && number === count - 1) process.send("going");
    await wait(pauseMs);
  }
};
for (let number = 0; number < count; number += 1) void one(number);
setTimeout(() => process.exit(1), 120_000).unref();
process.on("message", () => {
  going = false;
  const sorted = times.sort((left, right) => left - right);
  process.send({ answers: sorted.length, failed, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 });
  process.exit(0);
});
