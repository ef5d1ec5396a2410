import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GOOD_TOKEN,
  problem,
  startDiscoveryDouble,
  type DiscoveryDouble,
  type Posted,
  type Reply,
} from '../testing/discovery-double';
import { goodSigner, packed, runNumber } from '../testing/packed.fixture';
import { SnapshotFolder } from './snapshot-folder';
import { Spool } from './spool';
import { SpoolingDelivery } from './spooling-delivery';

const AWAY = problem(503, 'starting', 'not yet');

describe('SpoolingDelivery', () => {
  let folder: string;
  let double: DiscoveryDouble;
  let time: number;
  let waits: number;
  let logs: string[];
  /** What the server says to a region; nothing: it accepts. */
  let answers: { [region: string]: Reply | undefined };
  /** Answers everything. */
  let always: Reply | undefined;
  const never = new AbortController().signal;

  beforeEach(async () => {
    [folder, time, waits, logs, answers, always] = [
      await mkdtemp(join(tmpdir(), 'cloudpam-spool-')),
      0,
      0,
      [],
      {},
      undefined,
    ];
    double = await startDiscoveryDouble(({ scope }: Posted) => always ?? answers[scope.region]);
  });
  afterEach(async () => {
    await double.close();
    await rm(folder, { recursive: true });
  });

  /** A new process over the same folder. */
  function delivery(limitBytes = 1_000_000): SpoolingDelivery {
    const now = (): Date => new Date(time);
    const spool = new Spool(new SnapshotFolder(folder, goodSigner(), now), limitBytes);
    const patience = { attempts: 3, random: () => 0, wait: async () => void waits++ };
    const target = { server: double.url, token: GOOD_TOKEN, dryRun: false };
    return new SpoolingDelivery(
      spool,
      target,
      patience,
      () => time,
      (text) => logs.push(text),
    );
  }
  const posted = (): string[] =>
    double.posts.map(({ headers }) => String(headers['idempotency-key']));
  const key = (sequence: number, run = 1): string => `${runNumber(run).runId}:${sequence}`;
  const files = async (): Promise<string[]> =>
    (await readdir(folder))
      .filter((name) => name.endsWith('.cloudpam'))
      .map((name) => name.slice(-'000001.cloudpam'.length, -'.cloudpam'.length));

  it('keeps what the server cannot take, and delivers it in order before anything newer', async () => {
    const to = delivery();
    await to.catchUp(never);
    always = AWAY;
    expect(await to.deliver(await packed('a', 1), never)).toEqual({
      kind: 'spooled',
      code: 'starting',
      detail: 'not yet',
    });
    expect(await to.deliver(await packed('b', 2), never)).toMatchObject({ kind: 'spooled' });
    expect(await files()).toEqual(['000001', '000002']);
    always = undefined;
    time += 10_000;
    const before = double.posts.length;
    expect(await to.deliver(await packed('a', 3), never)).toMatchObject({ kind: 'accepted' });
    expect(posted().slice(before)).toEqual([key(1), key(2), key(3)]);
    expect(await files()).toEqual([]);
  });

  it('tries with patience once, then with one try at a time, not all the time', async () => {
    const to = delivery();
    always = AWAY;
    await to.deliver(await packed('a', 1), never);
    expect([double.posts.length, waits]).toEqual([3, 2]);
    for (const sequence of [2, 3, 4]) await to.deliver(await packed('a', sequence), never);
    expect(double.posts).toHaveLength(3);
    time += 10_000;
    await to.deliver(await packed('a', 5), never);
    expect(double.posts).toHaveLength(4);
    expect(await files()).toHaveLength(5);
  });

  it('a new process finds what a killed one has left', async () => {
    always = AWAY;
    await delivery().deliver(await packed('a', 1), never);
    await delivery().deliver(await packed('a', 1, 2), never);
    always = undefined;
    const before = double.posts.length;
    await delivery().catchUp(never);
    expect(posted().slice(before)).toEqual([key(1, 1), key(1, 2)]);
    expect(await files()).toEqual([]);
    expect(logs).toEqual(['spool: 2 snapshots delivered, 0 refused, 0 wait']);
  });

  it('removes what a killed process left half-written', async () => {
    await writeFile(join(folder, '.20260101T010000000Z-x-000001.cloudpam.1.tmp'), '{"form');
    await delivery().catchUp(never);
    expect(await readdir(folder)).toEqual([]);
    expect(double.posts).toEqual([]);
  });

  it('delivers with the same key and bytes however often it tries', async () => {
    const to = delivery();
    always = AWAY;
    await to.deliver(await packed('a', 1), never);
    always = undefined;
    expect(await to.finish(runNumber(1), never)).toMatchObject({ waiting: 0 });
    expect(new Set(posted())).toEqual(new Set([key(1)]));
    expect(new Set(double.posts.map(({ scope }) => JSON.stringify(scope))).size).toBe(1);
  });

  it('tells at the end of a run what became of the scopes that it spooled', async () => {
    const to = delivery();
    always = AWAY;
    await to.deliver(await packed('a', 1), never);
    await to.deliver(await packed('b', 2), never);
    [always, answers] = [undefined, { a: problem(400, 'invalid_snapshot', 'no') }];
    const { waiting, settled } = await to.finish(runNumber(1), never);
    expect(waiting).toBe(0);
    expect([...settled].map(([sequence, { kind }]) => [sequence, kind])).toEqual([
      [1, 'refused'],
      [2, 'accepted'],
    ]);
    expect((await to.finish(runNumber(1), never)).settled.size).toBe(0);
  });

  it('says at the end how many wait', async () => {
    const to = delivery();
    always = AWAY;
    await to.deliver(await packed('a', 1), never);
    expect(await to.finish(runNumber(1), never)).toEqual({ waiting: 1, settled: new Map() });
  });

  it.each([
    ['is stale', problem(409, 'stale_snapshot', 'a later one was applied'), []],
    ['is refused', problem(400, 'invalid_snapshot', 'the CIDR is none'), ['reason']],
  ])('takes a file that %s out of the spool', async (_title, answer, refused) => {
    always = AWAY;
    await delivery().deliver(await packed('a', 1), never);
    always = answer;
    await delivery().catchUp(never);
    expect(await files()).toEqual([]);
    const aside = await readdir(join(folder, 'refused')).catch(() => []);
    expect(aside.filter((name) => name.endsWith('.reason.txt')).map(() => 'reason')).toEqual(
      refused,
    );
    for (const name of aside.filter((each) => each.endsWith('.txt')))
      expect(await readFile(join(folder, 'refused', name), 'utf8')).toBe(
        'invalid_snapshot: the CIDR is none\n',
      );
  });

  it('puts a damaged file aside, and goes on with the next', async () => {
    always = AWAY;
    await delivery().deliver(await packed('a', 1), never);
    await delivery().deliver(await packed('b', 2), never);
    const [first = ''] = (await readdir(folder)).sort();
    await writeFile(join(folder, first), '{"format":"cloudpam-sna');
    always = undefined;
    const before = double.posts.length;
    await delivery().catchUp(never);
    expect(posted().slice(before)).toEqual([key(2)]);
    expect(await readFile(join(folder, 'refused', `${first}.reason.txt`), 'utf8')).toBe(
      'truncated: the file ends within its header\n',
    );
  });

  it('a file that the token may not post holds back its scope only', async () => {
    always = AWAY;
    for (const [region, run] of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
    ] as const)
      await delivery().deliver(await packed(region, region === 'a' ? 1 : 2, run), never);
    [always, answers] = [undefined, { a: problem(403, 'forbidden', 'no') }];
    const before = double.posts.length;
    const to = delivery();
    await to.catchUp(never);
    expect(posted().slice(before)).toEqual([key(1), key(2)]);
    expect(await files()).toEqual(['000001', '000001']);
    expect(await to.deliver(await packed('a', 1, 3), never)).toMatchObject({
      kind: 'spooled',
      code: 'older_waits',
    });
    expect(await to.deliver(await packed('c', 2, 3), never)).toMatchObject({ kind: 'accepted' });
  });

  it('does not keep a scope that the token may not post', async () => {
    always = problem(403, 'forbidden', 'no');
    expect(await delivery().deliver(await packed('a', 1), never)).toMatchObject({
      kind: 'undelivered',
      code: 'forbidden',
      fatal: false,
    });
    expect(await files()).toEqual([]);
  });

  it('drops the oldest file of a scope that has a newer one when the spool is full', async () => {
    always = AWAY;
    const size = (await packed('a', 1)).payload.length + 330;
    const to = delivery(size * 3);
    for (const [region, run] of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
    ] as const)
      await to.deliver(await packed(region, region === 'a' ? 1 : 2, run), never);
    expect(await files()).toHaveLength(3);
    // Another process, which must look into the files to know their scopes.
    const later = delivery(size * 3);
    await later.catchUp(never);
    expect(await later.deliver(await packed('c', 3, 2), never)).toMatchObject({ kind: 'spooled' });
    expect((await readdir(folder)).sort().map((name) => name.slice(0, 11))).toEqual([
      '20260101T01',
      '20260101T02',
      '20260101T02',
    ]);
    expect(await files()).toEqual(['000002', '000001', '000003']);
    expect(await later.deliver(await packed('b', 1, 3), never)).toMatchObject({ kind: 'spooled' });
    expect(await files()).toEqual(['000001', '000003', '000001']);
    expect(await later.deliver(await packed('d', 2, 3), never)).toMatchObject({
      kind: 'undelivered',
      code: 'spool_full',
      fatal: false,
    });
    expect(await files()).toHaveLength(3);
  });

  it('drops no part of a listing for another part of it, and all of them for a newer listing', async () => {
    always = AWAY;
    const part = (number: number, run: number, region = 'a') =>
      packed(region, number, run, 'a', { number, last: number === 3 });
    const size = (await part(1, 1)).payload.length + 330;
    const to = delivery(size * 2);
    await to.deliver(await part(1, 1), never);
    await to.deliver(await part(2, 1), never);
    expect(await to.deliver(await part(3, 1), never)).toMatchObject({
      kind: 'undelivered',
      code: 'spool_full',
    });
    expect(await files()).toEqual(['000001', '000002']);
    for (const number of [1, 2])
      expect(await to.deliver(await part(number, 2), never)).toMatchObject({ kind: 'spooled' });
    expect((await readdir(folder)).sort().map((name) => name.slice(0, 11))).toEqual([
      '20260101T02',
      '20260101T02',
    ]);
  });

  it('keeps the scope that was read when the collector is stopped while the server is away', async () => {
    const stop = new AbortController();
    double = (await double.close(), await startDiscoveryDouble(() => (stop.abort(), AWAY)));
    expect(await delivery().deliver(await packed('a', 1), stop.signal)).toMatchObject({
      kind: 'spooled',
    });
    expect(double.posts).toHaveLength(1);
    expect(await files()).toEqual(['000001']);
  });

  it('says so when the spool cannot be written', async () => {
    always = AWAY;
    const to = delivery();
    await rm(folder, { recursive: true });
    expect(await to.deliver(await packed('a', 1), never)).toMatchObject({
      kind: 'undelivered',
      code: 'spool_failed',
      detail: expect.stringContaining('ENOENT'),
      fatal: true,
    });
    await writeFile(folder, 'not a folder');
    await expect(delivery().catchUp(never)).rejects.toThrow('EEXIST');
  });

  it('many scopes at once wait for one delivery of the spool', async () => {
    always = AWAY;
    for (const sequence of [1, 2, 3])
      await delivery().deliver(await packed(`r${sequence}`, sequence), never);
    always = undefined;
    const to = delivery();
    await to.catchUp(AbortSignal.abort());
    const before = double.posts.length;
    const snapshots = await Promise.all(
      [4, 5, 6, 7].map((sequence) => packed(`r${sequence}`, sequence)),
    );
    await Promise.all(snapshots.map((snapshot) => to.deliver(snapshot, never)));
    expect(posted().slice(before, before + 3)).toEqual([key(1), key(2), key(3)]);
    expect(
      posted()
        .slice(before + 3)
        .sort(),
    ).toEqual([key(4), key(5), key(6), key(7)]);
  });
});
