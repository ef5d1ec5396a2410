import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BootstrapToken } from '@cloudpam/identity';
import { readConfig } from './config/config';
import { createApp } from './create-app';
import { PastTrees } from './pools/past-trees';
import { resetClocks, setClocks } from './testing/clocks';
import { memoryStorage } from './storage/storage';

const BACK = -3_600_000;

describe('a clock that is set back', () => {
  const storage = memoryStorage();
  let app: NestFastifyApplication;
  let token: string;
  const started = async (more: Record<string, string> = {}): Promise<NestFastifyApplication> => {
    const made = await createApp(
      readConfig({ DATABASE_URL: 'memory:', LOG_LEVEL: 'silent', ...more }),
      storage,
    );
    await made.init();
    await made.getHttpAdapter().getInstance().ready();
    return made;
  };
  const ask = async (url: string, at = app): Promise<number> =>
    (await at.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode;

  beforeAll(async () => {
    app = await started();
    token = (await app.get(BootstrapToken).execute(new Date(), undefined)) ?? '';
  });
  afterEach(resetClocks);
  afterAll(() => app.close());

  it('shuts no address out for longer that asked too often', async () => {
    const limited = await started({ RATE_LIMIT_RPS: '1' });
    const seen = [await ask('/api/v1/me', limited), await ask('/api/v1/me', limited)];
    setClocks({ ofDay: BACK, elapsed: 1_001 });
    expect([...seen, await ask('/api/v1/me', limited)]).toEqual([200, 429, 200]);
    await limited.close();
  });

  it('keeps no tree of the past for longer than a minute', async () => {
    const trees = new PastTrees(storage.unitOfWork);
    const then = new Date(Date.now() + 2 * BACK);
    const { signal } = new AbortController();
    const first = await trees.at(then, Date.now(), signal);
    expect(await trees.at(then, Date.now(), signal)).toBe(first);
    setClocks({ ofDay: BACK, elapsed: 60_001 });
    expect(await trees.at(then, Date.now(), signal)).not.toBe(first);
  });

  it('keeps no token alive that another server has revoked', async () => {
    expect(await ask('/api/v1/me')).toBe(200);
    await storage.unitOfWork.run((stores) => stores.tokens.revoke(1, new Date()));
    expect(await ask('/api/v1/me')).toBe(200);
    setClocks({ ofDay: BACK, elapsed: 3_001 });
    expect(await ask('/api/v1/me')).toBe(401);
  });
});
