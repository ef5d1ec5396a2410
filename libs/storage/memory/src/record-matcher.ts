import { isInScope, type AccessScope } from '@cloudpam/audit';
import type { RecordFilter } from '@cloudpam/pools';
import type { Tables } from './stores';

type Naming = 'accountId' | 'vrfId' | 'vlanId';

/** The ids of the records that pools and discovered resources in the access scope name. */
function namedInScope(
  { pools, resources }: Tables,
  accessScope: AccessScope,
  field: Naming,
): ReadonlySet<number> {
  const inScope = pools.all().filter((pool) => isInScope(accessScope, pool));
  const ids = inScope.map((pool) => pool[field]);
  if (field !== 'vlanId') {
    const seen = resources.all().filter((resource) => isInScope(accessScope, resource));
    ids.push(...seen.map((resource) => resource[field]));
  }
  return new Set(ids.flatMap((id) => id ?? []));
}

/** Whether a record fits `name`, `ids` and `accessScope` of a filter. */
export function recordMatcher(
  tables: Tables,
  { name, ids, accessScope }: RecordFilter,
  field: Naming,
): (record: { readonly id: number; readonly name: string }) => boolean {
  const named = accessScope && namedInScope(tables, accessScope, field);
  const whole =
    field === 'accountId' && accessScope?.under === null ? (accessScope.accountIds ?? []) : [];
  return (record) =>
    (name === undefined || record.name === name) &&
    (!ids || ids.includes(record.id)) &&
    (!named || named.has(record.id) || whole.includes(record.id));
}
