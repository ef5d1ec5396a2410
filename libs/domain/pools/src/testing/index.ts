import {
  withHandlers,
  type AuditEntry,
  type Change,
  type Handles,
  type Idempotency,
  type UnitOfWork,
} from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import {
  AllocateSubnet,
  CreatePools,
  DeletePool,
  MergePools,
  PoolError,
  SplitPool,
  UpdatePool,
  type NewPool,
  type Pool,
  type PoolErrorCode,
} from '../index';
import { MemoryStorage, type MemoryStores } from '@cloudpam/storage-memory';

/** When the tests begin, in milliseconds since 1970. */
export const START = Date.UTC(2026, 0, 1);

/** A write by Ada, `minutes` after the start. */
export function change(minutes = 0, fields: Partial<Change> = {}): Change {
  return {
    actor: { type: 'user', id: 'ada', name: 'Ada' },
    at: new Date(START + minutes * 60_000),
    requestId: `request-${minutes}`,
    ...fields,
  };
}

/** An idempotency key whose answer is the JSON of the result. */
export function once(key: string, fingerprint: string): Idempotency {
  return {
    key,
    fingerprint,
    encode: (result) =>
      JSON.stringify(result, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
  };
}

/** The use cases of the pool tree over an empty storage. */
export interface Planning {
  readonly unitOfWork: UnitOfWork<MemoryStores> & Handles<'pool.delete'>;
  readonly create: CreatePools;
  readonly allocate: AllocateSubnet;
  readonly update: UpdatePool;
  readonly remove: DeletePool;
  readonly split: SplitPool;
  readonly merge: MergePools;
}

/**
 * The use cases of the pool tree over a new storage in memory, or the given one.
 * @param unitOfWork by default one without an inventory, which has nothing to let go of
 */
export function planning(
  unitOfWork: Planning['unitOfWork'] = withHandlers(new MemoryStorage().unitOfWork, {
    'pool.delete': () => Promise.resolve(),
  }),
): Planning {
  return {
    unitOfWork,
    create: new CreatePools(unitOfWork),
    allocate: new AllocateSubnet(unitOfWork),
    update: new UpdatePool(unitOfWork),
    remove: new DeletePool(unitOfWork),
    split: new SplitPool(unitOfWork),
    merge: new MergePools(unitOfWork),
  };
}

type Asked =
  string | (Omit<NewPool, 'cidr' | 'name'> & { readonly cidr: string; readonly name?: string });

/** A pool to create, named after its CIDR unless a name is given. */
export function newPool(asked: Asked): NewPool {
  const fields = typeof asked === 'string' ? { cidr: asked } : asked;
  return { name: fields.cidr, ...fields, cidr: parseCidr(fields.cidr) };
}

/** Creates pools and gives them in the order asked. */
export async function created({ create }: Planning, ...asked: readonly Asked[]): Promise<Pool[]> {
  const results = await create.execute(change(), asked.map(newPool));
  return results.map((each) => {
    if ('error' in each) throw each.error;
    return each.pool;
  });
}

/** Creates one pool. */
export async function createdOne(plan: Planning, asked: Asked): Promise<Pool> {
  return first(await created(plan, asked));
}

/** The first of a list that is not empty. */
export function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('the list is empty');
  return one;
}

/** Every pool, in address order. */
export function allPools({ unitOfWork }: Pick<Planning, 'unitOfWork'>): Promise<Pool[]> {
  return unitOfWork.read(
    async ({ pools }) =>
      (await pools.list({}, { sort: [{ field: 'cidr', descending: false }], size: 10_000 })).items,
  );
}

/** Every audit entry, newest first. */
export function allAudit({ unitOfWork }: Pick<Planning, 'unitOfWork'>): Promise<AuditEntry[]> {
  return unitOfWork.read(async ({ audit }) => (await audit.list({}, 1, 10_000)).entries);
}

/** The PoolError that the work is refused with. */
export async function refusal(work: Promise<unknown>, code: PoolErrorCode): Promise<PoolError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PoolError)) throw error ?? new Error(`expected ${code}, but it was done`);
  expect(error.code).toBe(code);
  return error;
}
