import { describe, expect, test } from "vitest";
import { Lane } from "./lane";

function gate() {
  let open!: () => void;
  const closed = new Promise<void>((resolve) => (open = resolve));
  return { open, closed };
}

describe("a lane", () => {
  test("runs as many as it is wide, keeps as many waiting as it may, turns the rest away", async () => {
    const lane = new Lane(2, 3);
    const { open, closed } = gate();
    let most = 0;
    let running = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await closed;
      running -= 1;
      return "done" as const;
    };
    const all = Array.from({ length: 10 }, () => lane.run(work));
    open();
    const results = await Promise.all(all);
    expect(results.filter((result) => result === "done")).toHaveLength(5);
    expect(results.filter((result) => result === "full")).toHaveLength(5);
    expect(most).toBe(2);
  });

  test("has room again after work that failed", async () => {
    const lane = new Lane(1, 0);
    await expect(lane.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await lane.run(() => Promise.resolve("yes"))).toBe("yes");
  });
});
