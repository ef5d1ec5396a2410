import { withHandlers } from '@cloudpam/audit';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { MoveTree } from '@cloudpam/pools';
import { POOL_HANDLERS } from '@cloudpam/reconciliation';
import { insertTree, sampleVrf } from '@cloudpam/storage-contract';
import { openSqlite, postgresForSpec, type OpenedStorage } from './testing/storages';

describe.each<[string, () => Promise<OpenedStorage>]>([
  ['PostgreSQL', postgresForSpec().open],
  ['SQLite', openSqlite],
])('moving a tree on %s', (_, open) => {
  let opened: OpenedStorage;

  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  it('takes what is below along, gives its space back and takes the new one', async () => {
    const unitOfWork = withHandlers(opened.unitOfWork, POOL_HANDLERS);
    const [root, top, child, leaf] = await unitOfWork.run((stores) =>
      insertTree(stores, ['10.0.0.0/8', '10.0.0.0/16', '10.0.2.0/24', '10.0.2.0/28']),
    );
    const lab = await unitOfWork.run(({ vrfs }) => vrfs.insert(sampleVrf()));
    const move = (cidr: string, vrfId: number) =>
      new MoveTree(unitOfWork).execute(
        { actor: { type: 'user', id: 'ada', name: 'Ada' }, at: new Date(), requestId: 'move' },
        top?.id ?? 0,
        { cidr: parseCidr(cidr), vrfId },
      );
    const places = () =>
      unitOfWork.read(async ({ pools }) =>
        (await pools.getMany([top, child, leaf].map((pool) => pool?.id ?? 0))).map(
          ({ cidr, vrfId, parentId, childUsed }) => [formatCidr(cidr), vrfId, parentId, childUsed],
        ),
      );
    const firstFree = () =>
      unitOfWork.run(async ({ pools }) => {
        await pools.lock([root?.id ?? 0]);
        return (
          await pools.freeBlocks(root?.id ?? 0, { order: 'address', limit: 1, maxPrefixLength: 16 })
        )
          .slice(0, 1)
          .map(formatCidr);
      });
    expect(await firstFree()).toEqual(['10.1.0.0/16']);
    await move('10.1.0.0/16', 1);
    expect(await places()).toEqual([
      ['10.1.0.0/16', 1, root?.id, 256n],
      ['10.1.2.0/24', 1, top?.id, 16n],
      ['10.1.2.0/28', 1, child?.id, 0n],
    ]);
    expect(await firstFree()).toEqual(['10.0.0.0/16']);
    await move('172.16.0.0/16', lab.id);
    expect(await places()).toEqual([
      ['172.16.0.0/16', lab.id, null, 256n],
      ['172.16.2.0/24', lab.id, top?.id, 16n],
      ['172.16.2.0/28', lab.id, child?.id, 0n],
    ]);
    expect(await firstFree()).toEqual(['10.0.0.0/8']);
    expect((await unitOfWork.read(({ pools }) => pools.get(root?.id ?? 0)))?.childUsed).toBe(0n);
  });
});
