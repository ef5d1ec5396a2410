import type { DiscoveredResource, Network } from './inventory';
import { checkCompliance, Plans } from './plans';
import { poolsAround } from './pool-resources';
import type { ReconciliationStores } from './reconciliation-stores';

/**
 * Holds the resources of a scope against the plan and its rules. These may have changed with nothing
 * new in the cloud.
 */
export async function keepToPlan(
  stores: ReconciliationStores,
  scopeId: number,
  networks: readonly Network[],
  unchanged: readonly DiscoveredResource[],
  changed: readonly DiscoveredResource[],
): Promise<void> {
  await judgePlans(stores, scopeId, [
    ...unchanged.filter((each) => each.conflict !== ''),
    ...changed,
  ]);
  let ruled = false;
  for (const vrfId of new Set(networks.map((each) => each.vrfId)))
    ruled ||= (await stores.pools.withRules(vrfId)).length > 0;
  if (!ruled && unchanged.every((each) => each.compliance === '')) return;
  await stores.discovery.saveResources(
    await checkCompliance(stores, await stores.discovery.resourcesOfScope(scopeId)),
  );
}

/**
 * Holds resources against what is planned around and inside them, and stores what of their
 * conflicts is new or over.
 */
async function judgePlans(
  stores: ReconciliationStores,
  scopeId: number,
  resources: readonly DiscoveredResource[],
): Promise<void> {
  if (resources.length === 0) return;
  // As they are stored by now: their pools were made or resized since.
  const stored = new Map(
    (await stores.discovery.resourcesOfScope(scopeId)).map((each) => [each.id, each]),
  );
  const current = resources.map((each) => stored.get(each.id) ?? each);
  for (const vrfId of new Set(current.map((each) => each.vrfId))) {
    const now = current.filter((each) => each.vrfId === vrfId);
    const planned = new Plans(await poolsAround(stores, vrfId, now));
    await stores.discovery.saveResources(
      now.map((each) => planned.judged(each)).filter((each, at) => each !== now[at]),
    );
  }
}
