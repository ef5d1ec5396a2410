import { Prepared, type Json } from '../prepared.fixture';
import { STORAGES } from './storages.fixture';

/** Stands in the name of everything that the limited must not see. */
const HIDDEN = 'hidden-from-them';

describe.each(STORAGES)(
  'what is hidden from an editor limited to an account, on $name,',
  (kind) => {
    const open = kind.register();
    let server: Prepared;
    let as: string;
    let mine: number;
    let theirs: number;
    beforeEach(async () => {
      server = await Prepared.open(undefined, await open());
      mine = await server.account('auto');
      theirs = await server.made('/accounts', {
        name: HIDDEN,
        provider: 'aws',
        external_id: '222222222222',
      });
      const { body } = await server.send('POST', '/tokens', {
        name: 'limited',
        role: 'editor',
        accounts: ['aws:111111111111'],
      });
      as = String(body['secret']);
    });
    afterEach(() => server.close());

    const own = (cidr: string, more: Json = {}): Promise<number> =>
      server.pool(cidr, { account_id: mine, ...more });
    const other = (cidr: string, more: Json = {}): Promise<number> =>
      server.made('/pools', { name: HIDDEN, cidr, account_id: theirs, ...more });
    const outcome = async (method: string, url: string, body?: Json): Promise<unknown[]> => {
      const answer = await server.send(method, url, body, as);
      expect([url, body, JSON.stringify(answer.body)]).toEqual([
        url,
        body,
        expect.not.stringContaining(HIDDEN),
      ]);
      return [answer.status, answer.body['code']];
    };
    const beyond = [403, 'outside_limits'];

    it('gets no other parent and no other rules by what they do with pools around it', async () => {
      const around = await own('10.1.0.0/16', { rules: { max_prefix_length: 28 } });
      const left = await own('10.2.0.0/17');
      const right = await own('10.2.128.0/17');
      const hidden = [
        await other('10.1.1.0/24'),
        await other('10.2.1.0/24'),
        await other('10.9.1.0/24'),
      ];
      const before = await Promise.all(
        hidden.map(async (id) => (await server.send('GET', `/pools/${id}`)).body),
      );
      for (const dry of ['', 'dry_run=true']) {
        const tried: [string, string, Json | undefined][] = [
          ['POST', '/pools?', { name: 'x', cidr: '10.9.0.0/16', account_id: mine }],
          [
            'POST',
            '/pools/bulk?mode=partial&',
            { items: [{ name: 'x', cidr: '10.9.0.0/16', account_id: mine }] },
          ],
          ['POST', `/pools/${right}/move?`, { cidr: '10.9.0.0/17' }],
          ['PATCH', `/pools/${right}?`, { cidr: '10.9.0.0/16' }],
          ['PATCH', `/pools/${around}?`, { rules: { max_prefix_length: 20 } }],
          ['PATCH', `/pools/${around}?`, { rules: null }],
          ['DELETE', `/pools/${around}?`, undefined],
          ['DELETE', `/pools/${around}?cascade=true&`, undefined],
          ['POST', `/pools/${around}/split?`, { prefix_length: 17 }],
          ['POST', `/pools/${around}/move?`, { cidr: '10.5.0.0/16', with_children: true }],
          ['POST', '/pools/merge?', { pool_ids: [left, right] }],
        ];
        for (const [method, url, body] of tried)
          expect([method, url, await outcome(method, `${url}${dry}`, body)]).toEqual([
            method,
            url,
            beyond,
          ]);
      }
      expect(
        await Promise.all(
          hidden.map(async (id) => (await server.send('GET', `/pools/${id}`)).body),
        ),
      ).toEqual(before);
      // What leaves the hidden pools where they are is theirs to do.
      expect(
        await outcome('PATCH', `/pools/${around}`, { name: 'renamed', cidr: '10.0.0.0/15' }),
      ).toEqual([200, undefined]);
      expect(await outcome('DELETE', `/pools/${right}`)).toEqual([200, undefined]);
    });

    it('is in no answer to a decision about what they see, tried or done', async () => {
      await other('172.16.1.0/24', { kind: 'reservation' });
      await other('172.16.0.0/15', { kind: 'container', rules: { required_tags: [HIDDEN] } });
      await server.discover(['172.16.1.0/24', '172.16.2.0/24']);
      const read = (await server.send('GET', '/discovery/resources', undefined, as)).body[
        'items'
      ] as Json[];
      expect(read.some((each) => each['conflict'] !== '')).toBe(true);
      expect(JSON.stringify(read)).not.toContain(HIDDEN);
      expect(JSON.stringify((await server.send('GET', '/discovery/resources')).body)).toContain(
        HIDDEN,
      );
      const reasons = [
        'id',
        'pool_id',
        'overlap_reason',
        'management_reason',
        'sync_reason',
        'conflict',
        'compliance',
        'explained_by',
      ];
      const same = (resource: Json): unknown => reasons.map((name) => resource[name]);
      for (const query of ['?dry_run=true', '']) {
        for (const resource of read) {
          const { status, body } = await server.send(
            'POST',
            `/discovery/resources/${String(resource['id'])}/restore${query}`,
            {},
            as,
          );
          expect([status, same(body)]).toEqual([200, same(resource)]);
        }
        for (const decision of [
          'import',
          'approve',
          'reject',
          'adopt',
          'release',
          'ignore',
          'restore',
        ]) {
          for (const resource of read)
            await outcome(
              'POST',
              `/discovery/resources/${String(resource['id'])}/${decision}${query}`,
              {},
            );
          const many = { decision, resource_ids: read.map(({ id }) => id) };
          await outcome(
            'POST',
            `/discovery/decisions${query === '' ? '?mode=partial' : `${query}&mode=partial`}`,
            many,
          );
        }
      }
    });

    it('answers by its id as what does not exist, in every place that takes ids', async () => {
      const around = await other('10.0.0.0/8');
      const pool = await own('10.1.0.0/16');
      const vrf = await server.made('/vrfs', { name: HIDDEN });
      await other('10.0.0.0/8', { vrf_id: vrf });
      const told = async (method: string, url: string, body?: Json): Promise<unknown> => {
        const answer = await server.send(method, url, body, as);
        const { request_id: _, instance: _instance, ...rest } = answer.body;
        return [answer.status, rest];
      };
      const plain = (value: unknown, id: number): string =>
        JSON.stringify(value).replaceAll(new RegExp(`(pool|VRF|account) ${id}\\b`, 'g'), '$1 ID');
      const places: [string, (id: number) => string, number, ((id: number) => Json)?][] = [
        ['GET', (id) => `/blocks?pools=${id}`, around],
        ['GET', (id) => `/pools?parent_id=${id}`, around],
        ['GET', (id) => `/pools?vrf_id=${id}`, vrf],
        ['GET', (id) => `/pools?account_id=${id}`, theirs],
        ['GET', (id) => `/blocks?accounts=${id}`, theirs],
        ['GET', (id) => `/discovery/resources?vrf_id=${id}`, vrf],
        ['GET', (id) => `/discovery/findings?account_id=${id}`, theirs],
        ['GET', (id) => `/discovery/jobs?account_id=${id}`, theirs],
        [
          'POST',
          () => '/pools',
          vrf,
          (id) => ({ name: 'x', cidr: '10.77.0.0/16', account_id: mine, vrf_id: id }),
        ],
        [
          'POST',
          () => '/pools/bulk',
          vrf,
          (id) => ({ items: [{ name: 'x', cidr: '10.77.0.0/16', account_id: mine, vrf_id: id }] }),
        ],
        ['PATCH', () => `/pools/${pool}`, vrf, (id) => ({ vrf_id: id })],
        ['POST', () => `/pools/${pool}/move`, vrf, (id) => ({ cidr: '10.7.0.0/16', vrf_id: id })],
        [
          'POST',
          () => `/pools/${pool}/move`,
          vrf,
          (id) => ({ cidr: '10.7.0.0/16', vrf_id: id, with_children: true }),
        ],
        [
          'POST',
          () => '/allocations',
          vrf,
          (id) => ({ name: 'x', prefix_length: 24, selector: { vrf_id: id } }),
        ],
        ['POST', () => '/discovery/trigger', theirs, (id) => ({ account_id: id })],
      ];
      for (const [method, url, id, body] of places) {
        const [hidden, unknown] = [
          await told(method, url(id), body?.(id)),
          await told(method, url(987_654), body?.(987_654)),
        ];
        expect([method, url(id), plain(hidden, id)]).toEqual([
          method,
          url(id),
          plain(unknown, 987_654),
        ]);
      }
      expect((await server.send('GET', '/vrfs', undefined, as)).body['items']).not.toContainEqual(
        expect.objectContaining({ name: HIDDEN }),
      );
      // Where answers name the place of what is seen, a hidden parent is none.
      expect(
        (await server.send('PATCH', `/pools/${pool}`, { name: 'renamed' }, as)).body,
      ).toMatchObject({ parent_id: null });
    });

    it('is told by the audit log no more than by the past: a pool is theirs from when it came to them', async () => {
      const id = await other('10.3.0.0/24', { description: HIDDEN });
      await server.send('PATCH', `/pools/${id}`, { name: `${HIDDEN}, renamed` });
      await server.send('PATCH', `/pools/${id}`, {
        name: 'ours',
        description: '',
        account_id: mine,
      });
      await server.send('PATCH', `/pools/${id}`, { name: 'ours, renamed' });
      const all = (
        await server.send('GET', `/audit?entity_type=pool&entity_id=${id}`, undefined, as)
      ).body['entries'] as Json[];
      expect(all.map(({ diff }) => diff)).toEqual([
        { before: { name: 'ours' }, after: { name: 'ours, renamed' } },
        {
          before: null,
          after: expect.objectContaining({
            name: 'ours',
            cidr: '10.3.0.0/24',
            account_id: mine,
          }) as unknown,
        },
      ]);
      for (const url of [
        '/audit',
        '/audit/export',
        '/audit/export?format=csv',
        `/pools/${id}/history`,
      ]) {
        const answer = await server.app.inject({
          url: `/api/v1${url}`,
          headers: { authorization: `Bearer ${as}` },
        });
        expect([url, answer.statusCode, answer.body]).toEqual([
          url,
          200,
          expect.not.stringContaining(HIDDEN),
        ]);
        expect(answer.body).toContain('ours, renamed');
      }
    });

    it('is told by the audit log up to when a pool left them, and of its leaving the side that is theirs', async () => {
      const id = await own('10.4.0.0/24', { name: 'ours' });
      await server.send('PATCH', `/pools/${id}`, { name: HIDDEN, account_id: theirs });
      await server.send('PATCH', `/pools/${id}`, { name: `${HIDDEN}, renamed` });
      const { body } = await server.send('GET', '/audit?entity_type=pool', undefined, as);
      const entries = (body['entries'] as Json[]).filter((each) => each['entity_id'] === `${id}`);
      const there = { vrf_id: 1, account_id: mine, cidr: '10.4.0.0/24', kind: 'container' };
      expect(entries.map((each) => [each['place'], each['former_place']])).toEqual([
        [there, null],
        [there, null],
      ]);
      expect(entries.map(({ diff }) => diff)).toEqual([
        {
          before: expect.objectContaining({ name: 'ours', account_id: mine }) as unknown,
          after: null,
        },
        { before: null, after: expect.objectContaining({ name: 'ours' }) as unknown },
      ]);
      expect(JSON.stringify(body)).not.toContain(HIDDEN);
    });

    it('is told of addresses and ranges that come and go as of pools: the side that is theirs', async () => {
      await own('10.7.0.0/24');
      const id = await server.made('/addresses', {
        name: HIDDEN,
        address: '10.7.0.1',
        account_id: theirs,
      });
      await server.send('PATCH', `/addresses/${id}`, { name: 'ours', account_id: mine });
      await server.send('PATCH', `/addresses/${id}`, { name: HIDDEN, account_id: theirs });
      const { body } = await server.send('GET', '/audit?entity_type=address', undefined, as);
      const facts = expect.objectContaining({
        name: 'ours',
        address: '10.7.0.1',
        account_id: mine,
      }) as unknown;
      expect((body['entries'] as Json[]).map(({ diff }) => diff)).toEqual([
        { before: facts, after: null },
        { before: null, after: facts },
      ]);
      expect(JSON.stringify(body)).not.toContain(HIDDEN);
    });

    it('is not named by the findings of what they see, as the log tells them', async () => {
      await server.tellFindings();
      await other('172.16.3.0/24', { kind: 'vpc' });
      await server.discover(['172.16.3.0/25']);
      await server.tellFindings();
      const url = '/audit?action=finding.open';
      const { body } = await server.send('GET', url);
      expect(JSON.stringify(body)).toContain(HIDDEN);
      const seen = (await server.send('GET', url, undefined, as)).body;
      expect(JSON.stringify(seen)).not.toContain(HIDDEN);
      const facts = (seen['entries'] as { diff: { after: Json } }[]).map(({ diff }) => diff.after);
      expect(facts.length).toBe((body['entries'] as Json[]).length);
      expect(facts).toContainEqual({
        ...{ type: 'conflict', severity: 'critical', subject: 'resource', name: '' },
        ...{ subject_id: expect.any(Number) as unknown, cidr: '172.16.0.0/16' },
        region: 'eu-west-1',
      });
    });

    it('is not found by its name', async () => {
      await own('10.5.0.0/24', { name: 'ours' });
      await other('10.6.0.0/24');
      const found = async (url: string, token?: string): Promise<unknown> =>
        (await server.send('GET', url, undefined, token)).body['total'];
      for (const list of ['/pools', '/accounts']) {
        expect([list, await found(`${list}?name=${HIDDEN}`)]).toEqual([list, 1]);
        expect([list, await found(`${list}?name=${HIDDEN}`, as)]).toEqual([list, 0]);
      }
      expect(await found('/pools?name=ours', as)).toBe(1);
    });
  },
);
