import "server-only";
import { createHash } from "node:crypto";
import { inTransaction, type Prisma, type PrismaClient } from "../../platform/db";
import { canonicalJson } from "../../record/canonical-json";
import type { RowResult } from "../schema";

export interface PlannedRow {
  result: RowResult;
  why: string;
  subject: string;
  data: Prisma.InputJsonObject;
}

/** Someone dropped the import while its file was read, or another process reads it by now. */
export class NoLongerOurs extends Error {}

/** Keeps planned rows, counts them, and says how far it is. */
export class Preview {
  readonly counts: Record<string, number> = {};
  private position = 0;
  private readonly hash = createHash("sha256");
  /** Rows are written while the next ones are read. What goes wrong is told of at the next call. */
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: PrismaClient,
    private readonly importId: string,
    private readonly turn: number,
  ) {}

  async add(rows: readonly PlannedRow[], total: number): Promise<void> {
    const data = rows.map((row) => {
      this.position += 1;
      this.counts[row.result] = (this.counts[row.result] ?? 0) + 1;
      this.hash.update(canonicalJson({ position: this.position, result: row.result, data: row.data })).update("\n");
      return { importId: this.importId, position: this.position, ...row };
    });
    const progress = { progress: this.position, total: Math.max(total, this.position), counts: { ...this.counts } };
    await this.writing;
    this.writing = this.write(data, progress);
    // Nobody may be waiting yet when it fails.
    this.writing.catch(() => undefined);
  }

  private async write(rows: readonly object[], progress: Prisma.DirectoryImportUpdateManyMutationInput) {
    await inTransaction(this.client, async (transaction) => {
      // First of all: whoever drops it, or takes it up, waits for this, and nothing is written after them.
      const { count } = await transaction.directoryImport.updateMany({ where: this.ours(), data: progress });
      if (count === 0) throw new NoLongerOurs();
      await transaction.$executeRaw`
        insert into "ImportRow" ("importId", position, result, why, subject, data)
        select "importId", position, result, why, subject, data
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as row("importId" text, position int, result text, why text, subject text, data jsonb)`;
    });
  }

  private ours() {
    return { id: this.importId, state: "reading", turn: this.turn };
  }

  /** Waits for what is being written, whatever becomes of it: nothing is written after the end. */
  async settle(): Promise<void> {
    await this.writing.catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.writing;
    const planHash = this.hash.digest("hex");
    await inTransaction(this.client, async (transaction) => {
      const { count } = await transaction.directoryImport.updateMany({
        where: this.ours(),
        data: { state: "read", total: this.position, progress: this.position, planHash },
      });
      if (count === 0) throw new NoLongerOurs();
      // What it says is in its rows now.
      await transaction.importSlice.deleteMany({ where: { importId: this.importId } });
    });
  }
}
