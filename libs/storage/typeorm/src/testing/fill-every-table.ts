import { createHash } from 'node:crypto';
import { SealAudit, type UnitOfWork } from '@cloudpam/audit';
import { nthSubnet, parseCidr, formatCidr } from '@cloudpam/cidr';
import { estateCountOf, PoolCount } from '@cloudpam/forecast';
import {
  cloud,
  insertTree,
  SAMPLE_TIME,
  sampleAddress,
  sampleRange,
  sampleAuditEntry,
  sampleDelivery,
  sampleObserved,
  sampleResource,
  sampleToken,
  sampleUser,
  sampleVlan,
  sampleVlanGroup,
  sampleVrf,
  sampleDigest,
  sampleWebhook,
  type Planted,
} from '@cloudpam/storage-contract';
import type { TypeOrmStores } from '../stores';

const LATER = new Date(SAMPLE_TIME.getTime() + 90_000);
const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const NAMES = ['Büro', '東京', 'Ωmega "quoted" \\ back', 'emoji 🐈‍⬛', "o'brien", 'line\nbreak'];

/** Fills every table that there is, with what is hard to carry from one database to another. */
export async function fillEveryTable(unitOfWork: UnitOfWork<TypeOrmStores>): Promise<void> {
  await unitOfWork.run(async (stores) => {
    const vrf = await stores.vrfs.insert(
      sampleVrf({ name: 'läb', rd: '65000:1', reachabilityDomain: 'cörp' }),
    );
    const gone = await stores.vrfs.insert(sampleVrf({ name: 'gone' }));
    await stores.vrfs.remove(gone.id);
    await stores.vlanGroups.insert(
      sampleVlanGroup({
        name: 'fra 1 ü',
        vidRanges: [
          [1, 99],
          [101, 101],
        ],
        site: 'läger',
      }),
    );
    await stores.vlans.insert(sampleVlan({ vid: 7, group: 'fra 1 ü' }));
    const vlan = await stores.vlans.insert(sampleVlan());
    const place = await cloud(stores);
    const [deleted] = await stores.pools.reserveIds(3);
    const pools = await insertTree(stores, [
      '10.0.0.0/8',
      { cidr: '10.0.0.0/16', kind: 'vpc', accountId: place.accountId, externalId: 'vpc-1' },
      { cidr: '10.0.0.0/16', kind: 'subnet', accountId: place.accountId, externalId: 'subnet-1' },
      ...many('10.128.0.0/12', 24, 200),
      ...many('2001:db8::/32', 48, 100),
      {
        cidr: '64:ff9b::102:0/120',
        vlanId: vlan.id,
        expiresAt: new Date('9999-12-31T23:59:59.999Z'),
      },
      { cidr: '::102:300/120', liveKey: { key: 'k', wish: '{"prefix_length":24}' } },
      {
        cidr: '192.168.0.0/16',
        scopeId: place.scope.id,
        tags: { z: '1', a: 'ü', 'a b': '"' },
        rules: {
          minPrefixLength: 20,
          maxPrefixLength: null,
          defaultPrefixLength: null,
          requiredTags: ['z', 'a'],
        },
        expiresAt: new Date('0001-01-01T00:00:00.000Z'),
      },
    ]);
    await insertTree(stores, ['10.0.0.0/8', 'fd00::/8'], vrf.id);
    const holder = pools.at(-1)?.id ?? 0;
    const records = await stores.addresses.insert([
      sampleAddress({
        address: '192.168.0.9',
        poolId: holder,
        name: 'Büro 🐈',
        dnsName: 'a.example',
        mac: '02:00:5e:00:53:01',
        accountId: place.accountId,
        tags: { z: '1', a: 'ü' },
      }),
      sampleAddress({ address: '2001:db8:ffff::1', vrfId: vrf.id }),
      sampleAddress({ address: '10.0.1.77', poolId: pools[2]?.id ?? null }),
    ]);
    await stores.ranges.insert([
      sampleRange({ span: '2001:db8:ffff::2-2001:db8:ffff::9', vrfId: vrf.id, name: 'dhcp' }),
      sampleRange({
        span: '2001:db8:ffff::a-2001:db8:ffff::b',
        vrfId: vrf.id,
        purpose: 'quarantine',
        until: new Date('2040-01-01T00:00:00.000Z'),
        holder: { type: 'user', id: '1', name: 'Ä' },
      }),
    ]);
    await stores.pools.setChildUsed([
      { id: holder, childUsed: BigInt(records.length - 2) },
      { id: pools[2]?.id ?? 0, childUsed: 1n },
    ]);
    // Builds free blocks.
    await stores.pools.freeBlocks(pools[0]?.id ?? 0, { order: 'address', limit: 5 });
    const [first = 0, second = 0] = await stores.discovery.reserveResourceIds(2);
    await stores.discovery.insertResources([
      sampleResource({
        ...place.of,
        id: second,
        cidr: '10.0.0.0/16',
        kind: 'vpc',
        poolId: pools[1]?.id ?? null,
      }),
      sampleResource({
        ...place.of,
        id: first,
        cidr: '10.0.1.0/24',
        externalId: 'subnet-1',
        tags: { Name: 'ä' },
        explainedBy: second,
        dismissals: { drift: { reason: 'known', by: 'Ada', until: null } },
      }),
    ]);
    await stores.observed.insert([
      sampleObserved({ ...place.of, cidr: '10.0.1.9/32', name: 'Büro 🐈', attachedTo: null }),
      sampleObserved({ ...place.of, cidr: '2001:db8:1::/80', goneAt: LATER }),
    ]);
    await stores.mismatches.compare(place.scope.id, LATER, SAMPLE_TIME);
    await stores.tokens.insert(sampleToken({ pools: [pools[0]?.id ?? 0], expiresAt: LATER }));
    const user = await stores.users.insert(sampleUser({ accounts: ['aws:123456789012'] }));
    await stores.sessions.insert({
      secretHash: hash(1),
      userId: user.id,
      provider: 'okta',
      createdAt: SAMPLE_TIME,
      expiresAt: LATER,
      lastUsedAt: SAMPLE_TIME,
      userAgent: 'Firefox',
      ip: '192.0.2.1',
      idToken: null,
      sid: null,
      logoutHint: null,
      refreshToken: 'sealed',
      checkedAt: SAMPLE_TIME,
      checkAfter: null,
    });
    await stores.sessions.useLogoutToken(hash(2), LATER);
    await stores.attempts.insert({
      secretHash: hash(3),
      provider: 'okta',
      returnTo: '/',
      expiresAt: LATER,
    });
    await stores.loginCounts.count(hash(4), SAMPLE_TIME, LATER, LATER);
    for (const key of ['b', 'B', 'ä', 'a']) {
      await stores.answers.claim('ada', key, 'f', SAMPLE_TIME);
      await stores.answers.save('ada', key, '{"b":1,"a":2}');
    }
    await stores.subscribers.take('file:a', 'one', SAMPLE_TIME, LATER);
    await stores.agents.save({
      instance: 'i',
      name: 'fra1',
      version: '1',
      providers: ['aws'],
      accounts: [],
      intervalSeconds: null,
      tokenId: 'abcdefghijkl',
      firstSeenAt: SAMPLE_TIME,
      lastSeenAt: SAMPLE_TIME,
    });
    const { vrfId, cidr } = pools[0] ?? { vrfId: vrf.id, cidr: parseCidr('10.0.0.0/8') };
    await stores.usage.put({ vrfId, cidr, rank: 1, id: pools[0]?.id ?? 0 });
    await stores.usage.put({ vrfId, cidr: parseCidr('2001:db8::/32'), rank: 0, id: 9 });
    const used = { day: 20_000, taken: { 9: 1, 10: 2 }, free: { 128: 3, 24: 1 } };
    await stores.usage.save([{ poolId: pools[0]?.id ?? 0, day: used }]);
    await stores.forecasts.save([
      {
        ...{ poolId: pools[0]?.id ?? 0, madeOn: 20_000, prefixLength: 24, endsOn: 20_090 },
        forecast: {
          ...{ outcome: 'forecast', day: 20_090, earliest: 20_050, latest: null },
          ...{ confidence: 'low', growthPerWeek: 0.5, weeks: 30, changes: 9, leftOut: null },
          backtest: { trials: 3, held: 2 },
        },
      },
    ]);
    await stores.recommendations.save([
      {
        ...{ poolId: pools[0]?.id ?? 0, kind: 'breaks_rules', severity: 'medium', madeAt: LATER },
        relatedId: pools[1]?.id ?? 0,
        facts: { breach: 'the tag "ü" is missing' },
        action: { type: 'edit', poolIds: [pools[0]?.id ?? 0], cidr: null, tags: ['ü'] },
      },
      {
        ...{ poolId: pools[1]?.id ?? 0, kind: 'unused', severity: 'low', madeAt: SAMPLE_TIME },
        ...{ relatedId: null, facts: { idleDays: 91 }, action: null },
      },
    ]);
    await stores.told.keep([
      {
        id: `overlap:${first}`,
        facts: {
          ...{ type: 'overlap', severity: 'critical', subject: 'resource', subject_id: first },
          ...{ name: 'Büro 🐈', cidr: '10.0.1.0/24', region: null, pool_id: null, pool_name: null },
          detail: 'why "so"',
        },
        place: { vrfId: 1, accountId: null, cidr: parseCidr('10.0.1.0/24'), kind: 'subnet' },
        openedAt: SAMPLE_TIME,
      },
    ]);
    await stores.told.keepRound({ at: SAMPLE_TIME, tookMs: 12, head: 1 });
    const within = new Date('2039-12-31T12:00:00.000Z');
    await stores.told.keepWarnings(await stores.told.dueWarnings(within, [1], 9));
    await stores.savedMaps.put({
      name: 'büro',
      map: { columns: { vrf: 'Netz', cidr: null }, tags: ['b', 'a'] },
      updatedAt: SAMPLE_TIME,
      version: 2,
    });
    await stores.digests.insert(
      sampleDigest({
        name: 'Büro 🐈',
        schedule: { every: 'weekly', weekday: 7, hour: 23, timeZone: 'Europe/Berlin' },
        filter: { vrfIds: [1], tags: ['a:ü'] },
        severity: 'warning',
        failure: 'line\nbreak "ü"',
      }),
    );
    const webhook = await stores.webhooks.insert(
      sampleWebhook({
        name: 'Büro 🐈',
        filter: { types: ['pool.*'], tags: ['a:ü'] },
        template: { kind: 'custom', text: '{"x": "{{id}}"}\n' },
        formerSecret: 'sealed',
        formerUntil: LATER,
        replay: { seq: 1, until: 2 },
      }),
    );
    await stores.deliveries.put([
      sampleDelivery({ webhookId: webhook.id, seq: 1, answer: 'line\nbreak "ü"' }),
      sampleDelivery({ webhookId: webhook.id, seq: 2, status: 'waiting', nextAt: LATER }),
    ]);
    await stores.estate.keep({
      at: SAMPLE_TIME,
      tookMs: 12,
      basis: '1 1 20455',
      count: await estateCountOf(new PoolCount(), async () => new Map(), 20_455),
    });
    await stores.jobs.insert(sampleJob(place.accountId));
    await stores.parts.keep(
      { deliverer: 'c', runId: 'r', provider: 'aws', account: '1', region: 'x' },
      1,
      { networks: [], resources: [] },
      SAMPLE_TIME,
    );
    await stores.audit.append(
      NAMES.map((name, at) =>
        sampleAuditEntry({
          actor: { type: 'user', id: 'ada', name },
          entityId: String(pools[at]?.id ?? deleted),
          diff: { before: null, after: { z: 1.5, name, deep: { b: [1, null, true], a: 1e21 } } },
          place: { vrfId: 1, accountId: null, cidr: parseCidr('10.0.0.0/8'), kind: 'container' },
          reason: at === 0 ? 'why' : null,
        }),
      ),
    );
  });
  await new SealAudit(unitOfWork, (text) =>
    createHash('sha256').update(text).digest('hex'),
  ).execute();
  await unitOfWork.run(({ audit }) => audit.append([sampleAuditEntry({ entityId: 'waits' })]));
}

function many(within: string, prefixLength: number, count: number): Planted[] {
  const block = parseCidr(within);
  return [
    within,
    ...Array.from({ length: count }, (_, at) => ({
      cidr: formatCidr(nthSubnet(block, prefixLength, BigInt(2 * at))),
      name: `${NAMES[at % NAMES.length] ?? ''} ${at}`,
    })),
  ];
}

function sampleJob(accountId: number): Parameters<TypeOrmStores['jobs']['insert']>[0] {
  return {
    accountId,
    status: 'running',
    requestedBy: 'Ada',
    requestedAt: SAMPLE_TIME,
    startedAt: SAMPLE_TIME,
    finishedAt: null,
    instance: 'i',
    lease: 'l',
    leaseUntil: LATER,
    attempt: 1,
    scopesDone: 0,
    scopesTotal: 3,
    message: '',
    error: null,
    counts: null,
  };
}
