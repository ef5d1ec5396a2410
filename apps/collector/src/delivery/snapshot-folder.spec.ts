import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readSnapshotFile } from '@cloudpam/reconciliation';
import { goodSigner, packed, runNumber } from '../testing/packed.fixture';
import { SinkDelivery } from './sink-delivery';
import { SnapshotFolder } from './snapshot-folder';

describe('SnapshotFolder', () => {
  let path: string;
  let folder: SnapshotFolder;
  const now = (): Date => new Date('2026-01-02T03:04:05Z');
  const put = async (...args: Parameters<typeof packed>): Promise<string> => {
    const { name, bytes } = folder.file(await packed(...args));
    await folder.write(name, bytes);
    return name;
  };

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'cloudpam-folder-'));
    folder = new SnapshotFolder(path, goodSigner(), now);
  });
  afterEach(() => rm(path, { recursive: true }));

  it('writes files that a server can check with no more than the SHA-256 of the secret', async () => {
    const file = readSnapshotFile(await readFile(join(path, await put('eu-west-1', 3))));
    const stored = createHash('sha256').update(goodSigner().secret).digest();
    const key = createHmac('sha256', stored).update('cloudpam snapshot file v1').digest();
    expect(createHmac('sha256', key).update(file.signedBytes).digest('hex')).toBe(file.signature);
    expect(file.header).toEqual({
      token: 'doubledouble',
      runId: runNumber(1).runId,
      sequence: 3,
      writtenAt: now(),
    });
    expect(JSON.parse(gunzipSync(file.payload).toString())).toMatchObject({
      run_id: runNumber(1).runId,
      scopes: [{ region: 'eu-west-1' }],
    });
  });

  it('tells them in the order of runs and scopes, and nothing else', async () => {
    const [c, a, b] = [await put('r', 1, 2), await put('r', 2), await put('r', 10)];
    await writeFile(join(path, 'README.txt'), '');
    await writeFile(join(path, `.${a}.1.tmp`), '');
    expect(await folder.names()).toEqual([a, b, c]);
  });

  it('leaves no half-written file behind', async () => {
    const { name, bytes } = folder.file(await packed('r', 1));
    await rm(path, { recursive: true });
    await expect(folder.write(name, bytes)).rejects.toThrow('ENOENT');
    await folder.make();
    await folder.write(name, bytes);
    expect(await readdir(path)).toEqual([name]);
  });

  it('reads what it wrote, and nothing that was changed', async () => {
    const name = await put('eu-west-1', 1);
    expect((await folder.read(name))?.header.sequence).toBe(1);
    const bytes = await readFile(join(path, name));
    await writeFile(join(path, name), bytes.with(bytes.length - 1, 0x77));
    await expect(folder.read(name)).rejects.toThrow('the signature does not fit');
  });

  it('reads files that an earlier token signed', async () => {
    const earlier = { publicId: 'earlierearly', secret: 'b'.repeat(52) };
    const { name, bytes } = new SnapshotFolder(path, earlier, now).file(await packed('r', 1));
    await folder.write(name, bytes);
    expect((await folder.read(name))?.header.token).toBe(earlier.publicId);
  });

  it('has no file that is gone', async () => {
    expect(await folder.read('gone.cloudpam')).toBeUndefined();
    expect(await folder.size('gone.cloudpam')).toBe(0);
  });

  it('puts a refused file aside with the reason', async () => {
    const name = await put('r', 1);
    await folder.refuse(name, 'invalid_snapshot: no');
    expect(await folder.names()).toEqual([]);
    expect(await readFile(join(path, 'refused', `${name}.reason.txt`), 'utf8')).toBe(
      'invalid_snapshot: no\n',
    );
    expect(await readdir(join(path, 'refused'))).toEqual([name, `${name}.reason.txt`]);
  });
});

describe('SinkDelivery', () => {
  it('makes the folder and writes a file for each scope', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'cloudpam-sink-')), 'new', 'folder');
    const sink = new SinkDelivery(new SnapshotFolder(path, goodSigner(), () => new Date(0)));
    await sink.catchUp();
    const files = [
      await sink.deliver(await packed('a', 1)),
      await sink.deliver(await packed('b', 2)),
    ].map((delivery) => (delivery.kind === 'written' ? delivery.file : delivery.kind));
    expect(await readdir(path)).toEqual(files);
    await rm(path, { recursive: true });
    expect(await sink.deliver(await packed('c', 3))).toMatchObject({
      kind: 'undelivered',
      code: 'ENOENT',
      fatal: true,
    });
  });
});
