import type { Change } from '@cloudpam/audit';
import type { Cidr } from '@cloudpam/cidr';
import type { Pool } from '../pool';
import type { PoolStores } from '../pool-stores';
import { addressMade } from './address-events';
import type { AddressFields, AddressRecord } from './address-record';
import type { RangeRecord } from './range-record';

/** An address that somebody gets. */
export interface HostTaking {
  readonly cidr: Cidr;
  readonly fields: Partial<AddressFields>;
  /** The range that they are taken out of. */
  readonly range?: RangeRecord | undefined;
  /** Of a record that another server had; else it begins with the change. */
  readonly history?: RecordHistory | undefined;
}

/** When and how often a record was written. */
export type RecordHistory = Pick<AddressRecord, 'createdAt' | 'updatedAt' | 'version'>;

/** Makes records of free addresses of a pool, or of no pool of the VRF. The pool, or the VRF, is locked. */
export async function takeHosts(
  stores: PoolStores,
  change: Change,
  type: 'address.create' | 'address.allocate',
  pool: Pool | { readonly vrfId: number },
  takings: readonly HostTaking[],
): Promise<AddressRecord[]> {
  const holder = 'cidr' in pool ? pool : undefined;
  const made = await stores.addresses.insert(
    takings.map(({ cidr, fields, range, history }) => ({
      vrfId: pool.vrfId,
      poolId: holder?.id ?? null,
      rangeId: range?.id ?? null,
      cidr,
      name: fields.name ?? '',
      status: fields.status ?? 'active',
      role: fields.role ?? 'host',
      dnsName: fields.dnsName ?? null,
      mac: fields.mac ?? null,
      accountId: fields.accountId === undefined ? (holder?.accountId ?? null) : fields.accountId,
      description: fields.description ?? '',
      tags: fields.tags ?? {},
      expiresAt: fields.expiresAt ?? null,
      createdAt: change.at,
      updatedAt: change.at,
      version: 1,
      ...history,
    })),
  );
  // A range that counts has counted them already.
  const used = takings.filter(({ range }) => !range?.countsAsUsed).length;
  if (holder && used > 0)
    await stores.pools.setChildUsed([
      { id: holder.id, childUsed: holder.childUsed + BigInt(used) },
    ]);
  await stores.audit.append(made.map((record) => addressMade(change, type, record)));
  return made;
}
