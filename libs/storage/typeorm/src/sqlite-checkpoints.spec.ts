import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { insertTree } from '@cloudpam/storage-contract';
import { openStorage } from './index';

const MIGRATIONS = path.resolve(__dirname, '../../../../migrations');
const subnets = (count: number, first: number): string[] =>
  Array.from({ length: count }, (_, n) => `10.${first + (n >> 8)}.${n & 255}.0/24`);

describe('a transaction that has changed much', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-checkpoints-'));
  const file = path.join(folder, 'a.sqlite');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is copied into the file beside its commit, and later ones by theirs', async () => {
    const storage = await openStorage({ url: `sqlite:${file}`, migrationsDir: MIGRATIONS });
    const before = statSync(file).size;
    await storage.unitOfWork.run((stores) => insertTree(stores, subnets(4_000, 0)));
    const atCommit = statSync(file).size;
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(2_000_000);
    expect(atCommit).toBe(before);
    while (statSync(file).size === atCommit) await nextTurn();
    await storage.close();
    expect(statSync(file).size).toBeGreaterThan(2_000_000);

    const again = await openStorage({ url: `sqlite:${file}`, migrationsDir: MIGRATIONS });
    const small = statSync(file).size;
    for (let n = 0; statSync(file).size === small && n < 40; n++)
      await again.unitOfWork.run((stores) => insertTree(stores, subnets(200, 20 + n)));
    expect(statSync(file).size).toBeGreaterThan(small);
    await again.close();
  });
});
