import { PrismaPg } from "@prisma/adapter-pg";

/**
 * Prisma asks for the relations of a row at once, inside a transaction too, which
 * has one connection. The driver warns of that, and its next version refuses it:
 * so the statements of a transaction wait for each other here.
 */

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type OpenTransaction = Awaited<ReturnType<Adapter["startTransaction"]>>;

function inTurn(transaction: OpenTransaction): OpenTransaction {
  let last: Promise<unknown> = Promise.resolve();
  const afterLast =
    <Query, Answer>(run: (query: Query) => Promise<Answer>) =>
    (query: Query): Promise<Answer> => {
      const next = last.then(() => run(query));
      last = next.catch(() => undefined);
      return next;
    };
  transaction.queryRaw = afterLast(transaction.queryRaw.bind(transaction));
  transaction.executeRaw = afterLast(transaction.executeRaw.bind(transaction));
  return transaction;
}

/** Prisma's adapter, with the statements of each transaction one at a time. */
export class OneAtATime extends PrismaPg {
  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => inTurn(await start(level));
    return adapter;
  }
}
