import { formatCidr } from '@cloudpam/cidr';
import type { ScopeSnapshot } from '@cloudpam/reconciliation';
import { ACCOUNT, CONTRACT_ESTATE, SHARING_ACCOUNT, type ContractEstate, type ContractSubject } from './contract-estate';

/**
 * The promises of `CloudNetworks`, as tests to run on an adapter.
 * @param name of the adapter, for the titles
 * @param setup builds the adapter over an estate that answers as told; it is taken down after each test
 */
export function cloudNetworksContract(name: string, setup: (estate: ContractEstate) => Promise<ContractSubject>): void {
  describe(`${name} keeps the promises of CloudNetworks`, () => {
    let subject: ContractSubject;

    beforeEach(async () => {
      subject = await setup(CONTRACT_ESTATE);
    });
    afterEach(() => subject.close());

    const scopeOf = (region: string) => ({ provider: subject.cloud.provider, account: ACCOUNT, region });
    const read = (region: string): Promise<ScopeSnapshot> => subject.cloud.read(scopeOf(region));

    it('tells every account once', async () => {
      expect((await subject.cloud.accounts()).map(({ id }) => id)).toEqual([ACCOUNT]);
    });

    it('tells every scope of an account, failing ones too', async () => {
      const scopes = await subject.cloud.scopes(ACCOUNT);
      const regions = scopes.map((scope) => scope.region).sort();
      expect(regions).toEqual(Object.keys(CONTRACT_ESTATE.regions).sort());
      expect(scopes).toEqual(expect.arrayContaining(regions.map(scopeOf)));
    });

    it('lists a scope completely', async () => {
      const before = Date.now();
      const snapshot = await read('eu-west-1');
      expect(snapshot).toMatchObject({ ...scopeOf('eu-west-1'), coverage: 'complete' });
      expect(snapshot.error).toBeUndefined();
      expect(snapshot.collectedAt.getTime()).toBeGreaterThanOrEqual(before);
      expect(snapshot.networks).toEqual([
        { externalId: 'vpc-prod', ownerAccount: ACCOUNT, region: 'eu-west-1', name: 'prod', isDefault: false },
        { externalId: 'vpc-default', ownerAccount: ACCOUNT, region: 'eu-west-1', name: 'vpc-default', isDefault: true },
      ]);
      expect(snapshot.resources).toHaveLength(8);
    });

    it('is complete and empty where there is nothing', async () => {
      expect(await read('sa-east-1')).toMatchObject({ coverage: 'complete', networks: [], resources: [] });
    });

    it('counts only associated CIDRs', async () => {
      const snapshot = await read('eu-west-1');
      expect(cidrsOf(snapshot, 'vpc-prod')).toEqual(['10.0.0.0/16', '100.64.0.0/20', '2600:1f00:0:100::/56']);
      expect(cidrsOf(snapshot, 'subnet-dual')).toEqual(['10.0.0.0/20', '2600:1f00:0:100::/64']);
    });

    it('sees an IPv6-only subnet by its IPv6 block alone', async () => {
      expect(cidrsOf(await read('eu-west-1'), 'subnet-v6')).toEqual(['2600:1f00:0:101::/64']);
    });

    it('tells zones by id and keeps name and tags', async () => {
      const snapshot = await read('eu-west-1');
      const seen = snapshot.resources.find((resource) => resource.externalId === 'subnet-dual');
      expect(seen).toMatchObject({ kind: 'subnet', networkExternalId: 'vpc-prod', zoneId: 'euw1-az3', name: 'prod-a', tags: { Name: 'prod-a' } });
    });

    it('gives a shared subnet to its owner, not to the account that lists it', async () => {
      const snapshot = await read('eu-west-1');
      const seen = snapshot.resources.find((resource) => resource.externalId === 'subnet-shared');
      expect(seen).toMatchObject({ ownerAccount: SHARING_ACCOUNT, networkExternalId: 'vpc-of-another-account' });
    });

    it('does not reject for a failing scope: it is failed, empty, and says why', async () => {
      const snapshot = await read('us-east-1');
      expect(snapshot).toMatchObject({ ...scopeOf('us-east-1'), coverage: 'failed', networks: [], resources: [] });
      expect(snapshot.error).toEqual({ code: expect.stringMatching(/./), message: expect.stringMatching(/./) });
    });

    it('is partial, with what was listed, when a listing fails halfway', async () => {
      const snapshot = await read('us-west-2');
      expect(snapshot.coverage).toBe('partial');
      expect(snapshot.error?.code).toMatch(/./);
      expect(cidrsOf(snapshot, 'vpc-default')).toEqual(['172.31.0.0/16']);
    });

    it('is partial, with the rest, when a CIDR is malformed', async () => {
      const snapshot = await read('eu-north-1');
      expect(snapshot).toMatchObject({ coverage: 'partial', error: { code: 'malformed_answer' } });
      expect(snapshot.error?.message).toContain('subnet-malformed');
      expect(cidrsOf(snapshot, 'vpc-default')).toEqual(['172.31.0.0/16']);
    });

    it('reads a scope again as it was, at a later time', async () => {
      const [first, second] = [await read('eu-west-1'), await read('eu-west-1')];
      expect({ ...second, collectedAt: null }).toEqual({ ...first, collectedAt: null });
      expect(second.collectedAt.getTime()).toBeGreaterThanOrEqual(first.collectedAt.getTime());
    });

    it('rejects with the reason when the signal aborts', async () => {
      const reason = new Error('stopped by the test');
      const reading = subject.cloud.read(scopeOf('eu-west-1'), AbortSignal.abort(reason));
      await expect(reading).rejects.toBe(reason);
      const scopes = subject.cloud.scopes(ACCOUNT, AbortSignal.abort(reason));
      await expect(scopes).rejects.toBe(reason);
      await expect(subject.cloud.accounts(AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
}

function cidrsOf(snapshot: ScopeSnapshot, externalId: string): string[] {
  return snapshot.resources.filter((resource) => resource.externalId === externalId).map((resource) => formatCidr(resource.cidr));
}
