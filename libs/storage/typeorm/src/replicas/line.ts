import { setImmediate as nextTurn } from 'node:timers/promises';
import { Client, type ClientConfig, type QueryResultRow } from 'pg';
import { sever } from '../postgres-session';

const ANSWER_MS = 1_000;

/** A connection for short questions, which gives up after a second; opened again after one that failed. */
export class Line {
  private open: Promise<Client> | undefined;
  private isClosed = false;

  constructor(private readonly url: string) {}

  /** The only row of a statement, which has a name for good. */
  async row<R extends QueryResultRow>(name: string, text: string): Promise<R> {
    if (this.isClosed) throw new Error('the storage is closed');
    const open = (this.open ??= this.connect());
    try {
      const { rows } = await (await open).query<R>({ name, text });
      if (!rows[0]) throw new Error(`${name}: no row`);
      return rows[0];
    } catch (error) {
      if (this.open === open) this.open = undefined;
      open.then(sever, () => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.open?.then(sever, () => undefined);
  }

  private async connect(): Promise<Client> {
    const config: ClientConfig & { readonly pipeline: true } = {
      connectionString: this.url,
      application_name: 'cloudpam positions',
      keepAlive: true,
      pipeline: true,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    };
    const client = new Client(config);
    client.on('error', () => undefined); // the next question tells
    await client.connect();
    return client;
  }
}

/**
 * Asks once for all who want to know at the same time. Who comes when the question is already under way gets the
 * answer to the next one: no answer is older than the call.
 */
export function askedTogether<R>(ask: () => Promise<R>): () => Promise<R> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<R> | undefined;
  const afterThat = async (): Promise<R> => {
    await underWay.catch(() => undefined);
    await nextTurn();
    next = undefined;
    const asked = ask();
    underWay = asked;
    return asked;
  };
  return () => (next ??= afterThat());
}
