import type { Collision } from "../../lib/alerts/commands/save";
import type { AlertContent } from "../../lib/alerts/schema";
import type { Action } from "../../lib/platform/result";
import type { z } from "zod";
import type { saveAlertSchema } from "../../lib/alerts/schema";

export interface Draft {
  title: string;
  content: AlertContent;
}

export type SaveState =
  | { kind: "saved"; at: number }
  | { kind: "waiting" }
  | { kind: "saving" }
  /** Not on the server; kept in this browser and tried again. */
  | { kind: "on-device"; message: string }
  | { kind: "collision"; theirs: Collision };

export type SaveAction = Action<z.input<typeof saveAlertSchema>, { version: number; collision?: Collision }>;

export interface Outside {
  save: SaveAction;
  /** Keeps a draft in this browser until the server has it. */
  keep: (draft: Draft, version: number) => void;
  drop: () => void;
  /** Keeps in this browser what gave way to someone else's text. @returns what forgets it */
  keepAside: (draft: Draft, version: number) => () => void;
  show: (state: SaveState) => void;
  now: () => number;
  /** Runs it later. @returns what takes it back */
  later: (run: () => void, ms: number) => () => void;
}

const PAUSE_MS = 700;
const RETRY_MS = 5000;
const NO_CONNECTION = "No connection. Your text is on this device and will be saved when you are online again.";

/**
 * Saves a draft a moment after the last change, one save at a time. Whatever a
 * save is refused for, or if it is lost on the way, the draft stays pending, is
 * tried again, and nothing may be sent until the server has it.
 */
export class SaveQueue {
  private pending: Draft | null = null;
  /** What gave way to someone else's text and goes into the history before anything else is saved. */
  private asides: { draft: Draft; drop: () => void }[] = [];
  private running: Promise<boolean> | null = null;
  private cancelTimer: (() => void) | null = null;
  private collided = false;
  private shown: SaveState["kind"] | null = null;

  constructor(
    private readonly id: string,
    public version: number,
    private readonly outside: Outside,
  ) {}

  /** Whether something is not on the server yet. */
  get unsaved(): boolean {
    return this.pending !== null || this.asides.length > 0 || this.running !== null;
  }

  change(draft: Draft): void {
    this.pending = draft;
    this.outside.keep(draft, this.version);
    if (this.collided) return;
    // Said once and not at every key: a page that is made anew after each of many quick ones is taken for a loop.
    if (this.shown !== "waiting") this.show({ kind: "waiting" });
    this.schedule(PAUSE_MS);
  }

  /** Saves at once what is pending. @returns whether the server has everything now */
  async flush(): Promise<boolean> {
    this.unschedule();
    while (this.running) await this.running;
    if (this.collided) return false;
    const [aside] = this.asides;
    if (aside) this.running = this.saveAside(aside);
    else if (this.pending) this.running = this.saveOnce(this.pending);
    else return true;
    const good = await this.running;
    this.running = null;
    // What was typed while it was saved goes with the next one.
    return good && (this.asides.length > 0 || this.pending !== null) ? this.flush() : good;
  }

  private async saveAside({ draft, drop }: { draft: Draft; drop: () => void }): Promise<boolean> {
    this.show({ kind: "saving" });
    const result = await this.outside.save({ id: this.id, version: this.version, ...draft }).catch(() => null);
    if (result === null || (!result.ok && result.code === "signed-out")) {
      this.show({ kind: "on-device", message: result?.message ?? NO_CONNECTION });
      this.schedule(RETRY_MS);
      return false;
    }
    if (result.ok && result.value.collision) {
      this.collided = true;
      this.show({ kind: "collision", theirs: result.value.collision });
      return false;
    }
    this.asides.shift();
    // What their version does not allow, places that were taken out say, stays on this device alone.
    if (!result.ok) return true;
    this.version = result.value.version;
    drop();
    return true;
  }

  private async saveOnce(draft: Draft): Promise<boolean> {
    this.show({ kind: "saving" });
    const result = await this.outside.save({ id: this.id, version: this.version, ...draft }).catch(() => null);
    if (result === null || !result.ok) {
      this.pending ??= draft;
      this.outside.keep(this.pending, this.version);
      this.show({ kind: "on-device", message: result?.message ?? NO_CONNECTION });
      this.schedule(RETRY_MS);
      return false;
    }
    if (result.value.collision) {
      this.pending ??= draft;
      this.collided = true;
      this.show({ kind: "collision", theirs: result.value.collision });
      return false;
    }
    this.version = result.value.version;
    if (this.pending === draft) {
      this.pending = null;
      this.outside.drop();
      this.show({ kind: "saved", at: this.outside.now() });
    }
    return true;
  }

  /** After a collision: goes on with mine on top of the newer version. */
  keepMine(newer: number, mine: Draft): void {
    this.version = newer;
    this.collided = false;
    this.change(mine);
  }

  /**
   * After a collision: goes on with theirs. Mine is saved first and theirs again on
   * top of it, so that the history has both. Where theirs waits for approval, a save
   * would take it back: then mine stays on this device, offered at the next visit.
   */
  keepTheirs(theirs: Collision, mine: Draft): void {
    this.version = theirs.version;
    this.collided = false;
    const drop = this.outside.keepAside(mine, theirs.version);
    this.outside.drop();
    if (theirs.submitted) {
      this.asides = [];
      this.pending = null;
      this.show({ kind: "saved", at: this.outside.now() });
      return;
    }
    this.asides.push({ draft: mine, drop });
    this.pending = { title: theirs.title, content: theirs.content };
    this.show({ kind: "waiting" });
    this.schedule(0);
  }

  stop(): void {
    this.unschedule();
  }

  private show(state: SaveState): void {
    this.shown = state.kind;
    this.outside.show(state);
  }

  private schedule(ms: number): void {
    this.unschedule();
    this.cancelTimer = this.outside.later(() => void this.flush(), ms);
  }

  private unschedule(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
