import type { AccessScope, NewAuditEntry, WriteLimit } from '@cloudpam/audit';
import { AccessError } from '@cloudpam/identity';
import { RECORDS, type RecordEntity } from '@cloudpam/pools';
import type { Stores } from '../storage/storage';
import { ENTITIES, type EntityType } from './registry';
import { redactedFor } from './redacted-for';
import { visibleTo } from './visible-stores';

/** What a write names: for someone with limits all of it must be in their access scope. */
export interface WriteTargets {
  readonly pools?: readonly number[];
  readonly addresses?: readonly number[];
  readonly ranges?: readonly number[];
  readonly resources?: readonly number[];
  readonly jobs?: readonly number[];
  readonly accounts?: readonly number[];
  /** What fields of the body name, as on the wire. */
  readonly named?: readonly { readonly [Field in NamingField]?: number | null }[];
}

/** The fields of bodies that name an entity, in the order in which they are looked at. */
const NAMING: Readonly<Record<NamingField, EntityType>> = {
  parent_id: 'pool',
  range_id: 'range',
  ...(Object.fromEntries(
    Object.values(RECORDS).map(({ entity }) => [`${entity}_id`, entity]),
  ) as Record<`${RecordEntity}_id`, RecordEntity>), // of every kind
};
type NamingField = `${RecordEntity}_id` | 'parent_id' | 'range_id';

/**
 * Keeps a write inside an access scope: what it names must be visible, and all of its events must be
 * such as its caller may cause; see `registry.ts`.
 */
export class ScopedWrite implements WriteLimit {
  constructor(
    private readonly accessScope: AccessScope,
    private readonly targets: WriteTargets,
  ) {}

  /** @throws the error of what does not exist, for what is not visible */
  async before(stores: unknown): Promise<void> {
    const visible = visibleTo(this.accessScope, stores as Stores); // of the storage that the server runs on
    for (const { entity, ids, field } of namedBy(this.targets)) {
      const { named } = ENTITIES[entity];
      if (!named || ids.length === 0) continue;
      const known = await named.visibleIds(visible, ids);
      for (const id of ids) if (!known.has(id)) throw named.notFound(id, field);
    }
  }

  /** The same for a part of the write that names these resources alone. */
  forResources(resources: readonly number[]): ScopedWrite {
    return new ScopedWrite(this.accessScope, { ...this.targets, resources });
  }

  /** @throws AccessError `outside_limits` */
  async after<T>(given: unknown, events: readonly NewAuditEntry[], result: T): Promise<T> {
    const stores = given as Stores; // of the storage that the server runs on
    for (const event of events) {
      const { mayCause } = ENTITIES[event.entityType as EntityType]; // of a declared event
      if (!(await mayCause(this.accessScope, stores, event)))
        throw new AccessError(
          'outside_limits',
          'This reaches beyond the accounts and pools that you are limited to; nothing was ' +
            'changed. Give new pools an account_id and a place that are within your limits.',
        );
    }
    return redactedFor(this.accessScope, stores, result);
  }
}

/** The entities that a write names: by its path, and by fields of its body. */
function namedBy({
  pools = [],
  addresses = [],
  ranges = [],
  resources = [],
  jobs = [],
  accounts = [],
  named = [],
}: WriteTargets): { entity: EntityType; ids: readonly number[]; field?: string }[] {
  const fields = Object.entries(NAMING) as [NamingField, EntityType][]; // the keys of the table
  return [
    { entity: 'pool', ids: pools },
    { entity: 'address', ids: addresses },
    { entity: 'range', ids: ranges },
    { entity: 'resource', ids: resources },
    { entity: 'job', ids: jobs },
    { entity: 'account', ids: accounts, field: 'account_id' },
    ...fields.map(([field, entity]) => ({
      entity,
      ids: [...new Set(named.flatMap((body) => body[field] ?? []))],
      field,
    })),
  ];
}
