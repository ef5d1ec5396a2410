import type { Storage } from '../storage';

/** Says of an answer with a pool, or with `items` of them, whether one of these is there no more. */
export function poolsGone(storage: Storage): (body: unknown) => Promise<boolean> {
  return async (body) => {
    const { id, items = [] } = body as { id?: number; items?: { id: number }[] }; // an answer of ours
    const ids = id === undefined ? items.map((each) => each.id) : [id];
    return (await storage.unitOfWork.read((stores) => stores.pools.getMany(ids))).length < ids.length;
  };
}
