import path from 'node:path';
import { eventually } from '../eventually';
import { freePort } from '../free-port';
import { startServer, type Server } from '../start-server';
import { SQLITE, type Database } from '../storages';
import { OtlpReceiver } from './otlp-receiver';

const LIST = 'GET /api/v1/pools';
const SEND_AT_ONCE = { OTEL_BSP_SCHEDULE_DELAY: '20' };
const TOLD = 'Traces cannot be sent';

describe('sending traces', () => {
  let database: Database;
  let receiver: OtlpReceiver;
  let server: Server | undefined;

  beforeEach(async () => {
    [database, receiver] = await Promise.all([SQLITE.open(), OtlpReceiver.start()]);
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await Promise.all([receiver.stop(), database.remove()]);
  });

  /** Starts a server that sends JSON to the receiver, or as it is told. */
  async function start(settings: Record<string, string> = {}): Promise<Server> {
    server = await startServer(database.url, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TIMEOUT: '200',
      ...settings,
    });
    return server;
  }
  const list = async ({ api }: Server): Promise<number> => (await api.get('/pools')).status;
  const timesTold = ({ output }: Server): number => output().split(TOLD).length - 1;

  it.each(['fails', 'hangs'] as const)(
    'is told once when the receiver %s, and goes on when it is well',
    async (manner) => {
      const started = await start(SEND_AT_ONCE);
      receiver.manner = manner;
      await eventually('several attempts', async () => {
        expect(await list(started)).toBe(200);
        return receiver.deliveries.length > 3 && timesTold(started) > 0;
      });
      expect(timesTold(started)).toBe(1);
      receiver.manner = 'takes';
      const lost = receiver.deliveries.length;
      await eventually('spans', async () => {
        expect(await list(started)).toBe(200);
        return receiver.deliveries.length > lost;
      });
      expect(await started.stop()).toBe(0);
    },
  );

  it('a receiver that is not there disturbs nobody', async () => {
    const started = await start({
      ...SEND_AT_ONCE,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    });
    await eventually('that it is told', async () => {
      expect(await list(started)).toBe(200);
      return timesTold(started) === 1;
    });
    expect(await started.stop()).toBe(0);
  });

  it('the last spans are sent when the server ends', async () => {
    const started = await start({ OTEL_BSP_SCHEDULE_DELAY: '3600000' });
    await list(started);
    expect(receiver.deliveries).toEqual([]);
    expect(await started.stop()).toBe(0);
    expect(receiver.spans.map(({ name }) => name)).toContain(LIST);
  });

  it('a receiver that hangs does not keep the server from ending', async () => {
    receiver.manner = 'hangs';
    const started = await start({
      OTEL_BSP_SCHEDULE_DELAY: '3600000',
      OTEL_EXPORTER_OTLP_TIMEOUT: '3600000',
      SHUTDOWN_TIMEOUT: '1s',
    });
    await list(started);
    expect(await started.stop()).toBe(0);
    expect(receiver.deliveries).toHaveLength(1);
  });

  it('is Protobuf when nothing else is said', async () => {
    const started = await start({ ...SEND_AT_ONCE, OTEL_EXPORTER_OTLP_PROTOCOL: '' });
    await list(started);
    await eventually('the request', () => Promise.resolve(receiver.found([LIST]).length === 1));
    expect(receiver.deliveries[0]).toMatchObject({
      path: '/v1/traces',
      headers: { 'content-type': 'application/x-protobuf' },
    });
    expect(receiver.found(['ReadPools.list', 'SELECT pool'])).toHaveLength(2);
  });

  it('keeps what the sampler says', async () => {
    const started = await start({ ...SEND_AT_ONCE, OTEL_TRACES_SAMPLER: 'always_off' });
    await list(started);
    expect(await started.stop()).toBe(0);
    expect(receiver.deliveries).toEqual([]);
  });

  it('each worker sends its own', async () => {
    const started = await start({ ...SEND_AT_ONCE, CLOUDPAM_WORKERS: '2' });
    await eventually('spans of both', async () => {
      await fetch(`${started.url}/healthz`, { headers: { connection: 'close' } });
      const workers = new Set(
        receiver.spans.map(({ resource }) => resource['service.instance.id']),
      );
      return workers.size === 2;
    });
  });

  describe('what is loaded', () => {
    const tells = { NODE_OPTIONS: `-r ${path.join(__dirname, 'tell-telemetry.cjs')}` };
    /** Runs a server until it has answered, and gives the packages of OpenTelemetry that it had. */
    async function loaded(settings: Record<string, string>): Promise<string[]> {
      const started = await start({ ...tells, ...settings });
      await list(started);
      await started.stop();
      const [, names = ''] = /^\[telemetry\] (.*)$/m.exec(started.output()) ?? [];
      return names.split(' ');
    }
    // prom-client brings it, and nothing of it does anything.
    const NOTHING = ['@opentelemetry/api'];

    it.each([
      [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
      [{ OTEL_SDK_DISABLED: 'true' }],
      [{ OTEL_TRACES_EXPORTER: 'none' }],
    ])('is nothing with %j', async (settings) => {
      expect(await loaded(settings)).toEqual(NOTHING);
      expect(receiver.deliveries).toEqual([]);
    });

    it('is the SDK with an endpoint', async () => {
      expect(await loaded({})).toEqual(expect.arrayContaining(['@opentelemetry/sdk-trace-base']));
    });
  });
});
