import { Prepared, type Json } from '../prepared.fixture';
import { STORAGES } from './storages.fixture';

describe.each(STORAGES)('a collector limited to accounts, on $name,', (kind) => {
  const open = kind.register();
  let server: Prepared;
  beforeEach(async () => {
    server = await Prepared.open(undefined, await open());
  });
  afterEach(() => server.close());

  const collector = async (more: Json = {}): Promise<string> => {
    const { body } = await server.send('POST', '/tokens', {
      name: 'c',
      role: 'collector',
      accounts: ['aws:111111111111'],
      ...more,
    });
    return String(body['secret']);
  };
  /** A listing of account 111111111111 in which something belongs to another account. */
  const shared = (of: 'networks' | 'resources'): Json => {
    const listing = server.listing(['172.16.1.0/24']);
    const theirs = (all: unknown): Json[] =>
      (all as Json[]).map((each) => ({ ...each, owner_account: '222222222222' }));
    return {
      ...listing,
      scopes: (listing['scopes'] as Json[]).map((scope) => ({ ...scope, [of]: theirs(scope[of]) })),
    };
  };

  it.each(['networks', 'resources'] as const)(
    'reports no %s of other owners, without the permission for what is shared',
    async (of) => {
      for (const query of ['', '?dry_run=true']) {
        const { status, body } = await server.send(
          'POST',
          `/discovery${query}`,
          shared(of),
          await collector(),
        );
        expect([status, body['code']]).toEqual([403, 'forbidden']);
        expect(body['detail']).toContain('aws:222222222222');
      }
      for (const url of ['/accounts', '/pools', '/discovery/resources', '/discovery/networks']) {
        expect((await server.send('GET', url)).body).toMatchObject({ items: [] });
      }
      expect(
        (
          await server.send(
            'POST',
            '/discovery',
            server.listing(['172.16.1.0/24']),
            await collector(),
          )
        ).status,
      ).toBe(200);
      expect(
        (
          await server.send(
            'POST',
            '/discovery',
            shared(of),
            await collector({ shared_resources: true }),
          )
        ).status,
      ).toBe(200);
      const accounts = (await server.send('GET', '/accounts')).body['items'] as Json[];
      expect(accounts.map(({ key }) => key)).toContain('aws:222222222222');
    },
  );

  it('gets that permission explicitly, and only where it means something', async () => {
    const asked = async (body: Json): Promise<unknown[]> => {
      const answer = await server.send('POST', '/tokens', {
        name: 'x',
        shared_resources: true,
        ...body,
      });
      return [answer.status, answer.body['code'] ?? answer.body['shared_resources']];
    };
    expect(await asked({ role: 'collector', accounts: ['aws:1'] })).toEqual([201, true]);
    expect(await asked({ role: 'collector' })).toEqual([400, 'invalid_token_request']);
    expect(await asked({ role: 'editor', accounts: ['aws:1'] })).toEqual([
      400,
      'invalid_token_request',
    ]);
    expect((await server.send('GET', '/tokens')).body['items']).toContainEqual(
      expect.objectContaining({ name: 'x', shared_resources: true }),
    );
    expect((await server.entries())[0]?.diff.after).toMatchObject({
      shared_resources: true,
      accounts: ['aws:1'],
    });
  });
});
