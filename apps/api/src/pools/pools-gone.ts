import { ReadPools } from '@cloudpam/pools';
import type { Storage } from '../storage/storage';

/** An answer of ours that tells of pools: of one, of some, or what became of each row. */
interface PoolAnswer {
  readonly id?: number;
  readonly items?: readonly { readonly id: number }[];
  readonly results?: readonly { readonly pool_id?: number }[];
}

/** Says of an answer that tells of pools whether one of these is there no more. */
export function poolsGone(storage: Storage): (body: unknown) => Promise<boolean> {
  return async (body) => {
    const { id, items = [], results = [] } = body as PoolAnswer;
    const named = [id, ...items.map((each) => each.id), ...results.map((each) => each.pool_id)];
    const ids = named.filter((each) => each !== undefined);
    return !(await new ReadPools(storage.unitOfWork).has(ids));
  };
}
