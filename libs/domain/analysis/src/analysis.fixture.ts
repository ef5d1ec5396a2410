import { parseCidr } from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, type Pool } from '@cloudpam/pools';
import type { ExaminedPool } from './examined-pool';

/** The day on which pools of tests were made, since 1970-01-01. */
export const MADE_ON = 20_000;

/** A pool with what a test says of it. */
export function pool(cidr: string, fields: Partial<Pool> = {}): Pool {
  const at = new Date(MADE_ON * 86_400_000);
  return {
    ...{ id: 1, vrfId: GLOBAL_VRF_ID, parentId: null, name: cidr, cidr: parseCidr(cidr) },
    ...{ kind: 'subnet', status: 'active', source: 'manual', accountId: null, provider: null },
    ...{ externalId: null, externalVpc: null, region: null, syncStatus: null, scopeId: null },
    ...{ lastSyncAt: null, description: '', tags: {}, vlanId: null, expiresAt: null, rules: null },
    ...{ liveKey: null, createdAt: at, updatedAt: at, version: 1, childUsed: 0n },
    ...fields,
  };
}

/** A pool that was looked at, with what a test says of what is around it. */
export function examined(of: Pool, around: Partial<ExaminedPool> = {}): ExaminedPool {
  return {
    pool: of,
    parent: undefined,
    days: [],
    hosts: null,
    hasRange: false,
    elsewhere: [],
    ...around,
  };
}

/** A subnet of a living cloud. */
export const IN_CLOUD: Partial<Pool> = {
  source: 'discovered',
  syncStatus: 'synced',
  externalId: 'subnet-1',
  provider: 'aws',
};
