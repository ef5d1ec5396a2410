import { isInScope, type AccessScope } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { INSTANCE, Prepared, type Json } from '../../prepared.fixture';
import type { Storage } from '../../storage/storage';
import type { Draw } from './draws.fixture';

/** Ids of one kind of thing, by whether the limited caller sees it. */
export interface Ids {
  readonly seen: readonly number[];
  readonly hidden: readonly number[];
}

export interface Estate {
  readonly server: Prepared;
  /** The token of the limited caller. */
  readonly as: string;
  readonly accessScope: AccessScope;
  /** What must stand in no answer to them. */
  readonly canaries: readonly string[];
  /** By the first part of the path below `/api/v1`. */
  readonly ids: Readonly<Record<string, Ids>>;
  readonly account: number;
  readonly hiddenAccount: number;
  /** The key of a hidden allocation. */
  readonly key: string;
}

interface Planned {
  readonly id: number;
  readonly cidr: string;
  account: number | null;
  readonly canaries: readonly string[];
}

const PLACES = [
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.2.0.0/16',
  '10.1.16.0/20',
  '10.2.32.0/20',
  '172.16.0.0/15',
  '172.16.7.0/24',
  '172.16.1.0/24',
];
const LISTS = [
  ['pools', '/pools'],
  ['addresses', '/addresses'],
  ['ranges', '/ranges'],
  ['accounts', '/accounts'],
  ['vrfs', '/vrfs'],
  ['vlan-groups', '/vlan-groups'],
  ['vlans', '/vlans'],
  ['resources', '/discovery/resources'],
  ['networks', '/discovery/networks'],
  ['jobs', '/discovery/jobs'],
] as const;

/**
 * A random estate of two accounts, with words of its own in everything, and a token that is limited
 * to a part of it.
 */
export async function estate(storage: Storage, draw: Draw): Promise<Estate> {
  const server = await Prepared.open(undefined, storage);
  let count = 0;
  const canary = (): string => `canary-${(count += 1)}-${draw.below(1e9)}-end`;
  const account = await server.account('auto');
  const hiddenAccount = canary();
  const [vrfName, vlanName, tenantReason, found, key] = [
    canary(),
    canary(),
    canary(),
    canary(),
    canary(),
  ];
  const always = [vrfName, vlanName, tenantReason];
  const kept = (): string => {
    const one = canary();
    always.push(one);
    return one;
  };
  const made = async (url: string, body: Json, reason: string): Promise<number> => {
    const answer = await server.send('POST', url, body, server.token, undefined, reason);
    if (answer.status > 202)
      throw new Error(`${url} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return Number((answer.body['items'] as Json[] | undefined)?.[0]?.['id'] ?? answer.body['id']);
  };
  const theirs = await made(
    '/accounts',
    { name: hiddenAccount, provider: 'aws', external_id: '222222222222' },
    tenantReason,
  );
  const vrf = await made('/vrfs', { name: vrfName, rd: '65000:77', description: kept() }, kept());
  const hiddenGroup = kept();
  await made(
    '/vlan-groups',
    { name: hiddenGroup, site: kept(), vid_ranges: '1-99', description: kept() },
    kept(),
  );
  const vlan = await made(
    '/vlans',
    { vid: 9, name: vlanName, group: hiddenGroup, description: kept() },
    kept(),
  );
  const pools: Planned[] = [];
  const plan = async (cidr: string, owner: number | null): Promise<void> => {
    const canaries = [canary(), canary(), canary(), canary(), canary(), canary()];
    const [name, description, tag, value, region, reason] = canaries;
    const rules = draw.below(3) === 0 ? { rules: { required_tags: [tag] } } : {};
    const body = {
      name,
      cidr,
      account_id: owner,
      description,
      region,
      tags: { [tag ?? '']: value },
      ...rules,
    };
    const answer = await server.send('POST', '/pools', body, server.token, undefined, reason);
    if (answer.status === 201)
      pools.push({ id: Number(answer.body['id']), cidr, account: owner, canaries });
  };
  const small = Array.from(
    { length: 6 },
    () => `10.${1 + draw.below(2)}.${16 * draw.below(4)}.${32 * draw.below(8)}/27`,
  );
  for (const cidr of new Set([...PLACES, ...small])) {
    // Planned for one account, used by the other: that is told in the reasons of resources.
    await plan(cidr, cidr === '172.16.1.0/24' ? theirs : draw.of([account, theirs, null]));
  }
  // The account of a group that is seen may be another one's; so may its other VLANs.
  await server.made('/vlan-groups', { name: 'shared', account_id: theirs });
  await made('/vlans', { vid: 11, name: kept(), group: 'shared' }, kept());
  const own = await server.made('/vlans', { vid: 10, name: 'own', group: 'shared' });
  await server.pool('192.168.0.0/24', { account_id: account, vlan_id: own, tags: { own: 'yes' } });
  await made(
    '/pools',
    {
      name: kept(),
      cidr: '10.0.0.0/8',
      vrf_id: vrf,
      account_id: theirs,
      vlan_id: vlan,
      tags: { [kept()]: kept() },
    },
    kept(),
  );
  const top = await made(
    '/pools',
    { name: kept(), cidr: '192.0.2.0/24', account_id: theirs, description: kept() },
    kept(),
  );
  await made(
    `/pools/${top}/allocations`,
    { name: kept(), prefix_length: 29, account_id: theirs, key },
    kept(),
  );
  const idempotencyKey = kept();
  await server.send('POST', '/vrfs', { name: kept() }, server.token, idempotencyKey, kept());
  always.push(key, '192.0.2.0/24', '192.0.2.0/29', '65000:77');
  await server.discover(['172.16.1.0/24', '172.16.2.0/24']);
  await discoverTheirs(server, found, kept);
  await server.send('POST', '/collectors/heartbeat', {
    instance: INSTANCE,
    name: kept(),
    version: '1',
    providers: ['aws'],
    accounts: ['aws:222222222222'],
    interval_seconds: null,
  });
  await made('/discovery/trigger', { account_id: theirs }, kept());
  await server.made('/discovery/trigger', { account_id: account });
  // Discovery has given pools of no account to the account that uses them.
  const now = (await server.send('GET', '/pools?page_size=500')).body['items'] as Json[];
  for (const pool of pools)
    pool.account = (now.find(({ id }) => id === pool.id)?.['account_id'] ?? null) as number | null;
  await server.foretell(now.map(({ id }) => Number(id)));
  const [byAccount, byPool] = draw.of([
    [true, false],
    [true, false],
    [false, true],
    [true, true],
  ]);
  const limit = draw.of(pools);
  const accessScope: AccessScope = {
    accountIds: byAccount ? [account] : null,
    under: byPool ? [{ vrfId: 1, cidr: parseCidr(limit.cidr), kind: 'container' }] : null,
  };
  const isSeen = ({
    cidr,
    account: accountId,
  }: {
    cidr: string;
    account: number | null;
  }): boolean =>
    isInScope(accessScope, { vrfId: 1, cidr: parseCidr(cidr), kind: 'container', accountId });
  const limits = {
    accounts: byAccount ? ['aws:111111111111'] : null,
    pools: byPool ? [limit.id] : null,
  };
  const as = String(
    (await server.send('POST', '/tokens', { name: 'limited', role: 'editor', ...limits })).body[
      'secret'
    ],
  );
  const addresses: Planned[] = [];
  for (const [at, block] of small.slice(0, 4).entries()) {
    const canaries = [canary(), canary(), canary(), canary(), `host-${count}.example`];
    const [name, description, tag, reason, dns] = canaries;
    const owner = draw.of([account, theirs, null]);
    const address = block.replace(/\d+\/27$/, String(32 * draw.below(8) + 5 + at));
    const body = { name, address, account_id: owner, description, dns_name: dns, tags: { a: tag } };
    const answer = await server.send('POST', '/addresses', body, server.token, undefined, reason);
    if (answer.status === 201) {
      const accountId = answer.body['account_id'] as number | null;
      const id = Number(answer.body['id']);
      addresses.push({ id, cidr: `${address}/32`, account: accountId, canaries });
    }
  }
  const ranges: Planned[] = [];
  for (const block of small.slice(0, 4)) {
    const words = [canary(), canary(), canary(), canary()];
    const [name, description, tag, reason] = words;
    const owner = draw.of([account, theirs, null]);
    const within = pools.find(({ cidr }) => cidr === block);
    const address = (host: number): string =>
      block.replace(/(\d+)\/27$/, (_, first: string) => String(Number(first) + host));
    const body = {
      ...{ name, description, account_id: owner, tags: { a: tag } },
      ...{ start_address: address(24), end_address: address(25), purpose: 'dhcp' },
    };
    const url = `/pools/${within?.id ?? 0}/ranges`;
    const answer = await server.send('POST', url, body, server.token, undefined, reason);
    if (answer.status === 201)
      ranges.push({
        id: Number(answer.body['id']),
        cidr: `${address(24)}/31`,
        account: answer.body['account_id'] as number | null,
        canaries: words,
      });
  }
  const ids = await idsOf(server, as);
  for (const record of ranges)
    expect([record, ids['ranges']?.seen.includes(record.id)]).toEqual([record, isSeen(record)]);
  for (const pool of pools)
    expect([pool, ids['pools']?.seen.includes(pool.id)]).toEqual([pool, isSeen(pool)]);
  const resources = await resourcesOf(server, as);
  if (!resources.some(({ external_id: id }) => id.includes(found))) always.push(found);
  if (ids['accounts']?.hidden.includes(theirs)) always.push(hiddenAccount);
  for (const record of addresses)
    expect([record, ids['addresses']?.seen.includes(record.id)]).toEqual([record, isSeen(record)]);
  const hidden = pools.filter((pool) => !isSeen(pool));
  // Addresses that something seen has, too, are told of that.
  const told = new Set([...pools.filter(isSeen), ...resources].map(({ cidr }) => cidr));
  const canaries = [
    ...always,
    ...[...hidden, ...[...addresses, ...ranges].filter((record) => !isSeen(record))].flatMap(
      ({ canaries: words }) => words,
    ),
    ...[...hidden, ...(await resourcesOf(server, server.token))]
      .map(({ cidr }) => cidr)
      .filter((cidr) => !told.has(cidr)),
  ];
  return { server, as, accessScope, ids, account, hiddenAccount: theirs, key, canaries };
}

/** The discovered resources that a token sees. */
async function resourcesOf(
  server: Prepared,
  token: string,
): Promise<{ cidr: string; external_id: string }[]> {
  const { body } = await server.send('GET', '/discovery/resources?page_size=500', undefined, token);
  return body['items'] as { cidr: string; external_id: string }[]; // as the document has it
}

/** A listing of the other account, in part beside a pool that is seen, and one that failed. */
async function discoverTheirs(server: Prepared, found: string, kept: () => string): Promise<void> {
  const text = JSON.stringify(server.listing(['172.16.3.0/24', '172.20.4.0/24']))
    .replaceAll('111111111111', '222222222222')
    .replaceAll('vpc-1', `vpc-${found}`)
    .replaceAll('subnet-', `subnet-${found}-`)
    .replaceAll('"tags":{}', `"tags":{"${found}":"${found}"}`);
  const listing = JSON.parse(text) as { scopes: Json[] };
  const failed = {
    region: kept(),
    networks: [],
    resources: [],
    coverage: 'failed',
    error: { code: kept(), message: kept() },
  };
  const { status, body } = await server.send('POST', '/discovery', {
    ...listing,
    scopes: [...listing.scopes, { ...listing.scopes[0], ...failed }],
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** What there is, by whether the caller sees it. */
export async function idsOf(server: Prepared, as: string): Promise<Record<string, Ids>> {
  const all = async (url: string, token?: string): Promise<number[]> => {
    const { body } = await server.send('GET', `${url}?page_size=500`, undefined, token);
    return (body['items'] as Json[]).map(({ id }) => Number(id));
  };
  const ids: Record<string, Ids> = {};
  for (const [part, url] of LISTS) {
    const seen = await all(url, as);
    ids[part] = { seen, hidden: (await all(url)).filter((id) => !seen.includes(id)) };
  }
  return ids;
}
