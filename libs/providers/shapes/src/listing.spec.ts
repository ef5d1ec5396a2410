import type { CloudScope } from '@cloudpam/reconciliation';
import { Listing, type Sighting } from './listing';

const SCOPE: CloudScope = { provider: 'aws', account: '111122223333', region: 'eu-west-1' };
const NOW = new Date('2026-01-02T03:04:05Z');
const SUBNET: Sighting = {
  kind: 'subnet',
  externalId: 'subnet-1',
  networkExternalId: 'vpc-1',
  ownerAccount: '111122223333',
  region: 'eu-west-1',
  zoneId: null,
  name: 'a',
  tags: {},
};
const DENIED = { code: 'UnauthorizedOperation', message: 'no' };

describe('Listing', () => {
  it('is complete when nothing went wrong, even with nothing in it', () => {
    expect(new Listing().snapshot(SCOPE, NOW)).toEqual({
      ...SCOPE,
      coverage: 'complete',
      collectedAt: NOW,
      networks: [],
      resources: [],
    });
  });

  it('is failed when it ended before anything was listed', () => {
    expect(new Listing().snapshot(SCOPE, NOW, DENIED)).toMatchObject({
      coverage: 'failed',
      error: DENIED,
    });
  });

  it('is partial when it ended after something was listed', () => {
    const listing = new Listing();
    listing.addCidr(SUBNET, '10.0.0.0/24');
    expect(listing.snapshot(SCOPE, NOW, DENIED)).toMatchObject({
      coverage: 'partial',
      error: DENIED,
    });
  });

  it('takes the same CIDR of the same resource once', () => {
    const listing = new Listing();
    listing.addCidr(SUBNET, '2001:db8::/64');
    listing.addCidr(SUBNET, '2001:DB8:0::/64');
    expect(listing.snapshot(SCOPE, NOW).resources).toHaveLength(1);
  });

  it('gives away what was read, each once, and tells of the rest', async () => {
    const taken: string[] = [];
    const listing = new Listing(
      async ({ networks, resources }) =>
        void taken.push([...networks, ...resources].map(({ externalId }) => externalId).join(' ')),
    );
    await listing.relieve();
    listing.addNetwork({
      externalId: 'vpc-1',
      ownerAccount: '111122223333',
      region: 'eu-west-1',
      name: 'a',
      isDefault: false,
    });
    listing.addCidr(SUBNET, '10.0.0.0/24');
    await listing.relieve();
    // The same page is read again with renewed credentials.
    listing.addCidr(SUBNET, '10.0.0.0/24');
    listing.addCidr({ ...SUBNET, externalId: 'subnet-2' }, '10.0.1.0/24');
    expect(taken).toEqual(['vpc-1 subnet-1']);
    expect(listing.snapshot(SCOPE, NOW)).toMatchObject({
      coverage: 'complete',
      networks: [],
      resources: [{ externalId: 'subnet-2' }],
    });
  });

  it('is partial, not failed, when it ended after all of it was given away', async () => {
    const listing = new Listing(async () => undefined);
    listing.addCidr(SUBNET, '10.0.0.0/24');
    await listing.relieve();
    expect(listing.snapshot(SCOPE, NOW, DENIED)).toMatchObject({
      coverage: 'partial',
      resources: [],
    });
  });

  it('names three problems and counts the others', () => {
    const listing = new Listing();
    for (const problem of ['a', 'b', 'c', 'd', 'e']) listing.addProblem(problem);
    expect(listing.snapshot(SCOPE, NOW).error).toEqual({
      code: 'malformed_answer',
      message: 'a; b; c; and 2 more',
    });
  });

  it('cuts a very long message of the cloud', () => {
    const snapshot = new Listing().snapshot(SCOPE, NOW, {
      code: 'UnauthorizedOperation',
      message: 'x'.repeat(5_000),
    });
    expect(snapshot.error?.message).toHaveLength(1_003);
  });
});
