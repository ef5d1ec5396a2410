import { formatCidr } from '@cloudpam/cidr';
import type { CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import { addAwsSubnets, addAwsVpcs } from './aws-shapes';
import { Listing } from './listing';

const SCOPE: CloudScope = { provider: 'aws', account: '111122223333', region: 'eu-west-1' };
const NOW = new Date('2026-01-02T03:04:05Z');

function read(vpcs: readonly unknown[], subnets: readonly unknown[] = []): ScopeSnapshot {
  const listing = new Listing();
  addAwsVpcs(listing, SCOPE, vpcs);
  addAwsSubnets(listing, SCOPE, subnets);
  return listing.snapshot(SCOPE, NOW);
}

function cidrs(snapshot: ScopeSnapshot): string[] {
  return snapshot.resources.map((resource) => formatCidr(resource.cidr));
}

const associated = (block: string) => ({
  CidrBlock: block,
  CidrBlockState: { State: 'associated' },
});
const associated6 = (block: string) => ({
  Ipv6CidrBlock: block,
  Ipv6CidrBlockState: { State: 'associated' },
});

describe('AWS shapes', () => {
  it('gives a resource for each CIDR of a VPC but those that are gone', () => {
    const snapshot = read([
      {
        VpcId: 'vpc-1',
        CidrBlock: '10.0.0.0/16',
        OwnerId: '111122223333',
        CidrBlockAssociationSet: [
          associated('10.0.0.0/16'),
          associated('100.64.0.0/20'),
          { CidrBlock: '192.168.0.0/24', CidrBlockState: { State: 'disassociated' } },
          { CidrBlock: '192.168.1.0/24', CidrBlockState: { State: 'associating' } },
          { CidrBlock: '192.168.2.0/24', CidrBlockState: { State: 'disassociating' } },
        ],
        Ipv6CidrBlockAssociationSet: [
          associated6('2600:1f00::/56'),
          { Ipv6CidrBlock: '2600:1f00:1::/56', Ipv6CidrBlockState: { State: 'failed' } },
        ],
      },
    ]);
    expect(cidrs(snapshot)).toEqual([
      '10.0.0.0/16',
      '100.64.0.0/20',
      '192.168.1.0/24',
      '192.168.2.0/24',
      '2600:1f00::/56',
    ]);
    expect(snapshot.coverage).toBe('complete');
    expect(snapshot.error).toBeUndefined();
  });

  it('names a VPC by its Name tag, else by its id', () => {
    const snapshot = read([
      {
        VpcId: 'vpc-1',
        Tags: [
          { Key: 'Name', Value: 'prod' },
          { Key: 'env', Value: 'p' },
        ],
      },
      { VpcId: 'vpc-2', IsDefault: true, Tags: [{ Key: 'Name', Value: '' }] },
    ]);
    expect(snapshot.networks).toEqual([
      {
        externalId: 'vpc-1',
        ownerAccount: '111122223333',
        region: 'eu-west-1',
        name: 'prod',
        isDefault: false,
      },
      {
        externalId: 'vpc-2',
        ownerAccount: '111122223333',
        region: 'eu-west-1',
        name: 'vpc-2',
        isDefault: true,
      },
    ]);
  });

  it.each([[undefined], [null], [[]]])(
    'falls back to CidrBlock when an answer has no association set: %j',
    (CidrBlockAssociationSet) => {
      const snapshot = read([
        { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', CidrBlockAssociationSet },
      ]);
      expect([cidrs(snapshot), snapshot.coverage]).toEqual([['10.0.0.0/16'], 'complete']);
    },
  );

  it.each([['quarantined'], ["{'State': 'associated'}"], ['Associated ']])(
    'keeps a CIDR in a state that it does not know, %j, and calls the listing partial',
    (State) => {
      const snapshot = read(
        [
          {
            VpcId: 'vpc-1',
            CidrBlockAssociationSet: [
              associated('10.0.0.0/16'),
              { CidrBlock: '10.1.0.0/16', CidrBlockState: { State } },
            ],
          },
        ],
        [
          {
            SubnetId: 'subnet-1',
            VpcId: 'vpc-1',
            CidrBlock: '',
            Ipv6CidrBlockAssociationSet: [
              { Ipv6CidrBlock: '2600:1f00::/64', Ipv6CidrBlockState: { State } },
            ],
          },
        ],
      );
      expect([snapshot.coverage, cidrs(snapshot)]).toEqual([
        'partial',
        ['10.0.0.0/16', '10.1.0.0/16', '2600:1f00::/64'],
      ]);
      expect(snapshot.error?.message).toContain(
        `vpc-1 has a CidrBlock in a state that is not known: ${State}`,
      );
    },
  );

  it('sees a dual-stack subnet twice and an IPv6-only subnet once', () => {
    const snapshot = read(
      [],
      [
        {
          SubnetId: 'subnet-1',
          VpcId: 'vpc-1',
          AvailabilityZone: 'eu-west-1a',
          AvailabilityZoneId: 'euw1-az2',
          CidrBlock: '10.0.0.0/24',
          Ipv6CidrBlockAssociationSet: [associated6('2600:1f00::/64')],
        },
        {
          SubnetId: 'subnet-2',
          VpcId: 'vpc-1',
          Ipv6Native: true,
          CidrBlock: '',
          Ipv6CidrBlockAssociationSet: [associated6('2600:1f00:0:1::/64')],
        },
      ],
    );
    expect(
      snapshot.resources.map((seen) => [seen.externalId, formatCidr(seen.cidr), seen.zoneId]),
    ).toEqual([
      ['subnet-1', '10.0.0.0/24', 'euw1-az2'],
      ['subnet-1', '2600:1f00::/64', 'euw1-az2'],
      ['subnet-2', '2600:1f00:0:1::/64', null],
    ]);
    expect(snapshot.coverage).toBe('complete');
  });

  it.each([
    [251, 251],
    [0, 0],
    [undefined, undefined],
    [-1, undefined],
    ['many', undefined],
  ])('tells how many addresses of the IPv4 CIDR AWS calls free: %j', (count, freeHosts) => {
    const snapshot = read(
      [],
      [
        {
          SubnetId: 'subnet-1',
          VpcId: 'vpc-1',
          CidrBlock: '10.0.0.0/24',
          AvailableIpAddressCount: count,
          Ipv6CidrBlockAssociationSet: [associated6('2600:1f00::/64')],
        },
      ],
    );
    expect(snapshot.resources.map((seen) => seen.freeHosts)).toEqual([freeHosts, undefined]);
    expect(snapshot.coverage).toBe('complete');
  });

  it('keeps the owner of a shared subnet', () => {
    const [seen] = read(
      [],
      [{ SubnetId: 'subnet-1', VpcId: 'vpc-9', OwnerId: '999900001111', CidrBlock: '10.0.0.0/24' }],
    ).resources;
    expect(seen).toMatchObject({
      ownerAccount: '999900001111',
      networkExternalId: 'vpc-9',
      region: 'eu-west-1',
    });
  });

  it('tells the outpost that a subnet is on, and leaves it out of the others', () => {
    const snapshot = read(
      [],
      [
        {
          SubnetId: 'subnet-1',
          VpcId: 'vpc-1',
          AvailabilityZoneId: 'usw2-az1',
          OutpostArn: 'arn:aws:outposts:us-west-2:111122223333:outpost/op-0a1b2c3d4e5f60718',
          CidrBlock: '10.0.0.0/24',
          Tags: [{ Key: 'env', Value: 'p' }],
        },
        {
          SubnetId: 'subnet-2',
          VpcId: 'vpc-1',
          AvailabilityZoneId: 'usw2-lax1-az1',
          OutpostArn: '',
          CidrBlock: '10.0.1.0/24',
        },
      ],
    );
    expect(snapshot.resources[0]).toMatchObject({
      zoneId: 'usw2-az1',
      outpost: 'op-0a1b2c3d4e5f60718',
      tags: { env: 'p' },
    });
    expect(snapshot.resources[1]).toMatchObject({ zoneId: 'usw2-lax1-az1' });
    expect(snapshot.resources[1]).not.toHaveProperty('outpost');
  });

  it.each([
    [
      'host bits',
      { SubnetId: 'subnet-1', VpcId: 'vpc-1', CidrBlock: '10.0.0.1/24' },
      'subnet-1 has a malformed CIDR: "10.0.0.1/24"',
    ],
    [
      'a number for a CIDR',
      { SubnetId: 'subnet-1', VpcId: 'vpc-1', CidrBlock: 7 },
      'subnet-1 has a malformed CIDR: 7',
    ],
    ['no id', { VpcId: 'vpc-1' }, 'a subnet without SubnetId'],
    ['no VPC', { SubnetId: 'subnet-1' }, 'a subnet without VpcId: subnet-1'],
    ['no CIDR', { SubnetId: 'subnet-1', VpcId: 'vpc-1' }, 'subnet-1 has no CIDR'],
    ['no object', null, 'a subnet without SubnetId'],
    [
      'an association without a state',
      {
        SubnetId: 'subnet-1',
        VpcId: 'vpc-1',
        CidrBlock: '10.0.9.0/24',
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2600::/64' }],
      },
      'subnet-1 has a Ipv6CidrBlock association without a state',
      ['10.0.9.0/24', '2600::/64'],
    ],
    [
      'a set that is no list',
      {
        SubnetId: 'subnet-1',
        VpcId: 'vpc-1',
        CidrBlock: '10.0.9.0/24',
        Ipv6CidrBlockAssociationSet: 'x',
      },
      'subnet-1 has a malformed Ipv6CidrBlockAssociationSet',
      ['10.0.9.0/24'],
    ],
  ] as [string, unknown, string, string[]?][])(
    'is partial and keeps the rest when an entry has %s',
    (...[, entry, message, kept = []]) => {
      const snapshot = read(
        [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }],
        [entry, { SubnetId: 'subnet-2', VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24' }],
      );
      expect(snapshot.coverage).toBe('partial');
      expect(snapshot.error).toEqual({ code: 'malformed_answer', message });
      expect(cidrs(snapshot)).toEqual(['10.0.0.0/16', ...kept, '10.0.1.0/24']);
    },
  );
});
