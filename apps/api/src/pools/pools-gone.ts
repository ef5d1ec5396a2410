import { ReadPools } from '@cloudpam/pools';
import type { Storage } from '../storage/storage';

/** An answer of ours that tells of pools: of one, of some, or what became of each row. */
interface Told {
  readonly id?: number;
  readonly items?: readonly { readonly id: number }[];
  readonly results?: readonly { readonly pool_id?: number }[];
}

/** Says of an answer that tells of pools whether one of these is there no more. */
export function poolsGone(storage: Storage): (body: unknown) => Promise<boolean> {
  return async (body) => {
    const { id, items = [], results = [] } = body as Told;
    const told = [id, ...items.map((each) => each.id), ...results.map((each) => each.pool_id)];
    const ids = told.filter((each) => each !== undefined);
    return !(await new ReadPools(storage.unitOfWork).has(ids));
  };
}
