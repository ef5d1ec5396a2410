import type { Schemas } from '@cloudpam/api-client';
import { findingsOf } from './resource-findings';

interface DecisionWords {
  readonly label: string;
  /** As it is carried out: `Ignored 3 resources`. */
  readonly done: string;
  /** What it does, in a sentence. */
  readonly about: string;
}

/** What people read for a decision. */
export const DECISIONS = {
  import: {
    label: 'Import',
    done: 'Imported',
    about:
      'Makes a pool of it in the VRF of its network, or links it to the pool that was planned for it.',
  },
  approve: {
    label: 'Approve',
    done: 'Approved',
    about: 'Gives what waits for approval its pool in the VRF of its network.',
  },
  reject: {
    label: 'Reject',
    done: 'Rejected',
    about:
      'Keeps what waits for approval out of the tree; it stays in the inventory and is not asked about again.',
  },
  ignore: {
    label: 'Ignore',
    done: 'Ignored',
    about: 'Hides the finding, however often collectors see it; no pool changes.',
  },
  restore: {
    label: 'Show again',
    done: 'Showing again',
    about: 'Takes the ignoring back: the finding is open again.',
  },
  adopt: {
    label: 'Adopt',
    done: 'Adopted',
    about: 'Gives the pool the cloud’s value: its CIDR, account, region and VRF.',
  },
  release: {
    label: 'Release',
    done: 'Released',
    about:
      'Deletes the pool of what is gone from the cloud and frees its space; pools inside move up to the pool above.',
  },
} as const satisfies Record<Schemas['Decision'], DecisionWords>;

export const DECISION_NAMES = Object.keys(DECISIONS) as readonly Schemas['Decision'][]; // Its keys, by `satisfies`.

/**
 * Why a decision makes no sense for a resource, as a sentence; undefined when it does.
 * @param about the findings that are meant; undefined: all of the resource
 */
export function decisionRefusal(
  decision: Schemas['Decision'],
  resource: Schemas['Resource'],
  about?: readonly Schemas['ResourceFindingType'][],
): string | undefined {
  const { pool_id, management, overlap_status, sync_status } = resource;
  const pending = management === 'pending';
  switch (decision) {
    case 'import':
      if (pool_id !== null) return 'It has a pool already.';
      if (pending) return 'It waits for approval: approve or reject it.';
      return overlap_status === 'nonoverlapping'
        ? undefined
        : 'It overlaps what is in the tree. Give its network its own VRF, or ignore it.';
    case 'approve':
    case 'reject':
      return pending ? undefined : 'It does not wait for approval.';
    case 'ignore': {
      const found = findingsOf(resource).filter(({ type }) => about?.includes(type) ?? true);
      if (found.length === 0) return 'It has no finding to ignore.';
      return found.every(({ ignored }) => ignored) ? 'It is ignored already.' : undefined;
    }
    case 'restore':
      return Object.keys(resource.ignored).some(
        (type) => about?.some((one) => one === type) ?? true,
      )
        ? undefined
        : 'It is not ignored.';
    case 'adopt':
      return sync_status === 'drift' && pool_id !== null
        ? undefined
        : 'Its pool has the cloud’s value.';
    case 'release':
      return sync_status === 'orphaned'
        ? undefined
        : 'It is still in the cloud, and its space in use.';
  }
}

/**
 * Why a decision makes no sense for any of several resources; undefined when it does for at least
 * one.
 */
export function bulkRefusal(
  decision: Schemas['Decision'],
  resources: readonly Schemas['Resource'][],
  about?: readonly Schemas['ResourceFindingType'][],
): string | undefined {
  const reasons = resources.map((resource) => decisionRefusal(decision, resource, about));
  if (reasons.includes(undefined)) return undefined;
  const distinct = [...new Set(reasons)];
  if (resources.length < 2) return distinct[0];
  return `Possible for none of the ${resources.length} picked: ${distinct.join(' ')}`;
}

/** Why a resource's network needs no VRF of its own; undefined when that would help. */
export function isolationRefusal({ overlap_status }: Schemas['Resource']): string | undefined {
  return overlap_status === 'nonoverlapping' ? 'It overlaps nothing in its VRF.' : undefined;
}

/** What a person most likely wants to do next about a resource; undefined: nothing. */
export function likelyAction(
  resource: Schemas['Resource'],
  about?: readonly Schemas['ResourceFindingType'][],
): Schemas['Decision'] | 'isolate' | undefined {
  if (about !== undefined && decisionRefusal('ignore', resource, about) !== undefined) {
    return decisionRefusal('restore', resource, about) === undefined ? 'restore' : undefined;
  }
  const open = findingsOf(resource).filter(
    ({ type, ignored }) => !ignored && (about?.includes(type) ?? true),
  );
  const types = open.map(({ type }) => type);
  if (types.includes('orphan')) return 'release';
  if (types.includes('drift')) return 'adopt';
  if (types.includes('overlap')) return 'isolate';
  if (types.includes('unmanaged')) return resource.management === 'pending' ? 'approve' : 'import';
  if (types.length > 0) return 'ignore';
  return decisionRefusal('restore', resource, about) === undefined ? 'restore' : undefined;
}
