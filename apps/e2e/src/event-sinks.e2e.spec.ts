import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeWith, type CounterpartName } from './counterpart';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { openKafka, openNats, type Platform } from './open-brokers';
import { Moto } from './open-moto';
import { runCli } from './run-cli';
import { startServer, type Server } from './start-server';

const KEYS = { accessKeyId: 'any', secretAccessKey: 'any' };
const SOURCE = 'https://ipam.example.com';

interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: { readonly after: { readonly name?: string } | null };
}

/** A bucket of moto, behind a door that closes: moto itself keeps nothing. */
async function openBucket(home: string): Promise<Platform> {
  const moto = await Moto.open(home);
  const door = await openDoor(Number(new URL(moto.url).port));
  const client = new S3Client({
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: KEYS,
    forcePathStyle: true,
  });
  await client.send(new CreateBucketCommand({ Bucket: 'ipam' }));
  return {
    settings: {
      EVENTS_S3_BUCKET: 'ipam',
      EVENTS_S3_PREFIX: 'log/a',
      EVENTS_S3_ENDPOINT: `http://127.0.0.1:${door.port}`,
      EVENTS_S3_INTERVAL: '1s',
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    start: () => door.open(),
    stop: () => door.close(),
    remove: async () => {
      client.destroy();
      await door.close();
      await moto.close();
    },
    events: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'ipam' }));
      const files = await Promise.all(
        Contents.map(async ({ Key = '' }) => {
          expect(Key).toMatch(/^log\/a\/\d{4}\/\d\d\/\d\d\/\d\d\/\d{16}\.jsonl$/);
          const { Body } = await client.send(new GetObjectCommand({ Bucket: 'ipam', Key }));
          return [path.basename(Key), (await Body?.transformToString()) ?? ''] as const;
        }),
      );
      // By their first event.
      files.sort(([a], [b]) => (a < b ? -1 : 1));
      return files.flatMap(([, text]) => text.trimEnd().split('\n'));
    },
  };
}

/** A port that leads to another one while it is open. */
async function openDoor(
  to: number,
): Promise<{ readonly port: number; open(): Promise<void>; close(): Promise<void> }> {
  const port = await freePort();
  const sockets = new Set<net.Socket>();
  const server = net.createServer((from) => {
    const on = net.connect(to, '127.0.0.1');
    for (const each of [from, on]) {
      sockets.add(each);
      each.on('error', () => undefined);
      each.on('close', () => (from.destroy(), on.destroy(), sockets.delete(each)));
    }
    from.pipe(on).pipe(from);
  });
  const door = {
    port,
    open: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const each of sockets) each.destroy();
      await closed;
    },
  };
  await door.open();
  return door;
}

/** A platform that gets the events of a log, whoever dies. */
function sinkSuite(
  name: CounterpartName,
  title: string,
  open: (home: string) => Promise<Platform>,
) {
  describeWith(name, `events of the log to ${title}`, (home) => {
    let folder: string;
    let platform: Platform;
    let server: Server;
    const database = (): string => `sqlite:${path.join(folder, 'db.sqlite')}`;
    const start = async (settings = platform.settings): Promise<void> => {
      server = await startServer(database(), { PUBLIC_URL: SOURCE, ...settings });
    };
    const examined = async (settings: Record<string, string>): Promise<string> => {
      const told = await runCli({ DATABASE_URL: database(), ...settings }, ['doctor']);
      return told.output + told.errors;
    };
    const create = async (from: number, to: number): Promise<void> => {
      for (let at = from; at <= to; at++)
        await server.api.expect(
          201,
          server.api.post('/pools', { name: `pool ${at}`, cidr: `10.${at}.0.0/16` }),
        );
    };
    const told = async (): Promise<CloudEvent[]> =>
      (await platform.events()).map((text) => JSON.parse(text) as CloudEvent);
    /** Waits until the platform has pools up to a number. */
    const untilThere = async (last: number): Promise<CloudEvent[]> => {
      let events: CloudEvent[] = [];
      await eventually(`pool ${last} in ${title}`, async () => {
        events = await told();
        return events.some(({ data }) => data.after?.name === `pool ${last}`);
      });
      return events;
    };

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-sinks-'));
      platform = await open(home);
      await start();
    });
    afterAll(async () => {
      await server.stop();
      await platform.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    it('come in order, all of them, also after the platform was away and the server was killed', async () => {
      await create(1, 20);
      await untilThere(20);
      await platform.stop();
      await create(21, 40);
      await server.kill();
      await start();
      await create(41, 50);
      await platform.start();
      await untilThere(50);
      // In the middle of what it sends.
      await create(51, 80);
      await server.kill();
      await start();
      const events = await untilThere(80);
      expect(new Set(events.map(({ source }) => source))).toEqual(new Set([SOURCE]));
      const seqs = events.map(({ id }) => Number(id));
      const once = [...new Set(seqs)];
      // What came twice is the same; the first of each is in the order of the log, without a gap.
      expect(once).toEqual(once.map((_, at) => at + 1));
      const pools = once.map((seq) => events.find(({ id }) => id === String(seq)));
      expect(
        pools.flatMap((event) =>
          event?.type === 'org.cloudpam.pool.create.v1' ? [event.data.after?.name] : [],
        ),
      ).toEqual(Array.from({ length: 80 }, (_, at) => `pool ${at + 1}`));
    }, 240_000);

    // A bucket is asked over HTTPS with signed requests, by the SDK of AWS.
    if (name === 'moto') return;
    it('come through TLS with a login, and nothing is lost while one of both is wrong', async () => {
      const { settings, wrongPassword, secrets } = (await platform.secure?.()) ?? never();
      const { NODE_EXTRA_CA_CERTS: _, ...unknown } = settings;
      let said = '';
      let last = 80;
      for (const [wrong, why] of [
        [unknown, /certificate/],
        [wrongPassword, /[Aa]uth/],
      ] as const) {
        await server.stop();
        await start(wrong);
        const [doctor] = await Promise.all([examined(wrong), create(++last, last)]);
        expect(doctor).toMatch(new RegExp(`fault +${name} +.*takes no events: .*${why.source}`));
        await eventually('the server to say why', async () =>
          new RegExp(`failed, it will be tried again: .*${why.source}`).test(server.output()),
        );
        said += server.output() + doctor;
      }
      await server.stop();
      await start(settings);
      // The doctor by the other mechanism of the broker.
      const [doctor, events] = await Promise.all([
        examined({ ...settings, KAFKA_SASL_MECHANISM: 'PLAIN' }),
        untilThere(last),
      ]);
      expect(doctor).toMatch(new RegExp(`ok +${name} +.* answers`));
      const ids = new Set(events.map(({ id }) => Number(id)));
      expect([...ids]).toEqual(Array.from(ids, (_, at) => at + 1));
      said += server.output() + doctor;
      expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    }, 120_000);
  });
}

function never(): never {
  throw new Error('this platform is not asked through TLS');
}

sinkSuite('kafka', 'Kafka', openKafka);
sinkSuite('nats', 'NATS', openNats);
sinkSuite('moto', 'a bucket of S3', openBucket);
