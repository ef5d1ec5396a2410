import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { estate, seen, snapshot, VPC, type Estate } from './estate.fixture';
import { allAudit, change, created, createdOne } from '@cloudpam/pools/testing';

const RENAMED = VPC.map((each) =>
  each.externalId === 'subnet-a' ? { ...each, name: 'renamed' } : each,
);

/** An estate whose subnet-a is linked to a planned pool. */
async function linked(): Promise<{ cloud: Estate; id: number }> {
  const cloud = estate();
  const { id } = await createdOne(cloud, { cidr: '10.0.1.0/24', kind: 'subnet', name: 'planned' });
  await cloud.apply(snapshot(1, VPC));
  return { cloud, id };
}

describe('a pool that is not what its resource is', () => {
  it('drifts on both sides, with the reason, when a person gave it another CIDR', async () => {
    const { cloud, id } = await linked();
    await cloud.update.execute(change(2), id, { cidr: parseCidr('10.0.9.0/24') });
    await cloud.apply(snapshot(3, RENAMED));
    expect(await cloud.pool('10.0.9.0/24')).toMatchObject({
      id,
      syncStatus: 'drift',
      name: 'planned',
    });
    expect(await cloud.resource('subnet-a')).toMatchObject({
      sync: 'drift',
      syncReason: `pool ${id} is 10.0.9.0/24, the cloud has 10.0.1.0/24`,
    });
    expect((await cloud.findings()).map(({ type }) => type)).toEqual(['drift']);
  });

  it('stays drifted without another audit entry, and is synced once a person puts it right', async () => {
    const { cloud, id } = await linked();
    await cloud.update.execute(change(2), id, { accountId: null });
    await cloud.apply(snapshot(3, RENAMED));
    expect((await cloud.resource('subnet-a')).syncReason).toContain('has account none');
    const audit = await allAudit(cloud);
    await cloud.apply(snapshot(4, RENAMED));
    expect([(await cloud.resource('subnet-a')).sync, await allAudit(cloud)]).toEqual([
      'drift',
      audit,
    ]);
    await cloud.update.execute(change(5), id, {
      accountId: (await cloud.resource('subnet-a')).accountId,
    });
    await cloud.apply(snapshot(6, RENAMED));
    expect([(await cloud.pool('10.0.1.0/24')).syncStatus, await cloud.findings()]).toEqual([
      'synced',
      [],
    ]);
  });
});

describe('a GCP subnet that is expanded', () => {
  const of = (cidr: string, name = 'a') =>
    seen({
      externalId: `https://gcp/subnets/${name}`,
      networkExternalId: 'https://gcp/networks/n',
      ownerAccount: 'p',
      cidr,
    });
  const at = (minutes: number, ...resources: ReturnType<typeof of>[]) =>
    snapshot(minutes, resources, { provider: 'gcp', account: 'p', region: 'global' });

  it('stays one resource, and its pool grows', async () => {
    const cloud = estate();
    await cloud.apply(at(1, of('10.0.0.0/24')));
    const { id } = await cloud.pool('10.0.0.0/24');
    expect(await cloud.apply(at(2, of('10.0.0.0/20')))).toEqual({
      imported: 0,
      updated: 1,
      orphaned: 0,
      unchanged: 0,
      conflicts: 0,
    });
    expect(await cloud.pool('10.0.0.0/20')).toMatchObject({ id, syncStatus: 'synced', version: 2 });
    expect((await cloud.resources()).map((each) => formatCidr(each.cidr))).toEqual(['10.0.0.0/20']);
    expect((await allAudit(cloud))[0]).toMatchObject({
      type: 'pool.sync',
      diff: { before: { cidr: '10.0.0.0/24' }, after: { cidr: '10.0.0.0/20' } },
    });
  });

  it('drifts when the tree has no room for it, and nothing else of the snapshot is lost', async () => {
    const cloud = estate();
    await cloud.apply(at(1, of('10.0.0.0/24')));
    await created(cloud, '10.0.0.0/20');
    expect(await cloud.apply(at(2, of('10.0.0.0/20'), of('10.1.0.0/24', 'b')))).toMatchObject({
      imported: 1,
      updated: 1,
      orphaned: 0,
    });
    expect(await cloud.pool('10.0.0.0/24')).toMatchObject({ syncStatus: 'drift' });
    expect((await cloud.resource('https://gcp/subnets/a')).sync).toBe('drift');
  });

  it('drifts when it comes to hold a subnet of another network', async () => {
    const cloud = estate();
    const other = { ...of('10.0.1.0/24', 'b'), networkExternalId: 'https://gcp/networks/other' };
    await cloud.apply(at(1, of('10.0.0.0/24'), other));
    expect(await cloud.apply(at(2, of('10.0.0.0/20'), other))).toMatchObject({
      updated: 1,
      unchanged: 1,
      orphaned: 0,
    });
    expect((await cloud.pool('10.0.0.0/24')).syncStatus).toBe('drift');
    expect((await cloud.resource('https://gcp/subnets/a')).syncReason).toContain('overlaps pool');
  });
});
