import { change } from '@cloudpam/pools/testing';
import { estate, snapshot, VPC } from './estate.fixture';
import { ReadInventory, ReadJobs, RequestDiscovery } from './index';

describe('ReadInventory', () => {
  const listed = async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    return { cloud, inventory: new ReadInventory(cloud.unitOfWork) };
  };

  it('gives resources and networks page by page, each page with their owners', async () => {
    const { inventory } = await listed();
    const page = await inventory.resources({ kind: 'subnet' }, 2, 1);
    expect([page.items.map(({ externalId }) => externalId), page.total]).toEqual([['subnet-b'], 2]);
    expect([...page.accounts.values()].map(({ key }) => key)).toEqual(['aws:111']);
    const networks = await inventory.networks({}, 1, 5);
    expect(networks.items.map(({ externalId }) => externalId)).toEqual(['vpc-1']);
    const [network] = networks.items;
    expect(await inventory.ownerOfNetwork(network?.id ?? 0)).toEqual(networks.accounts);
  });

  it('gives one resource with its owner, or says that there is none', async () => {
    const { cloud, inventory } = await listed();
    const { id } = await cloud.resource('subnet-a');
    const { resource, accounts } = await inventory.resource(id);
    expect([resource.id, accounts.get(resource.accountId)?.key]).toEqual([id, 'aws:111']);
    await expect(inventory.resource(4711)).rejects.toMatchObject({ code: 'resource_not_found' });
    expect(await inventory.find(4711)).toEqual({ resource: undefined, accounts: new Map() });
    expect((await inventory.ownerOfNetwork(4711)).size).toBe(0);
    expect((await inventory.ownersOf([id])).size).toBe(1);
    expect((await inventory.ownersOf([id, 4711])).size).toBe(1);
  });
});

describe('ReadJobs', () => {
  it('gives jobs with the accounts that they discover, or says that there is none', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const { id } = await new RequestDiscovery(cloud.unitOfWork).execute(change(2), 1);
    const jobs = new ReadJobs(cloud.unitOfWork);
    const { items, total, accounts } = await jobs.list({ open: true }, 1, 5);
    expect([items.map((job) => job.id), total, accounts.get(1)?.key]).toEqual([[id], 1, 'aws:111']);
    expect(await jobs.get(id)).toEqual({ job: items[0], accounts });
    expect(await jobs.account(1)).toEqual(accounts);
    await expect(jobs.get(4711)).rejects.toMatchObject({ code: 'job_not_found' });
  });
});
