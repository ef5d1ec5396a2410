import { CHUNK, LOADED_AT, poolOf, SLASH_24S, SLASH_28S, tree, VRF_COUNT } from './synthetic.mjs';
import { timed } from './timing.mjs';

/**
 * Puts `count` pools in, through the store. Gives the VRFs, the ids in order of the tree, and the
 * milliseconds.
 */
export async function load({ unitOfWork }, count) {
  const vrfIds = await unitOfWork.run(async ({ vrfs }) => {
    const made = [1];
    for (let n = 1; n < VRF_COUNT; n++) {
      const vrf = await vrfs.insert({
        name: `vrf-${n}`,
        rd: null,
        reachabilityDomain: null,
        description: '',
        createdAt: LOADED_AT,
        updatedAt: LOADED_AT,
        version: 1,
      });
      made.push(vrf.id);
    }
    return made;
  });
  const ids = [];
  const took = await timed(async () => {
    const seeds = tree(vrfIds, count);
    for (let start = 0; start < count; start += CHUNK) {
      await unitOfWork.run(async ({ pools }) => {
        ids.push(...(await pools.reserveIds(Math.min(CHUNK, count - start))));
        const batch = [];
        for (let at = start; at < ids.length; at++) {
          const { vrfId, parent, cidr, kind, childUsed } = seeds.next().value;
          batch.push(
            poolOf(ids[at], vrfId, parent === null ? null : ids[parent], cidr, kind, childUsed),
          );
        }
        await pools.insert(batch);
      });
    }
  });
  return { vrfIds, ids, took };
}

/** How many /16 of each VRF are full, at least one. */
export function wholeVpcs(ids) {
  return Math.max(1, Math.floor(ids.length / VRF_COUNT / (1 + SLASH_24S * (1 + SLASH_28S))));
}
