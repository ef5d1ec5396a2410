import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Prepared } from '../prepared.fixture';

const MANIFEST = path.join(__dirname, '../../package.json');

describe('versions', () => {
  let server: Prepared;
  beforeAll(async () => {
    server = await Prepared.open();
  });
  afterAll(() => server.close());

  const deliver = (fields: object) =>
    server.send('POST', '/discovery', {
      run_id: crypto.randomUUID(),
      collector: { name: 'test', version: '9.0.0' },
      scopes: [
        {
          provider: 'aws',
          account: '111122223333',
          region: 'eu-central-1',
          coverage: 'complete',
          collected_at: '2026-01-01T00:00:00Z',
          networks: [],
          resources: [],
        },
      ],
      ...fields,
    });

  it('of the product, its Node and its database are told to whoever has a token', async () => {
    const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };
    const { body } = await server.send('GET', '/system');
    expect(body).toMatchObject({ version, node: process.versions.node, database: 'memory' });
  });

  it('are not told to who names a position that is none', async () => {
    for (const url of ['/api/v1/system', '/api/v1/me']) {
      const headers = { authorization: `Bearer ${server.token}`, 'x-cloudpam-position': 'none' };
      expect((await server.app.inject({ url, headers })).json()).toMatchObject({
        code: 'invalid_field',
      });
    }
  });

  it('of snapshots: this one is taken, and a later one refused with what to do', async () => {
    expect((await deliver({ format: 1 })).status).toBe(200);
    const { status, body } = await deliver({ format: 2, planets: [{ name: 'Mars' }] });
    expect([status, body]).toMatchObject([
      422,
      { code: 'snapshot_too_new', detail: expect.stringContaining('Update the server') as string },
    ]);
    expect((await deliver({ format: 0 })).status).toBe(400);
    expect((await deliver({ format: 'two' })).status).toBe(400);
  });
});
