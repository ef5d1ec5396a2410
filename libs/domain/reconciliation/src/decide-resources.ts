import { AnsweredBefore, write, type Change } from '@cloudpam/audit';
import { PoolError, type DiscoveryPolicy } from '@cloudpam/pools';
import { adoptCloudValue } from './adopt-cloud-value';
import { DiscoveryError, resourceNotFound } from './discovery-error';
import { discoveryEvent, placeOfResource, type DecisionFacts } from './discovery-events';
import { dismissed, findingsOf } from './findings';
import type { DiscoveredResource, FindingType } from './inventory';
import { poolResources } from './pool-resources';
import type { ReconciliationStores, ReconciliationUnitOfWork } from './reconciliation-stores';
import { releaseOrphan } from './release-orphan';

/** What a person can decide about discovered resources. */
export const DECISIONS = [
  'import',
  'approve',
  'reject',
  'ignore',
  'restore',
  'adopt',
  'release',
] as const;
/**
 * `import` and `approve` give a resource its pool; `reject` keeps one that waits for approval out;
 * `ignore` hides findings, `restore` shows them again; `adopt` gives a drifted pool the cloud's
 * value; `release` frees an orphan's space.
 */
export type Decision = (typeof DECISIONS)[number];

/** A decision, and the resources that it is about. */
export interface DecisionRequest {
  readonly decision: Decision;
  readonly ids: readonly number[];
  /** `ignore` and `restore`: of these findings; left out: of all that the resource has. */
  readonly findings?: readonly FindingType[];
  /** `ignore` and `reject`: when the findings come back; left out: never. */
  readonly until?: Date;
  /** `atomic`: all or none; `partial`: what can be done is done. */
  readonly mode?: 'atomic' | 'partial';
}

/**
 * One for each id, in their order. `resource` is null when it is gone with its orphaned pool;
 * `answer` is what was kept of it when the same request was sent before.
 */
export type Decided =
  | { readonly id: number; readonly resource: DiscoveredResource | null }
  | { readonly id: number; readonly answer: string }
  | { readonly id: number; readonly error: DiscoveryError | PoolError };

/** A person's decision about discovered resources and their findings. */
export class DecideResources {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /**
   * @throws DiscoveryError `resource_not_found` | `resource_managed` | `resource_overlaps` |
   *   `not_pending` | `not_drifted` |
   *   `not_orphaned` | `nothing_to_ignore` | `invalid_until`; PoolError of the tree. Mode `partial`
   * gives them with the id.
   */
  async execute(change: Change, request: DecisionRequest): Promise<Decided[]> {
    if (request.until && request.until <= change.at)
      throw new DiscoveryError('invalid_until', 'until lies in the past.', 'until');
    const ids = [...new Set(request.ids)];
    const alone =
      request.mode === 'partial' &&
      (request.decision === 'adopt' || request.decision === 'release');
    if (!alone)
      return write(this.unitOfWork, change, (stores) =>
        decideAll(stores, change, { ...request, ids }),
      );
    const whole = { ...change, limit: undefined };
    const { idempotency } = change;
    if (idempotency) {
      const isNew = { ...idempotency, encode: () => null };
      await write(this.unitOfWork, { ...whole, idempotency: isNew }, () => Promise.resolve());
    }
    // These move pools, and what one of them has done is not undone with the next: each is a unit
    // of work.
    const decided: Decided[] = [];
    for (const id of ids)
      decided.push(await this.decideAlone(change, { ...request, ids: [id] }, id));
    return idempotency ? write(this.unitOfWork, whole, () => Promise.resolve(decided)) : decided;
  }

  /** One of several in a unit of work of its own, with a key of its own: no header has a space. */
  private async decideAlone(
    change: Change,
    request: DecisionRequest,
    id: number,
  ): Promise<Decided> {
    const { limit, idempotency } = change;
    const own: Change = {
      ...change,
      limit: limit?.forResources([id]),
      idempotency: idempotency && { ...idempotency, key: `${idempotency.key} ${id}` },
    };
    try {
      const [decided] = await write(this.unitOfWork, own, (stores) =>
        decideAll(stores, change, { ...request, mode: 'atomic' }),
      );
      return decided ?? { id, resource: null };
    } catch (error) {
      if (error instanceof AnsweredBefore) return { id, answer: error.answer };
      if (error instanceof DiscoveryError || error instanceof PoolError) return { id, error };
      throw error;
    }
  }
}

async function decideAll(
  stores: ReconciliationStores,
  change: Change,
  request: DecisionRequest,
): Promise<Decided[]> {
  const errors = new Map<number, DiscoveryError | PoolError>();
  const resources: DiscoveredResource[] = [];
  for (const id of request.ids) {
    const resource = await stores.discovery.lockResource(id);
    const error = resource ? refusal(resource, request) : resourceNotFound(id);
    if (error && request.mode !== 'partial') throw error;
    if (error) errors.set(id, error);
    else if (resource) resources.push(resource);
  }
  for (const [id, error] of await carryOut(stores, change, request, resources)) {
    if (request.mode !== 'partial') throw error;
    errors.set(id, error);
  }
  const decided: Decided[] = [];
  for (const id of request.ids) {
    const error = errors.get(id);
    decided.push(
      error ? { id, error } : { id, resource: (await stores.discovery.resource(id)) ?? null },
    );
  }
  return decided;
}

/** Why the decision makes no sense for the resource; undefined when it does. */
function refusal(
  resource: DiscoveredResource,
  { decision, findings }: DecisionRequest,
): DiscoveryError | undefined {
  const { id, poolId } = resource;
  switch (decision) {
    case 'import':
    case 'approve':
      return poolId === null
        ? undefined
        : new DiscoveryError('resource_managed', `Resource ${id} has pool ${poolId} already.`);
    case 'reject':
      return resource.management === 'pending'
        ? undefined
        : new DiscoveryError(
            'not_pending',
            `Resource ${id} does not wait for approval: it is ${resource.management}.`,
          );
    case 'ignore':
      return ignorable(resource, findings).length > 0
        ? undefined
        : new DiscoveryError(
            'nothing_to_ignore',
            `Resource ${id} has no ${findings?.join(' or ') ?? 'open'} finding that could be ignored.`,
          );
    case 'restore':
      return undefined;
    case 'adopt':
      return resource.sync === 'drift' && poolId !== null
        ? undefined
        : new DiscoveryError(
            'not_drifted',
            `Resource ${id} is ${resource.sync}: its pool has the cloud's value.`,
          );
    case 'release':
      return resource.sync === 'orphaned'
        ? undefined
        : new DiscoveryError(
            'not_orphaned',
            `Resource ${id} is ${resource.sync}: it is still in the cloud, and its space in use.`,
          );
  }
}

function ignorable(
  resource: DiscoveredResource,
  findings: readonly FindingType[] | undefined,
): FindingType[] {
  return findingsOf(resource)
    .map(({ type }) => type)
    .filter((type) => findings?.includes(type) ?? true);
}

async function carryOut(
  stores: ReconciliationStores,
  change: Change,
  { decision, findings, until }: DecisionRequest,
  resources: readonly DiscoveredResource[],
): Promise<Map<number, DiscoveryError>> {
  switch (decision) {
    case 'import':
    case 'approve':
      return importResources(stores, change, resources);
    case 'reject':
    case 'ignore': {
      const dismissal = {
        reason:
          change.reason ?? (decision === 'reject' ? 'rejected by a person' : 'ignored by a person'),
        by: change.actor.name,
        until: until?.toISOString() ?? null,
      };
      await saveDismissals(stores, change, `resource.${decision}`, resources, (each) =>
        dismissed(
          each,
          decision === 'reject' ? ['unmanaged'] : ignorable(each, findings),
          dismissal,
        ),
      );
      return new Map();
    }
    case 'restore':
      await saveDismissals(stores, change, 'resource.restore', resources, (each) =>
        dismissed(each, findings ?? (Object.keys(each.dismissals) as FindingType[]), undefined),
      );
      return new Map();
    case 'adopt':
      for (const each of resources) await adoptCloudValue(stores, change, each);
      return new Map();
    case 'release':
      for (const each of resources) await releaseOrphan(stores, change, each);
      return new Map();
  }
}

/** Gives resources their pools, in one go. Tells for each that got none why. */
async function importResources(
  stores: ReconciliationStores,
  change: Change,
  resources: readonly DiscoveredResource[],
): Promise<Map<number, DiscoveryError>> {
  const policy: DiscoveryPolicy = 'auto';
  const { audit } = await poolResources(
    stores,
    change,
    resources.map((each) => ({ ...each, management: 'pending' })),
    policy,
    { againstPlans: true },
  );
  await stores.audit.append(audit);
  const refused = new Map<number, DiscoveryError>();
  for (const { id } of resources) {
    const now = await stores.discovery.resource(id);
    if (now?.poolId == null) {
      refused.set(
        id,
        new DiscoveryError(
          'resource_overlaps',
          `Resource ${id} ${now?.overlapReason || 'overlaps'}. Give its network its own VRF, or ignore it.`,
        ),
      );
    }
  }
  return refused;
}

async function saveDismissals(
  stores: ReconciliationStores,
  change: Change,
  event: 'resource.reject' | 'resource.ignore' | 'resource.restore',
  resources: readonly DiscoveredResource[],
  decide: (resource: DiscoveredResource) => DiscoveredResource,
): Promise<void> {
  const decided = resources.map((before) => ({ before, after: decide(before) }));
  await stores.discovery.saveResources(decided.map(({ after }) => after));
  await stores.audit.append(
    decided.map(({ before, after }) =>
      discoveryEvent(change, event, before.id, {
        before: decisionFacts(before),
        after: decisionFacts(after),
        place: placeOfResource(after),
      }),
    ),
  );
}

function decisionFacts({ management, overlap, dismissals }: DiscoveredResource): DecisionFacts {
  return { management, overlap_status: overlap, ignored: { ...dismissals } };
}

/** Brings findings back whose dismissal has ended. Run by the server from time to time. */
export class EndDismissals {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /** Gives the number of resources that were changed. */
  async execute(change: Change): Promise<number> {
    return write(this.unitOfWork, change, async (stores) => {
      const due = await stores.discovery.lockDismissedUntil(change.at, 1_000);
      await saveDismissals(stores, change, 'resource.restore', due, (each) =>
        dismissed(each, endedTypes(each, change.at), undefined),
      );
      return due.length;
    });
  }
}

function endedTypes(resource: DiscoveredResource, at: Date): FindingType[] {
  const ended = Object.entries(resource.dismissals).filter(
    ([, { until }]) => until !== null && until <= at.toISOString(),
  );
  return ended.map(([type]) => type as FindingType); // the keys are finding types
}
