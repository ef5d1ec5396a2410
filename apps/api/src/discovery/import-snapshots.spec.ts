import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApplySnapshot, SNAPSHOT_FILE_ENDING } from '@cloudpam/reconciliation';
import { memoryStorage } from '../storage/storage';
import { ImportSnapshots } from './import-snapshots';

const FILES = 30;

describe('ImportSnapshots', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-snapshots-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('leaves what another server has put away meanwhile', async () => {
    const storage = memoryStorage();
    const apply = new ApplySnapshot(storage.unitOfWork, 'auto');
    const names = Array.from({ length: FILES }, (_, n) => `${100 + n}${SNAPSHOT_FILE_ENDING}`);
    for (const name of names) writeFileSync(path.join(folder, name), 'no snapshot');
    const servers: Promise<void>[] = [];
    const begin = (onFile: () => void): void =>
      void servers.push(new ImportSnapshots(storage, apply).execute(folder, onFile));
    // While the first is at work, others come and find fewer and fewer files.
    begin(() => begin(() => undefined));
    for (const server of servers) await server;
    expect(readdirSync(folder)).toEqual(['refused']);
    expect(readdirSync(path.join(folder, 'refused')).sort()).toEqual(
      names.flatMap((name) => [name, `${name}.reason.txt`]),
    );
  });
});
