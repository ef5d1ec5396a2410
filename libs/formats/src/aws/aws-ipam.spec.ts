import { rowsOf } from '../testing/read-texts';

const SCOPES = JSON.stringify({
  IpamScopes: [
    { IpamScopeId: 'ipam-scope-01', IsDefault: true, IpamScopeType: 'private' },
    { IpamScopeId: 'ipam-scope-02', IsDefault: false, Tags: [{ Key: 'Name', Value: 'lab' }] },
  ],
});
const POOLS = JSON.stringify({
  IpamPools: [
    { IpamPoolId: 'ipam-pool-0a', IpamScopeArn: 'arn:aws:ec2::1:ipam-scope/ipam-scope-02' },
  ],
});

describe('lists of AWS IPAM', () => {
  it('are resources in the VRFs of their scopes', async () => {
    const resources = JSON.stringify({
      IpamResourceCidrs: [
        {
          IpamScopeId: 'ipam-scope-02',
          ResourceRegion: 'eu-west-1',
          ResourceOwnerId: '123456789012',
          ResourceId: 'vpc-1',
          ResourceName: 'main',
          ResourceCidr: '10.0.0.0/16',
          ResourceType: 'vpc',
          ResourceTags: [{ Key: 'env', Value: 'prod' }],
        },
        { IpamScopeId: 'ipam-scope-01', ResourceCidr: '10.0.0.0/24', ResourceType: 'subnet' },
        {
          IpamScopeId: 'ipam-scope-01',
          ResourceCidr: '192.0.2.1/32',
          ResourceType: 'eip',
          ResourceId: 'eipalloc-1',
          ResourceName: 'nat',
          ResourceOwnerId: '1',
          ResourceRegion: 'eu-west-1',
          ResourceTags: [{ Key: 'a', Value: 'b' }],
        },
        { IpamScopeId: 'ipam-scope-09', ResourceCidr: '10.1.0.0/24', ResourceType: 'subnet' },
      ],
    });
    expect(await rowsOf({ 'a.json': resources, 'b.json': SCOPES })).toEqual([
      '0:1 pool 10.0.0.0/16 vrf=lab() {"name":"main","kind":"vpc","region":"eu-west-1"} ' +
        'fresh=main/by_place account=aws:123456789012 these={"env":"prod"} aws_ipam:vpc-1',
      '0:2 pool 10.0.0.0/24 {"kind":"subnet"} fresh=10.0.0.0/24/by_place these={}',
      '0:3 address 192.0.2.1 {"name":"nat"} fresh=nat account=aws:1 these={"a":"b","region":"eu-west-1"} ' +
        'aws_ipam:eipalloc-1',
      '0:4 pool 10.1.0.0/24 vrf=ipam-scope-09() {"kind":"subnet"} fresh=10.1.0.0/24/by_place these={}',
      '1:1 skip not_kept',
      '1:2 vrf {"name":"lab"}',
    ]);
  });

  it('are CIDRs of pools and allocations, in the pool that the file is named after', async () => {
    const cidrs = JSON.stringify({
      IpamPoolCidrs: [
        { Cidr: '10.0.0.0/8', State: 'provisioned', IpamPoolCidrId: 'ipam-pool-cidr-1' },
        { Cidr: '11.0.0.0/8', State: 'deprovisioned' },
      ],
    });
    const allocations = JSON.stringify({
      IpamPoolAllocations: [
        { Cidr: '10.0.0.0/8', ResourceType: 'ipam-pool', ResourceId: 'ipam-pool-0a' },
        { Cidr: '10.9.0.0/16', IpamPoolAllocationId: 'ipam-pool-alloc-2', ResourceType: 'custom' },
      ],
    });
    const files = {
      'ipam-pool-0a.json': cidrs,
      'x/ipam-pool-0a.json': allocations,
      p: POOLS,
      s: SCOPES,
    };
    expect((await rowsOf(files)).slice(0, 5)).toEqual([
      '0:1 pool 10.0.0.0/8 vrf=lab() {"kind":"container"} fresh=10.0.0.0/8/by_place these={} aws_ipam:ipam-pool-cidr-1',
      '0:2 skip not_kept',
      '1:1 skip same_as_another',
      '1:2 pool 10.9.0.0/16 vrf=lab() {"kind":"reservation","status":"planned"} ' +
        'fresh=10.9.0.0/16/by_place these={} aws_ipam:ipam-pool-alloc-2',
      '2:1 skip not_kept',
    ]);
  });

  it('are known without their key, as a query prints them', async () => {
    const list = (text: string): string =>
      JSON.stringify(Object.values(JSON.parse(text) as object)[0]);
    const resources = JSON.stringify([
      { IpamScopeId: 'ipam-scope-02', ResourceCidr: '10.0.0.0/16', ResourceType: 'vpc' },
    ]);
    expect(await rowsOf({ a: resources, b: list(SCOPES) })).toEqual([
      '0:1 pool 10.0.0.0/16 vrf=lab() {"kind":"vpc"} fresh=10.0.0.0/16/by_place these={}',
      '1:1 skip not_kept',
      '1:2 vrf {"name":"lab"}',
    ]);
  });
});
