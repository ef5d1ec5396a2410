import { withHandlers, type Change } from '@cloudpam/audit';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import type { DiscoveryPolicy, Pool } from '@cloudpam/pools';
import {
  DiscoveryError,
  MOST_WAITING_BYTES,
  POOL_HANDLERS,
  ApplySnapshot,
  findingsOf,
  type ApplyResult,
  type Coverage,
  type DiscoveredResource,
  type Finding,
  type ScopeSnapshot,
  type SeenResource,
} from './index';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { allPools, change, planning, START, type Planning } from '@cloudpam/pools/testing';

type SeenFields = Partial<Omit<SeenResource, 'cidr'>> & {
  readonly externalId: string;
  readonly cidr: string;
};

/** A resource of account 111 in eu-central-1, in `vpc-1`; a VPC is its own network. */
export function seen({ cidr, ...fields }: SeenFields): SeenResource {
  const kind = fields.kind ?? (fields.externalId.startsWith('vpc') ? 'vpc' : 'subnet');
  return {
    kind,
    networkExternalId: kind === 'vpc' ? fields.externalId : 'vpc-1',
    ownerAccount: '111',
    region: 'eu-central-1',
    zoneId: null,
    name: fields.externalId,
    tags: {},
    ...fields,
    cidr: parseCidr(cidr),
  };
}

/** What was seen of account 111 in eu-central-1, complete unless told otherwise. */
export function snapshot(
  minutes: number,
  resources: readonly SeenResource[],
  fields: Partial<ScopeSnapshot> = {},
): ScopeSnapshot {
  const { region = 'eu-central-1', account = '111' } = fields;
  const networks = new Map(
    resources
      .filter((each) => each.ownerAccount === account)
      .map(({ networkExternalId: externalId, ownerAccount }) => [
        externalId,
        { externalId, ownerAccount, region, name: externalId, isDefault: false },
      ]),
  );
  return {
    provider: 'aws',
    account,
    region,
    coverage: 'complete' satisfies Coverage,
    collectedAt: new Date(START + minutes * 60_000),
    networks: [...networks.values()],
    resources,
    ...fields,
  };
}

/** A VPC with two subnets. */
export const VPC: readonly SeenResource[] = [
  seen({ externalId: 'vpc-1', cidr: '10.0.0.0/16', tags: { env: 'prod' } }),
  seen({ externalId: 'subnet-a', cidr: '10.0.1.0/24' }),
  seen({ externalId: 'subnet-b', cidr: '10.0.2.0/24' }),
];

export interface Estate extends Planning {
  /** Applies a snapshot at the minute it was collected. */
  apply(seenNow: ScopeSnapshot, more?: Partial<Change>): Promise<ApplyResult>;
  /** Delivers a part of a listing before its last one. */
  keep(part: ScopeSnapshot, more?: Partial<Change>): Promise<void>;
  /** Has scopes judged together by a dry run. @throws what was wrong with the first that was refused */
  judge(scopes: readonly ScopeSnapshot[]): Promise<void>;
  resources(): Promise<DiscoveredResource[]>;
  resource(externalId: string): Promise<DiscoveredResource>;
  pool(cidr: string): Promise<Pool>;
  findings(): Promise<Finding[]>;
}

export function estate(
  policy: DiscoveryPolicy = 'auto',
  mostWaitingBytes = MOST_WAITING_BYTES,
): Estate {
  const plan = planning(withHandlers(new MemoryStorage().unitOfWork, POOL_HANDLERS));
  const applySnapshot = new ApplySnapshot(plan.unitOfWork, policy, mostWaitingBytes);
  const deliver = (seenNow: ScopeSnapshot, more?: Partial<Change>) => {
    const actor = { type: 'collector', id: 'collector', name: 'collector' } as const;
    return applySnapshot.execute(
      { ...change(), actor, at: seenNow.collectedAt, ...more },
      'run',
      seenNow,
    );
  };
  const resources = () =>
    plan.unitOfWork.read(async ({ discovery }) => (await discovery.resources({}, 1, 10_000)).items);
  const found = <T>(list: readonly T[], matches: (each: T) => boolean, what: string): T => {
    const one = list.find(matches);
    if (one === undefined) throw new Error(`there is no ${what}`);
    return one;
  };
  return {
    ...plan,
    resources,
    apply: async (seenNow, more) => {
      const result = await deliver(seenNow, more);
      if (result === 'kept') throw new Error('it waits for a last part');
      return result;
    },
    judge: async (scopes) => {
      const results = await applySnapshot.together({ ...change(), dryRun: true }, 'run', scopes);
      for (const result of results) if (result instanceof DiscoveryError) throw result;
    },
    keep: async (part, more) => {
      expect(await deliver(part, more)).toBe('kept');
    },
    resource: async (externalId) =>
      found(await resources(), (each) => each.externalId === externalId, externalId),
    pool: async (cidr) =>
      found(await allPools(plan), (each) => formatCidr(each.cidr) === cidr, cidr),
    findings: async () => (await resources()).flatMap(findingsOf),
  };
}

/** The tree as `cidr kind parent's cidr sync`, in address order. */
export async function treeOf(plan: Planning): Promise<string[]> {
  const pools = await allPools(plan);
  const cidrs = new Map(pools.map((pool) => [pool.id, formatCidr(pool.cidr)]));
  return pools.map(
    (pool) =>
      `${formatCidr(pool.cidr)} ${pool.kind} in ` +
      `${pool.parentId === null ? '-' : (cidrs.get(pool.parentId) ?? '?')} ` +
      `${pool.syncStatus ?? 'manual'}`,
  );
}
