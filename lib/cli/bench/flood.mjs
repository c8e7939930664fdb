// A flood of sign-ins for the bench, in a process of its own: so many connections, each at it again as soon as it is answered.
const [url, connections] = [process.argv[2], Number(process.argv[3])];
const origin = new URL(url).origin;
const first = await fetch(`${url}/api/auth/csrf`);
const cookie = first.headers
  .getSetCookie()
  .map((one) => one.split(";")[0])
  .join("; ");
const { csrfToken } = await first.json();
let answers = 0;
let going = true;
const one = async (number) => {
  for (let round = 0; going; round += 1) {
    const body = new URLSearchParams({
      csrfToken,
      email: `${number}-${round}@flood.example`,
      password: "guess guess guess",
      json: "true",
    });
    try {
      const answer = await fetch(`${url}/api/auth/callback/credentials`, {
        method: "POST",
        body,
        headers: { cookie, origin },
        redirect: "manual",
      });
      await answer.arrayBuffer();
      answers += 1;
    } catch {
      // Refused or reset: tried again like everything else.
    }
  }
};
for (let number = 0; number < connections; number += 1) void one(number);
process.send("going");
process.on("message", () => {
  going = false;
  process.send({ answers });
  process.exit(0);
});
