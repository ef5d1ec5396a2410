import fc, { type Arbitrary } from 'fast-check';
import { canonicalJson } from '@cloudpam/audit';
import { familyBits, parseCidr, type Cidr } from '@cloudpam/cidr';
import {
  ADDRESS_ROLES,
  ADDRESS_STATUSES,
  CHOSEN_PURPOSES,
  DISCOVERY_POLICIES,
  POOL_KINDS,
  POOL_STATUSES,
  PROVIDERS,
  SYNC_STATUSES,
  type Account,
  type AddressRecord,
  type AllocationRules,
  type Pool,
  type RangeRecord,
  parseVidRanges,
  type Vlan,
  type VlanGroup,
  type Vrf,
} from '@cloudpam/pools';

/** A pool of an estate; records are named by their index. */
export type EstatePool = Omit<
  Pool,
  'id' | 'vrfId' | 'parentId' | 'provider' | 'scopeId' | 'childUsed' | 'accountId' | 'vlanId'
> & {
  /** 0 is the VRF that exists from the start. */
  readonly vrf: number;
  readonly account: number | null;
  readonly vlan: number | null;
};

/** A VLAN group of an estate; its account is named by its index. */
export type EstateVlanGroup = Omit<VlanGroup, 'id' | 'accountId' | 'vlanCount'> & {
  readonly account: number | null;
};

/** An address record of an estate; its VRF and its account are named by their index. */
export type EstateAddress = Omit<
  AddressRecord,
  'id' | 'vrfId' | 'poolId' | 'rangeId' | 'accountId'
> & {
  readonly vrf: number;
  readonly account: number | null;
};

/** A range of an estate, in the same way. */
export type EstateRange = Omit<
  RangeRecord,
  'id' | 'vrfId' | 'poolId' | 'accountId' | 'until' | 'holder'
> & {
  readonly vrf: number;
  readonly account: number | null;
};

/** All that an export of everything tells of a server. */
export interface Estate {
  /** Those that are in the way of pools, or of each other, are left out where the estate is stored. */
  readonly addresses: readonly EstateAddress[];
  readonly ranges: readonly EstateRange[];
  readonly vrfs: readonly Omit<Vrf, 'id'>[];
  readonly accounts: readonly Omit<Account, 'id'>[];
  readonly vlanGroups: readonly EstateVlanGroup[];
  readonly vlans: readonly Omit<Vlan, 'id'>[];
  readonly pools: readonly EstatePool[];
}

const NASTY = [
  ...[
    '=1+1',
    "'=1",
    "''x",
    "'",
    '+49',
    '-',
    '@a',
    '＝1',
    ' x',
    "' x",
    'x ',
    '\tx',
    '\n',
    '\r',
    '\r\n',
  ],
  ...[
    'a,b',
    'a;b|c',
    '"',
    '""',
    'a"b',
    'a\nb',
    'a\r\nb',
    'a\rb',
    '😀',
    'é',
    '\ufeffa',
    '\u0085',
    '\u2028',
  ],
  ...[
    'null',
    '{}',
    '[]',
    '0',
    'global',
    'sep=;',
    '__proto__',
    'constructor',
    '#',
    '\\',
    '\\n',
    'NA',
  ],
];
const isReadable = (text: string): boolean =>
  // eslint-disable-next-line no-control-regex -- what no text of ours has
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) && text.isWellFormed();
const texts = fc.oneof(
  fc.constantFrom(...NASTY, ''),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter(isReadable),
  fc.string({ maxLength: 6, unit: fc.constantFrom(...`'"=+-@,; \n\r\tab`) }),
);
const names = texts.filter((text) => text.trim() !== '');
const times = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const orNull = <T>(of: Arbitrary<T>): Arbitrary<T | null> => fc.option(of, { nil: null });
const history = {
  createdAt: times,
  updatedAt: times,
  version: fc.integer({ min: 1, max: 1_000_000_000 }),
};

const vrfs = fc.uniqueArray(
  fc.record({
    name: names.filter((name) => name !== 'global'),
    rd: orNull(fc.nat(9).map((n) => `65000:${n}`)),
    reachabilityDomain: orNull(names),
    description: texts,
    ...history,
  }),
  { maxLength: 3, comparator: (a, b) => a.name === b.name || (a.rd !== null && a.rd === b.rd) },
);

const accounts = fc.uniqueArray(
  fc
    .record({
      provider: fc.constantFrom(...PROVIDERS),
      externalId: fc.oneof(
        fc.constantFrom('111111111112', 'prod', '-a', 'a:b', '0', '_'),
        fc.stringMatching(/^[\w.:-]{1,20}$/),
      ),
      name: names,
      platform: orNull(texts),
      tier: orNull(texts),
      environment: orNull(texts),
      regions: fc.array(texts, { maxLength: 3 }),
      description: texts,
      discoveryPolicy: orNull(fc.constantFrom(...DISCOVERY_POLICIES)),
      discoveryInterval: orNull(fc.integer({ min: 60, max: 31_536_000 })),
      ...history,
    })
    .map((account) => ({ ...account, key: `${account.provider}:${account.externalId}` })),
  { maxLength: 4, selector: ({ key }) => key },
);

const vlanGroups: Arbitrary<EstateVlanGroup[]> = fc.uniqueArray(
  fc
    .record({
      name: names,
      description: texts,
      // All have the VLAN ids that the VLANs have.
      vidRanges: fc
        .constantFrom('1-4094', '1-9,4094', '1-10,100-199,300,4094')
        .map((text) => parseVidRanges(text)),
      account: orNull(fc.nat(3)),
      site: orNull(names),
      ...history,
    })
    .map((group) => (group.account === null ? group : { ...group, site: null })),
  { maxLength: 3, selector: ({ name }) => name },
);

const vlans = fc.uniqueArray(
  fc.record({
    groupId: fc.constant(null),
    inGroup: orNull(fc.nat(3)),
    vid: fc.oneof(fc.constantFrom(1, 4094), fc.integer({ min: 1, max: 9 })),
    name: names,
    group: texts,
    description: texts,
    ...history,
  }),
  { maxLength: 4, selector: ({ vid, group }) => `${vid} ${group}` },
);

/** Few addresses, so that pools lie in each other. */
const cidrs: Arbitrary<Cidr> = fc.oneof(
  fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom(8, 9, 14, 16, 22, 24, 25, 30, 31, 32))
    .map(([a, b, c, length]) => canonical(`${10 + a}.${b * 64}.${c * 64}.${c * 64}`, length)),
  fc
    .tuple(fc.nat(3), fc.nat(3), fc.constantFrom(16, 32, 48, 56, 64, 127, 128))
    .map(([a, b, length]) => canonical(`2001:db8:${a}:${b}::${b}`, length)),
);

function canonical(address: string, prefixLength: number): Cidr {
  const { family, first } = parseCidr(`${address}/${address.includes(':') ? 128 : 32}`);
  const free = BigInt(familyBits(family) - prefixLength);
  const start = (first >> free) << free;
  return { family, prefixLength, first: start, last: start + (1n << free) - 1n };
}

function rulesIn({ family, prefixLength }: Cidr): Arbitrary<AllocationRules | null> {
  const bits = familyBits(family);
  if (prefixLength === bits) return fc.constant(null);
  const length = orNull(fc.integer({ min: prefixLength + 1, max: bits }));
  return orNull(
    fc.record({
      minPrefixLength: length,
      maxPrefixLength: length,
      defaultPrefixLength: length,
      requiredTags: fc.array(texts, { maxLength: 3 }),
    }),
  ).map((rules) => {
    if (!rules) return null;
    const { minPrefixLength: a, defaultPrefixLength: b, maxPrefixLength: c } = rules;
    const sorted = [a, b, c].filter((each) => each !== null).sort((x, y) => x - y);
    const next = (each: number | null): number | null =>
      each === null ? null : (sorted.shift() ?? null);
    return {
      ...rules,
      minPrefixLength: next(a),
      defaultPrefixLength: next(b),
      maxPrefixLength: next(c),
    };
  });
}

const cloud = fc.record({
  externalId: orNull(names),
  externalVpc: orNull(names),
  syncStatus: fc.constantFrom(...SYNC_STATUSES),
  lastSyncAt: times,
});
const MANUAL = { externalId: null, externalVpc: null, syncStatus: null, lastSyncAt: null };

const pool: Arbitrary<EstatePool> = fc
  .tuple(cidrs, fc.constantFrom(...POOL_KINDS), fc.boolean())
  .chain(([cidr, kind, isDiscovered]) =>
    fc
      .record({
        cidr: fc.constant(cidr),
        kind: fc.constant(kind),
        name: isDiscovered ? fc.oneof(fc.constant(''), names) : names,
        status: fc.constantFrom(...POOL_STATUSES),
        source: fc.constant(isDiscovered ? ('discovered' as const) : ('manual' as const)),
        cloud: isDiscovered ? cloud : fc.constant(MANUAL),
        vrf: fc.nat(3),
        account: orNull(fc.nat(3)),
        vlan: orNull(fc.nat(3)),
        region: orNull(texts),
        description: texts,
        tags: fc.dictionary(names, texts, { maxKeys: 4, noNullPrototype: true }),
        expiresAt: kind === 'reservation' ? orNull(times) : fc.constant(null),
        rules: rulesIn(cidr),
        liveKey: orNull(
          fc
            .record({ key: names, count: fc.constant(1), name: texts })
            .map(({ key, ...wish }) => ({ key, wish: canonicalJson(wish) })),
        ),
        ...history,
      })
      .map(({ cloud: facts, ...fields }) => ({ ...fields, ...facts })),
  );

const leaf = {
  vrf: fc.nat(3),
  account: orNull(fc.nat(3)),
  name: fc.oneof(fc.constant(''), names),
  description: texts,
  tags: fc.dictionary(names, texts, { maxKeys: 4, noNullPrototype: true }),
  ...history,
};

/** Addresses in and beside the pools of an estate. */
const hosts = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(63), fc.boolean())
  .map(([a, b, c, d, isV6]) =>
    canonical(
      isV6 ? `2001:db8:${a}:${b}::${d}` : `${10 + a}.${b * 64}.${c * 64}.${c * 64 + d}`,
      isV6 ? 128 : 32,
    ),
  );

const address: Arbitrary<EstateAddress> = fc.record({
  cidr: hosts,
  status: fc.constantFrom(...ADDRESS_STATUSES),
  role: fc.constantFrom(...ADDRESS_ROLES),
  dnsName: orNull(fc.constantFrom('a', 'a.example.com', '*.b.example', '_x._tcp.c')),
  mac: orNull(fc.constantFrom('02:00:5e:00:53:01', 'ff:ff:ff:ff:ff:ff')),
  expiresAt: orNull(times),
  ...leaf,
});

const range: Arbitrary<EstateRange> = fc
  .record({
    from: hosts,
    more: fc.nat(40),
    purpose: fc.constantFrom(...CHOSEN_PURPOSES),
    countsAsUsed: fc.boolean(),
    ...leaf,
  })
  .map(({ from: { family, first }, more, ...fields }) => ({
    ...fields,
    span: { family, first, last: first + BigInt(more) },
  }));

/** Random estates: as small as they can be where one fails. */
export const estates: Arbitrary<Estate> = fc
  .record({
    vrfs,
    accounts,
    vlanGroups,
    vlans,
    pools: fc.array(pool, { maxLength: 25 }),
    addresses: fc.array(address, { maxLength: 10 }),
    ranges: fc.array(range, { maxLength: 5 }),
  })
  .map(({ pools, vlans, vlanGroups, addresses, ranges, ...others }) => {
    const records = {
      ...others,
      vlanGroups: vlanGroups.map((each) => ({
        ...each,
        account: at(each.account, others.accounts),
      })),
      vlans: grouped(vlans, vlanGroups),
    };
    const placed = <Leaf extends EstateAddress | EstateRange>(each: Leaf): Leaf => ({
      ...each,
      vrf: each.vrf % (others.vrfs.length + 1),
      account: at(each.account, others.accounts),
    });
    const all = { ...records, addresses: addresses.map(placed), ranges: ranges.map(placed) };
    return { ...all, pools: placeable(pools, records) };
  });

function at(index: number | null, of: readonly object[]): number | null {
  return index === null || of.length === 0 ? null : index % of.length;
}

/** VLANs, some of them in groups: in each a VLAN id and a name once. */
function grouped(
  vlans: readonly (Omit<Vlan, 'id'> & { readonly inGroup: number | null })[],
  groups: readonly EstateVlanGroup[],
): Omit<Vlan, 'id'>[] {
  const taken = new Set<string>();
  return vlans.flatMap(({ inGroup, ...vlan }) => {
    const index = at(inGroup, groups);
    const group = index === null ? vlan.group : (groups[index]?.name ?? '');
    const isRecord = groups.some(({ name }) => name === group);
    const keys = [`${vlan.vid} ${group}`, ...(isRecord ? [`${vlan.name} of ${group}`] : [])];
    if (keys.some((key) => taken.has(key))) return [];
    for (const key of keys) taken.add(key);
    return [{ ...vlan, group }];
  });
}

/** What can be stored beside each other: a VPC also with the subnet that fills it. */
function placeable(
  pools: readonly EstatePool[],
  { vrfs, accounts, vlans }: Pick<Estate, 'vrfs' | 'accounts' | 'vlans'>,
): EstatePool[] {
  const taken = new Set<string>();
  const isFree = (...keys: readonly string[]): boolean => {
    const free = keys.every((key) => !taken.has(key));
    if (free) for (const key of keys) taken.add(key);
    return free;
  };
  return pools.flatMap((each) => {
    const vrf = each.vrf % (vrfs.length + 1);
    const { cidr, kind, externalId, liveKey } = each;
    const place = `${vrf} ${cidr.first} ${cidr.prefixLength}`;
    if (!isFree(place)) return [];
    const own = {
      ...each,
      vrf,
      account: at(each.account, accounts),
      vlan: at(each.vlan, vlans),
      externalId:
        externalId === null || isFree(`id ${vrf} ${cidr.first} ${externalId}`) ? externalId : null,
      liveKey: liveKey && isFree(`key ${vrf} ${liveKey.key}`) ? liveKey : null,
    };
    const filling = { ...own, kind: 'subnet' as const, externalId: null, liveKey: null };
    return kind === 'vpc' && each.version % 2 === 0 ? [own, filling] : [own];
  });
}
