import type { Storage } from '../storage/storage';

/** Says of an answer with an account, VRF or VLAN whether it is there no more. */
export function recordGone(
  storage: Storage,
  kind: 'accounts' | 'vrfs' | 'vlans',
): (body: unknown) => Promise<boolean> {
  return async (body) => {
    const { id } = body as { id: number }; // an answer of ours
    const found = await storage.unitOfWork.read((stores) => {
      const store: { get(id: number): Promise<unknown> } = stores[kind];
      return store.get(id);
    });
    return found === undefined;
  };
}
