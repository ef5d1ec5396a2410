import { Prepared, type Json } from '../prepared.fixture';

const SUBNETS = ['172.16.1.0/24', '172.16.2.0/24'];

describe('a decision that is a unit of work for each resource, under a key', () => {
  let server: Prepared;
  let ids: number[];
  beforeEach(async () => {
    server = await Prepared.open();
    await server.discover(SUBNETS);
    await server.discover([]);
    const { body } = await server.send('GET', '/discovery/resources?sync_status=orphaned');
    ids = (body['items'] as Json[]).map((each) => Number(each['id']));
  });
  afterEach(() => server.close());

  const release = (key: string, resourceIds = ids) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/discovery/decisions?mode=partial',
      headers: { authorization: `Bearer ${server.token}`, 'idempotency-key': key },
      payload: { decision: 'release', resource_ids: resourceIds },
    });

  it('is answered the same again, and the key takes nothing else', async () => {
    const first = await release('key', [...ids, 4711]);
    expect(first.json()).toMatchObject({ done: 2, refused: 1 });
    const again = await release('key', [...ids, 4711]);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
    expect((await release('key')).json()).toMatchObject({ code: 'idempotency_key_reused' });
    // Without the key it is asked anew.
    expect((await release('other')).json()).toMatchObject({ done: 0, refused: 2 });
  });
});
