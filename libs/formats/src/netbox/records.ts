import { formatCidr } from '@cloudpam/cidr';
import type { ImportedPool, VlanName, VrfName } from '@cloudpam/import';
import type { PoolKind, PoolStatus } from '@cloudpam/pools';
import { readNetwork } from '../rows/network';
import { poolOf, statusOf, tenantOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import { skipped } from '../rows/row-problem';
import { NetboxNames } from './netbox-names';

/** A prefix of NetBox, whichever of its ways it was written in. null: it has none. */
export interface Prefix {
  readonly prefix: string;
  readonly status: string | null;
  readonly vrf: VrfName | null;
  readonly tenant: string | null;
  readonly place: { readonly key: 'site' | 'scope'; readonly name: string | null };
  /** undefined: not told. */
  readonly vlan: VlanName | null | undefined;
  readonly role: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly id: string | null;
  readonly asked: readonly (readonly [key: string, value: string | null])[];
}

/** What a status of NetBox is here. */
export type Status = 'container' | 'active' | 'reserved' | 'deprecated' | 'available';

const STATUS_HERE: Readonly<Record<Status, { status?: PoolStatus; kind?: PoolKind }>> = {
  container: { status: 'active', kind: 'container' },
  active: { status: 'active' },
  reserved: { status: 'planned', kind: 'reservation' },
  deprecated: { status: 'deprecated' },
  available: {},
};

/**
 * A prefix as a pool: role, tenant, site and tags become tags, each tag of NetBox one with its name
 * as key and no value.
 */
export function poolOfPrefix(
  prefix: Prefix,
  status: (word: string) => Status | undefined,
  reading: Reading,
): ImportedPool {
  const here = statusOf(prefix.status, reading, (word) => {
    const known = status(word);
    if (known === 'available') throw skipped('free_space', 'It is free space, and no prefix.');
    return known && STATUS_HERE[known];
  });
  const network = readNetwork(prefix.prefix, reading.fix);
  const tenant = tenantOf(prefix.tenant, reading);
  const kind =
    (prefix.role === null ? undefined : reading.meaning('role', prefix.role)) ?? here.kind;
  const pool = poolOf(
    {
      network,
      vrf: prefix.vrf,
      description: prefix.description,
      status: here.status,
      kind,
      account: tenant.account,
      vlan: prefix.vlan,
      tags: [
        ['role', prefix.role],
        ['tenant', tenant.tag],
        [prefix.place.key, prefix.place.name],
        ...prefix.tags.map((name) => [name, ''] as const),
        ...prefix.asked,
      ],
      sourceId: prefix.id === null ? null : { system: 'netbox', id: prefix.id },
    },
    reading,
  );
  if (pool.vrf === null) reading.shared(NetboxNames).globalCidrs.add(formatCidr(pool.cidr));
  return pool;
}

/** An aggregate as a container of the global VRF. */
export function poolOfAggregate(
  aggregate: Pick<Prefix, 'prefix' | 'tenant' | 'description' | 'tags' | 'asked'> & {
    readonly rir: string | null;
  },
  reading: Reading,
): ImportedPool {
  const network = readNetwork(aggregate.prefix, reading.fix);
  if (reading.shared(NetboxNames).globalCidrs.has(formatCidr(network.cidr)))
    throw skipped('same_as_another', 'A prefix of the global VRF has the same addresses.');
  const tenant = tenantOf(aggregate.tenant, reading);
  return poolOf(
    {
      network,
      vrf: null,
      description: aggregate.description,
      kind: 'container',
      account: tenant.account,
      tags: [
        ['rir', aggregate.rir],
        ['tenant', tenant.tag],
        ...aggregate.tags.map((name) => [name, ''] as const),
        ...aggregate.asked,
      ],
    },
    reading,
  );
}
