import { describe, expect, test } from "vitest";
import type { Collision } from "../../lib/alerts/commands/save";
import type { Result } from "../../lib/platform/result";
import { type Draft, SaveQueue, type SaveState } from "./save-queue";

type Answer = Result<{ version: number; collision?: Collision }> | "lost";

const draft = (title: string) => ({ title, content: {} }) as unknown as Draft;
const refused: Answer = { ok: false, code: "signed-out", message: "You are signed out." };

/** A queue in front of a server whose answers are given one by one. */
function open() {
  const sent: { title: string; version: number }[] = [];
  const answers: ((answer: Answer) => void)[] = [];
  const states: SaveState[] = [];
  const timers: (() => void)[] = [];
  let kept: string | null = null;
  const aside = new Set<string>();
  const queue = new SaveQueue("id", 1, {
    save: (input) => {
      sent.push(input as { title: string; version: number });
      return new Promise((resolve, reject) =>
        answers.push((answer) => (answer === "lost" ? reject(new Error("lost")) : resolve(answer))),
      );
    },
    keep: ({ title }) => (kept = title),
    drop: () => (kept = null),
    keepAside: ({ title }) => {
      aside.add(title);
      return () => aside.delete(title);
    },
    show: (state) => states.push(state),
    now: () => 0,
    later: (run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const answer = async (one: Answer) => {
    answers.shift()!(one);
    await settle();
  };
  const kinds = () => states.map(({ kind }) => kind);
  return { queue, sent, answer, timers, settle, last: () => states.at(-1)?.kind, kinds, kept: () => kept, aside };
}

const saved = (version: number): Answer => ({ ok: true, value: { version } });

test("many keys in a row say once that something waits, also after a save in between and after one that failed", async () => {
  const { queue, answer, kinds } = open();
  const type = () => Array.from({ length: 60 }, (_, key) => queue.change(draft(`edited ${key}`)));
  type();
  expect(kinds()).toEqual(["waiting"]);
  const first = queue.flush();
  type();
  await answer(saved(2));
  expect(kinds()).toEqual(["waiting", "saving", "waiting", "saving"]);
  await answer(refused);
  expect(await first).toBe(false);
  type();
  expect(kinds().slice(4)).toEqual(["on-device", "waiting"]);
});

describe("a save that was refused", () => {
  test.each<[string, Answer]>([
    ["because the session ended", refused],
    ["because the connection was lost", "lost"],
  ])("%s stays pending, blocks sending and is tried again", async (_, failure) => {
    const { queue, sent, answer, timers, last, kept } = open();
    queue.change(draft("edited"));
    const first = queue.flush();
    await answer(failure);
    expect(await first).toBe(false);
    expect(queue.unsaved).toBe(true);
    expect(last()).toBe("on-device");
    expect(kept()).toBe("edited");
    expect(timers).toHaveLength(1);
    // Sending asks again, and is refused again while the server does not have it.
    const second = queue.flush();
    await answer(failure);
    expect(await second).toBe(false);
    timers[0]!();
    await answer(saved(2));
    expect(sent.map(({ title }) => title)).toEqual(["edited", "edited", "edited"]);
    expect([queue.unsaved, queue.version, last(), kept()]).toEqual([false, 2, "saved", null]);
    expect(await queue.flush()).toBe(true);
  });

  test("does not overwrite what was typed meanwhile", async () => {
    const { queue, sent, answer, kept } = open();
    queue.change(draft("first"));
    const first = queue.flush();
    queue.change(draft("second"));
    await answer(refused);
    expect(await first).toBe(false);
    expect(kept()).toBe("second");
    const next = queue.flush();
    await answer(saved(2));
    expect(await next).toBe(true);
    expect(sent.map(({ title }) => title)).toEqual(["first", "second"]);
  });
});

test("sending waits for what was typed while a save was under way", async () => {
  const { queue, sent, answer, settle } = open();
  queue.change(draft("first"));
  const sending = queue.flush();
  queue.change(draft("second"));
  await answer(saved(2));
  await settle();
  await answer(saved(3));
  expect(await sending).toBe(true);
  expect(sent).toMatchObject([
    { title: "first", version: 1 },
    { title: "second", version: 2 },
  ]);
  expect(queue.unsaved).toBe(false);
});

test("one save at a time, however often it is asked for", async () => {
  const { queue, sent, answer, settle } = open();
  queue.change(draft("a"));
  const all = [queue.flush(), queue.flush(), queue.flush()];
  await settle();
  expect(sent).toHaveLength(1);
  await answer(saved(2));
  expect(await Promise.all(all)).toEqual([true, true, true]);
  expect(sent).toHaveLength(1);
});

const theirs = (version: number, submitted = false): Collision => ({
  ...draft("theirs"),
  version,
  by: "Ruth Adeyemi",
  ownName: false,
  submitted,
});
const collides = (version: number): Answer => ({ ok: true, value: { version, collision: theirs(version) } });

describe("keep theirs, then find mine", () => {
  async function collide() {
    const all = open();
    all.queue.change(draft("mine"));
    void all.queue.flush();
    await all.answer(collides(5));
    return all;
  }

  test("in the history: mine goes there first, and theirs on top of it", async () => {
    const { queue, sent, answer, settle, last, kept, aside } = await collide();
    queue.keepTheirs(theirs(5), draft("mine"));
    expect([queue.unsaved, [...aside]]).toEqual([true, ["mine"]]);
    const flushed = queue.flush();
    await answer(saved(6));
    await settle();
    await answer(saved(7));
    expect(await flushed).toBe(true);
    expect(sent.slice(1)).toMatchObject([
      { title: "mine", version: 5 },
      { title: "theirs", version: 6 },
    ]);
    expect([queue.version, queue.unsaved, last(), kept(), [...aside]]).toEqual([7, false, "saved", null, []]);
  });

  test("after the connection was lost, and after a third text was saved meanwhile", async () => {
    const { queue, sent, answer, settle, last, aside } = await collide();
    queue.keepTheirs(theirs(5), draft("mine"));
    const lost = queue.flush();
    await answer("lost");
    expect([await lost, last(), queue.unsaved, [...aside]]).toEqual([false, "on-device", true, ["mine"]]);
    const again = queue.flush();
    await answer(collides(8));
    expect([await again, last()]).toEqual([false, "collision"]);
    queue.keepMine(8, draft("more"));
    const flushed = queue.flush();
    await answer(saved(9));
    await settle();
    await answer(saved(10));
    expect(await flushed).toBe(true);
    expect(sent.slice(-2)).toMatchObject([
      { title: "mine", version: 8 },
      { title: "more", version: 9 },
    ]);
    expect([...aside]).toEqual([]);
  });

  test("on this device, where theirs waits for approval or does not allow mine", async () => {
    const waiting = await collide();
    waiting.queue.keepTheirs(theirs(5, true), draft("mine"));
    expect(await waiting.queue.flush()).toBe(true);
    expect([waiting.sent.length, [...waiting.aside], waiting.last()]).toEqual([1, ["mine"], "saved"]);
    const refusing = await collide();
    refusing.queue.keepTheirs(theirs(5), draft("mine"));
    const flushed = refusing.queue.flush();
    await refusing.answer({ ok: false, code: "places-fixed", message: "An alert covers the places of its incident." });
    await refusing.settle();
    await refusing.answer(saved(6));
    expect(await flushed).toBe(true);
    expect(refusing.sent.at(-1)).toMatchObject({ title: "theirs", version: 5 });
    expect([...refusing.aside]).toEqual(["mine"]);
  });
});

test("a collision keeps mine until one is chosen", async () => {
  const { queue, sent, answer, last } = open();
  queue.change(draft("mine"));
  const flushed = queue.flush();
  await answer({ ok: true, value: { version: 5, collision: theirs(5) } });
  expect(await flushed).toBe(false);
  expect(last()).toBe("collision");
  expect(await queue.flush()).toBe(false);
  queue.change(draft("mine, and more"));
  expect(sent).toHaveLength(1);
  queue.keepMine(5, draft("mine, and more"));
  const again = queue.flush();
  await answer(saved(6));
  expect(await again).toBe(true);
  expect(sent.at(-1)).toMatchObject({ title: "mine, and more", version: 5 });
});
