import { setTimeout as pause } from "node:timers/promises";
import { Client, Pool, type PoolClient, type PoolConfig } from "pg";
import { OneAtATime } from "./one-at-a-time";
import { DatabaseSwitching, isCrowded, isLost, isUnreached } from "./trouble";

/**
 * Connections to a database that may be switched over to another server while
 * they are used (docs/high-availability.md). A pool of them waits a little for a
 * server that takes changes, never keeps one to a standby, and lets no change
 * count as kept of which the server only says that it is kept in one place.
 */

/** So long a question or a change waits for a server, in milliseconds. Less than what Prisma waits for a transaction. */
const PATIENCE_MS = 6000;

/**
 * When the database was last found gone in this process, whoever found it; the parts of a build have modules of their
 * own. By the clock of the process, which nobody sets back: else it would count as gone until the time comes again.
 */
const noted = globalThis as { callboxDatabaseLostAt?: number };

/** Notes that a request failed because the database was gone. */
export function noteLost(): void {
  noted.callboxDatabaseLostAt = performance.now();
}

/** Whether the database was found gone since a moment, as `performance.now()` gave it. */
export function isLostSince(at: number): boolean {
  return (noted.callboxDatabaseLostAt ?? -1) >= at;
}

/**
 * A commit that waits for its standby and that someone cancels meanwhile is
 * reported as done, with no more than a notice that it is in one place only. The
 * connection is ended there, so that it is answered as not known.
 */
function refuseHalfKept(client: PoolClient): void {
  // What follows the error below has nobody else who listens.
  client.on("error", noteLost);
  client.on("notice", ({ message }) => {
    if (!message?.startsWith("canceling wait for synchronous replication")) return;
    const { connection } = client as unknown as {
      connection: { emit: (event: "error", error: Error) => void; stream: { destroy: () => void } };
    };
    // Before the next message, which is in the same packet and says that all is well.
    connection.emit("error", new Error("Connection terminated: the change is not known to be on a second server."));
    connection.stream.destroy();
  });
}

/** A standby reads and refuses every change, and goes on to do so when another server took over. */
function verify(client: PoolClient, done: (error?: Error) => void): void {
  refuseHalfKept(client);
  client.query<{ standby: boolean }>("select pg_is_in_recovery() as standby").then(
    ({ rows }) => done(rows[0]?.standby === false ? undefined : new DatabaseSwitching()),
    (error: unknown) => done(error instanceof Error ? error : new DatabaseSwitching()),
  );
}

type Taken = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

// Parts of the build have modules of their own; the process has one count.
const held = globalThis as { callboxPools?: Set<Pool> };
const pools = () => (held.callboxPools ??= new Set());

/** Connections of this process, over all its pools. */
export function countConnections(): { busy: number; idle: number; waiting: number } {
  const counts = { busy: 0, idle: 0, waiting: 0 };
  for (const { totalCount, idleCount, waitingCount } of pools()) {
    counts.busy += totalCount - idleCount;
    counts.idle += idleCount;
    counts.waiting += waitingCount;
  }
  return counts;
}

/** A pool whose connections lead to the server that takes changes, and that waits a little until there is one, and room on it. */
export class ConnectionPool extends Pool {
  private readonly patience: number;

  /** @param patience how long it waits for a server that takes changes, in milliseconds */
  constructor(config: PoolConfig, patience = PATIENCE_MS) {
    super({ keepAlive: true, ...config, verify });
    this.patience = patience;
    // A connection that ends while nobody uses it is replaced by the next.
    this.on("error", noteLost);
    pools().add(this);
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | void {
    pools().delete(this);
    return callback ? super.end(callback) : super.end();
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Taken): void;
  override connect(callback?: Taken): Promise<PoolClient> | void {
    const taken = this.take();
    if (!callback) return taken;
    taken.then(
      (client) => callback(undefined, client, client.release),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }

  /** Until it has a connection nothing was asked of the server, so trying again is always safe. */
  private async take(): Promise<PoolClient> {
    const until = performance.now() + this.patience;
    for (let wait = 50; ; wait = Math.min(wait * 2, 500)) {
      try {
        return await super.connect();
      } catch (error) {
        const isOver = performance.now() + wait > until || this.ending;
        if (isCrowded(error)) {
          if (isOver) throw error;
        } else if (isLost(error)) {
          noteLost();
          if (isOver) throw new DatabaseSwitching({ cause: error });
        } else throw error;
      }
      await pause(wait);
    }
  }
}

/** A statement that reads and does nothing else. */
const READS =
  /^\s*select\b(?![^]*\b(?:for\s+(?:update|share|no\s+key|key\s+share)|nextval|set_config|add_job|pg_\w*lock\w*)\b)/i;

/** Prisma's way to the database over such a pool. A read whose connection broke is asked once more. */
export class PatientPg extends OneAtATime {
  constructor(pool: ConnectionPool) {
    super(pool, { disposeExternalPool: true });
  }

  override async connect() {
    const adapter = await super.connect();
    const ask = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      try {
        return await ask(query);
      } catch (error) {
        if (!isLost(error)) throw error;
        noteLost();
        // A server that could not be had was waited for already.
        if (isUnreached(error) || !READS.test(query.sql)) throw error;
        return ask(query);
      }
    };
    return adapter;
  }
}

/** How long an answer of the database is given again, in milliseconds: when it answers, and when not. */
const KEPT_MS = { yes: 500, no: 250 };
const ANSWER_MS = 2000;

/** Asks whether the database answers and takes changes, over a connection of its own. */
export class DatabaseWatch {
  private client: Client | null = null;
  private asking: Promise<boolean> | null = null;
  private last = { at: -Infinity, answer: true };

  constructor(private readonly connectionString: string) {}

  /** Whether it does, or did a moment ago. */
  async answers(): Promise<boolean> {
    const { at, answer } = this.last;
    if (performance.now() - at < (answer ? KEPT_MS.yes : KEPT_MS.no)) return answer;
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  private async ask(): Promise<boolean> {
    // A connection that broke is no answer yet: another server may take a new one.
    const answer = (await this.askOnce()) || (await this.askOnce());
    this.last = { at: performance.now(), answer };
    return answer;
  }

  private async askOnce(): Promise<boolean> {
    try {
      if (!this.client) {
        const client = new Client({
          connectionString: this.connectionString,
          connectionTimeoutMillis: ANSWER_MS,
          query_timeout: ANSWER_MS,
          keepAlive: true,
        });
        client.on("error", () => this.drop(client));
        await client.connect();
        this.client = client;
      }
      const { rows } = await this.client.query<{ standby: boolean }>("select pg_is_in_recovery() as standby");
      if (rows[0]?.standby === false) return true;
    } catch {
      // Said by the answer.
    }
    this.drop(this.client);
    return false;
  }

  private drop(client: Client | null): void {
    if (this.client === client) this.client = null;
    client?.end().catch(() => undefined);
  }
}
