import type { Client, QueryConfig, QueryResult } from 'pg';

interface Shared {
  readonly client: Promise<Client>;
  /** Statements that it has not answered. */
  waiting: number;
}

/**
 * A few connections that many callers use at the same time: a statement goes out at once, behind those that the
 * connection has not answered yet. For short statements: a long one keeps those behind it waiting.
 */
export class SharedConnections {
  private readonly open = new Set<Shared>();
  private isClosed = false;

  /** @param connect opens a connection that pipelines */
  constructor(
    private readonly connect: () => Promise<Client>,
    private readonly most: number,
  ) {}

  async query(config: QueryConfig): Promise<QueryResult> {
    if (this.isClosed) throw new Error('the storage is closed');
    const shared = this.leastBusy();
    shared.waiting++;
    try {
      return await (await shared.client).query(config);
    } finally {
      shared.waiting--;
    }
  }

  /** Lets the statements end that are under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled([...this.open].map(async ({ client }) => (await client).end()));
  }

  private leastBusy(): Shared {
    let best: Shared | undefined;
    for (const each of this.open) if (!best || each.waiting < best.waiting) best = each;
    if (best && (best.waiting === 0 || this.open.size >= this.most)) return best;
    const added: Shared = { client: this.connect(), waiting: 0 };
    this.open.add(added);
    const forget = (): void => void this.open.delete(added);
    added.client.then((client) => client.on('error', forget).on('end', forget), forget);
    return added;
  }
}
