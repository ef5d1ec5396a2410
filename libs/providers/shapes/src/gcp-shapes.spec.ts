import { formatCidr } from '@cloudpam/cidr';
import type { CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import { addGcpNetworks, addGcpSubnets } from './gcp-shapes';
import { Listing } from './listing';

const SCOPE: CloudScope = { provider: 'gcp', account: 'web-prod', region: 'global' };
const HOST = 'https://www.googleapis.com/compute/v1/projects/host-net';
const NETWORK = `${HOST}/global/networks/main`;
const REGION = `${HOST}/regions/europe-west4`;
const SUBNET = `${REGION}/subnetworks/gke`;

function read(networks: readonly unknown[], subnets: readonly unknown[] = []): ScopeSnapshot {
  const listing = new Listing();
  addGcpNetworks(listing, SCOPE, networks);
  addGcpSubnets(listing, SCOPE, subnets);
  return listing.snapshot(SCOPE, new Date(0));
}

describe('GCP shapes', () => {
  it('keys a network by its self-link, global, owned by the project in the link', () => {
    const snapshot = read([{ selfLink: NETWORK, name: 'main', autoCreateSubnetworks: true }]);
    expect(snapshot.networks).toEqual([
      {
        externalId: NETWORK,
        ownerAccount: 'host-net',
        region: 'global',
        name: 'main',
        isDefault: true,
      },
    ]);
    expect(snapshot.resources).toEqual([]);
  });

  it('sees a legacy IPv4 range and an internal IPv6 range of a network as kind vpc', () => {
    const snapshot = read([
      {
        selfLink: NETWORK,
        name: 'main',
        IPv4Range: '10.240.0.0/16',
        internalIpv6Range: 'fd20:1:2::/48',
      },
    ]);
    expect(
      snapshot.resources.map((seen) => [
        seen.kind,
        seen.region,
        seen.externalId,
        formatCidr(seen.cidr),
      ]),
    ).toEqual([
      ['vpc', 'global', NETWORK, '10.240.0.0/16'],
      ['vpc', 'global', NETWORK, 'fd20:1:2::/48'],
    ]);
  });

  it('sees each secondary range as a resource of its own', () => {
    const snapshot = read(
      [],
      [
        {
          selfLink: SUBNET,
          name: 'gke',
          network: NETWORK,
          region: REGION,
          purpose: 'PRIVATE',
          ipCidrRange: '10.0.0.0/22',
          secondaryIpRanges: [{ rangeName: 'pods', ipCidrRange: '10.4.0.0/14' }],
        },
      ],
    );
    expect(snapshot.resources).toMatchObject([
      {
        kind: 'subnet',
        externalId: SUBNET,
        networkExternalId: NETWORK,
        ownerAccount: 'host-net',
        region: 'europe-west4',
        name: 'gke',
        tags: {},
      },
      {
        kind: 'secondary_range',
        externalId: `${SUBNET}#pods`,
        networkExternalId: NETWORK,
        region: 'europe-west4',
        name: 'gke/pods',
      },
    ]);
  });

  it.each([
    'https://www.googleapis.com/compute/beta',
    'https://compute.googleapis.com/compute/v1',
    'https://compute-corp.p.googleapis.com/compute/v1',
  ])('knows a network and a subnetwork by the links of %s too', (api) => {
    const linked = (link: string) => link.replace('https://www.googleapis.com/compute/v1', api);
    const snapshot = read(
      [{ selfLink: linked(NETWORK), name: 'main' }],
      [
        {
          selfLink: linked(SUBNET),
          network: linked(NETWORK),
          region: linked(REGION),
          ipCidrRange: '10.0.0.0/22',
        },
      ],
    );
    expect(snapshot).toMatchObject({
      networks: [{ externalId: NETWORK }],
      resources: [{ externalId: SUBNET, networkExternalId: NETWORK, region: 'europe-west4' }],
    });
  });

  it('tells of each IPv4 range how many addresses Google calls free', () => {
    const snapshot = read(
      [],
      [
        {
          selfLink: SUBNET,
          network: NETWORK,
          region: REGION,
          ipCidrRange: '10.0.0.0/22',
          internalIpv6Prefix: 'fd20:1:2::/64',
          secondaryIpRanges: [
            { rangeName: 'pods', ipCidrRange: '10.4.0.0/14' },
            { rangeName: 'services', ipCidrRange: '10.8.0.0/20' },
          ],
          utilizationDetails: {
            ipv4Utilizations: [
              { totalAllocatedIp: '20', totalFreeIp: '1000' },
              { rangeName: 'pods', totalAllocatedIp: '256', totalFreeIp: '261888' },
            ],
          },
        },
      ],
    );
    expect(snapshot.resources.map((seen) => [seen.name, seen.freeHosts])).toEqual([
      ['gke', 1000],
      ['gke', undefined],
      ['gke/pods', 261_888],
      ['gke/services', undefined],
    ]);
  });

  it('tells any purpose but PRIVATE in a tag', () => {
    const snapshot = read(
      [],
      [
        {
          selfLink: SUBNET,
          name: 'proxy',
          network: NETWORK,
          region: REGION,
          purpose: 'REGIONAL_MANAGED_PROXY',
          ipCidrRange: '10.0.0.0/24',
        },
      ],
    );
    expect(snapshot.resources[0]?.tags).toEqual({ purpose: 'REGIONAL_MANAGED_PROXY' });
  });

  it('sees an IPv6 range once though two fields tell it', () => {
    const snapshot = read(
      [],
      [
        {
          selfLink: SUBNET,
          network: NETWORK,
          region: REGION,
          ipCidrRange: '10.0.0.0/24',
          internalIpv6Prefix: 'fd20:1:2::/64',
          ipv6CidrRange: 'fd20:1:2:0::/64',
          externalIpv6Prefix: '2600:1900::/64',
        },
      ],
    );
    expect(snapshot.resources.map((seen) => formatCidr(seen.cidr))).toEqual([
      '10.0.0.0/24',
      'fd20:1:2::/64',
      '2600:1900::/64',
    ]);
  });

  it.each([
    ['no selfLink', { name: 'x' }],
    [
      'a malformed range',
      { selfLink: SUBNET, network: NETWORK, region: REGION, ipCidrRange: '10.0.0.0' },
    ],
    [
      'a secondary range without a name',
      {
        selfLink: SUBNET,
        network: NETWORK,
        region: REGION,
        secondaryIpRanges: [{ ipCidrRange: '10.0.0.0/24' }],
      },
    ],
    [
      'a secondary range without a CIDR',
      {
        selfLink: SUBNET,
        network: NETWORK,
        region: REGION,
        secondaryIpRanges: [{ rangeName: 'pods' }],
      },
    ],
  ])('is partial when a subnetwork has %s', (_title, subnet) => {
    expect(read([{ selfLink: NETWORK, name: 'main' }], [subnet])).toMatchObject({
      coverage: 'partial',
      error: { code: 'malformed_answer' },
    });
  });
});
