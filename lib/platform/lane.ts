/**
 * Lets a few pieces of work run at once and a few more wait, and turns the rest
 * away at once, so that a flood costs what the lane allows and no more.
 */
export class Lane {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param width how many run at once
   * @param queue how many wait behind them
   */
  constructor(
    private readonly width: number,
    private readonly queue: number,
  ) {}

  /** @returns what the work gives, or `full` when there is no room, in which case it was not begun */
  async run<Value>(work: () => Promise<Value>): Promise<Value | "full"> {
    if (this.running >= this.width) {
      if (this.waiting.length >= this.queue) return "full";
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
