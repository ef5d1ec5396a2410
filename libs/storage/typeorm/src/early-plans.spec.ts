import { parseCidr } from '@cloudpam/cidr';
import { insertTree } from '@cloudpam/storage-contract';
import { Client } from 'pg';
import { MIGRATIONS, postgresForSpec } from './testing/storages';
import { openStorage } from './typeorm-storage';

const EARLY = 200;
const ROOTS = 600;
const root = (n: number): string => `10.${Math.floor(n / 256)}.${n % 256}.0/24`;

describe('plans that PostgreSQL made while there were few pools', () => {
  const { open } = postgresForSpec();

  it('do not read the whole VRF when there are many', async () => {
    const opened = await open();
    const client = new Client(opened.url);
    await client.connect();
    try {
      // One connection for what follows, and its prepared statements.
      const storage = await openStorage({
        url: opened.url,
        migrationsDir: MIGRATIONS,
        poolSize: 2,
      });
      await opened.unitOfWork.run((stores) =>
        insertTree(
          stores,
          Array.from({ length: EARLY }, (_, n) => root(n)),
        ),
      );
      const asked = [ROOTS - 100, ROOTS - 1].map((n) =>
        parseCidr(`10.${Math.floor(n / 256)}.${n % 256}.16/28`),
      );
      const find = (): Promise<unknown[]> =>
        storage.unitOfWork.run(({ pools }) => pools.smallestContaining(1, asked));
      expect(await find()).toEqual([undefined, undefined]);
      await opened.unitOfWork.run((stores) =>
        insertTree(
          stores,
          Array.from({ length: ROOTS - EARLY }, (_, n) => root(n + EARLY)),
        ),
      );
      const before = await entriesRead(client);
      expect(await find()).toMatchObject([
        { cidr: parseCidr(root(ROOTS - 100)) },
        { cidr: parseCidr(root(ROOTS - 1)) },
      ]);
      // A connection that ends tells what it has read.
      await storage.close();
      expect((await entriesRead(client)) - before).toBeLessThan(ROOTS / 10);
    } finally {
      await client.end();
      await opened.close();
    }
  });
});

async function entriesRead(client: Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>(
    `select sum(idx_tup_read) as n from pg_stat_user_indexes where relname = 'pool'`,
  );
  return Number(rows[0]?.n);
}
