import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { jetstreamManager, jetstream, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventually } from './eventually';
import { freePort } from './free-port';

const run = promisify(execFile);
const TLS = path.join(__dirname, '../fixtures/tls');
/** The CA of the platforms, of which no server knows by itself. */
const CA = path.join(TLS, 'server-ca.crt');
const [CERTIFICATE, KEY] = [path.join(TLS, 'server.crt'), path.join(TLS, 'server.key')];
/** Who may send. */
const USER = 'ipam';
const PASSWORD = 'a/b@c';
/** What is said in place of the password. */
const WRONG = 'wr0ng-one';

/** Any id of a cluster. */
const CLUSTER = 'MkU3OEVBNTcwNTJENDM2Qg';

/** A server that others wrote, on a port and over a folder of its own: it goes away and comes back. */
class Counterpart {
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    private readonly what: string,
    private readonly port: number,
    private readonly folder: string,
    private command: readonly [string, ...string[]],
  ) {}

  /** Starts it anew, with what it is started with from now on. */
  async restartWith(command: readonly [string, ...string[]]): Promise<void> {
    await this.stop();
    this.command = command;
    await this.start();
  }

  /** Starts it; resolves when it takes connections. */
  async start(): Promise<void> {
    const [program, ...args] = this.command;
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const note = (chunk: Buffer): void => {
      this.output = `${this.output}${chunk.toString()}`.slice(-10_000);
    };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    this.child = child;
    await eventually(`${this.what} to start`, async () => {
      if (child.exitCode !== null) throw new Error(`${this.what} did not start:\n${this.output}`);
      return isListening(this.port);
    });
  }

  /** Kills it. */
  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a server is told of a platform that it asks through TLS with a login. */
export interface Secured {
  readonly settings: Record<string, string>;
  /** The same with a password that is wrong. */
  readonly wrongPassword: Record<string, string>;
  /** Both passwords, which nobody may tell. */
  readonly secrets: readonly string[];
}

/** What a platform has got, and how it goes away and comes back. */
export interface Platform {
  /** What the server is told of it. */
  readonly settings: Record<string, string>;
  /** Has it asked through TLS from now on. Its CA is none that a server knows without `NODE_EXTRA_CA_CERTS`. */
  secure?(): Promise<Secured>;
  start(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
  /** The events that it has, in its order. */
  events(): Promise<readonly string[]>;
}

/** A real broker of Apache Kafka, in KRaft mode, with a topic of one partition; on another port through TLS. */
export async function openKafka(home: string): Promise<Platform> {
  const [port, secure, controller] = [await freePort(), await freePort(), await freePort()];
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-kafka-'));
  const properties = path.join(folder, 'server.properties');
  const keystore = path.join(folder, 'server.pem');
  // Kafka reads keys of PKCS #8 alone.
  const key = createPrivateKey(readFileSync(KEY)).export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(keystore, `${key.toString()}${readFileSync(CERTIFICATE, 'utf8')}`);
  const login = (mechanism: string, module: string, more: string): string =>
    `listener.name.sasl_ssl.${mechanism}.sasl.jaas.config=` +
    `org.apache.kafka.common.security.${module} required ${more};`;
  writeFileSync(
    properties,
    [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.voters=1@127.0.0.1:${controller}`,
      `listeners=PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${secure},CONTROLLER://127.0.0.1:${controller}`,
      `advertised.listeners=PLAINTEXT://127.0.0.1:${port},SASL_SSL://localhost:${secure}`,
      'controller.listener.names=CONTROLLER',
      'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL',
      'ssl.keystore.type=PEM',
      `ssl.keystore.location=${keystore}`,
      'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512',
      login('plain', 'plain.PlainLoginModule', `user_${USER}="${PASSWORD}"`),
      login('scram-sha-512', 'scram.ScramLoginModule', ''),
      `log.dirs=${path.join(folder, 'logs')}`,
      'auto.create.topics.enable=false',
      'offsets.topic.replication.factor=1',
      'offsets.topic.num.partitions=1',
      'group.initial.rebalance.delay.ms=0',
    ].join('\n'),
  );
  const java = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', `${home}/*`];
  await run('java', [
    ...java,
    'kafka.tools.StorageTool',
    ...['format', '-t', CLUSTER, '-c', properties],
    ...['--add-scram', `SCRAM-SHA-512=[name=${USER},password=${PASSWORD}]`],
  ]);
  const broker = new Counterpart('Kafka', port, folder, [
    'java',
    ...java,
    'kafka.Kafka',
    properties,
  ]);
  const topic = async (action: string): Promise<string> => {
    const script = path.join(__dirname, 'kafka-topic.mjs');
    const args = [script, action, `127.0.0.1:${port}`, 'ipam'];
    return (await run(process.execPath, args, { maxBuffer: 1e8, timeout: 30_000 })).stdout;
  };
  await broker.start();
  await topic('create');
  return {
    settings: { KAFKA_BROKERS: `127.0.0.1:${port}`, KAFKA_TOPIC: 'ipam' },
    secure: () => {
      const settings = {
        KAFKA_BROKERS: `localhost:${secure}`,
        KAFKA_TOPIC: 'ipam',
        KAFKA_TLS: 'true',
        KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
        KAFKA_USERNAME: USER,
        KAFKA_PASSWORD: PASSWORD,
        NODE_EXTRA_CA_CERTS: CA,
      };
      const wrongPassword = { ...settings, KAFKA_PASSWORD: WRONG };
      return Promise.resolve({ settings, wrongPassword, secrets: [PASSWORD, WRONG] });
    },
    start: () => broker.start(),
    stop: () => broker.stop(),
    remove: () => broker.remove(),
    events: async () =>
      (await topic('read'))
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const { key, value, headers } = JSON.parse(line) as {
            readonly key: string;
            readonly value: string;
            readonly headers: Record<string, string>;
          };
          expect(headers['content-type']).toBe('application/cloudevents+json; charset=UTF-8');
          expect(JSON.parse(value)).toMatchObject({ subject: key });
          return value;
        }),
  };
}

/** A real NATS server with a stream of what begins with `ipam.`. */
export async function openNats(home: string): Promise<Platform> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-nats-'));
  const command = [
    path.join(home, 'nats-server'),
    ...['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', folder],
    ...['--user', USER, '--pass', PASSWORD],
  ] as const;
  const server = new Counterpart('NATS', port, folder, command);
  let isSecure = false;
  const asked = async <T>(
    work: (manager: JetStreamManager, connection: NatsConnection) => Promise<T>,
  ): Promise<T> => {
    const connection = await connect({
      servers: `127.0.0.1:${port}`,
      user: USER,
      pass: PASSWORD,
      ...(isSecure && { tls: { caFile: CA } }),
    });
    try {
      return await work(await jetstreamManager(connection), connection);
    } finally {
      await connection.close();
    }
  };
  await server.start();
  await asked((manager) => manager.streams.add({ name: 'IPAM', subjects: ['ipam.>'] }));
  const settings = (scheme: string, password: string): Record<string, string> => ({
    NATS_URL: `${scheme}://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    NATS_SUBJECT: 'ipam',
    NATS_STREAM: 'IPAM',
  });
  return {
    settings: settings('nats', PASSWORD),
    secure: async () => {
      isSecure = true;
      await server.restartWith([...command, '--tls', '--tlscert', CERTIFICATE, '--tlskey', KEY]);
      const known = { NODE_EXTRA_CA_CERTS: CA };
      return {
        settings: { ...settings('tls', PASSWORD), ...known },
        wrongPassword: { ...settings('tls', WRONG), ...known },
        secrets: [PASSWORD, encodeURIComponent(PASSWORD), WRONG],
      };
    },
    start: () => server.start(),
    stop: () => server.stop(),
    remove: () => server.remove(),
    events: () =>
      asked(async (manager, connection) => {
        const { state } = await manager.streams.info('IPAM');
        const events: string[] = [];
        if (state.messages === 0) return events;
        const consumer = await jetstream(connection).consumers.get('IPAM');
        for await (const message of await consumer.fetch({ max_messages: state.messages })) {
          const text = message.string();
          const { type } = JSON.parse(text) as { readonly type: string };
          expect(`org.cloudpam.${message.subject.replace('ipam.', '')}.v1`).toBe(type);
          events.push(text);
        }
        return events;
      }),
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
