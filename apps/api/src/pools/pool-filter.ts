import {
  PoolError,
  tagReadings,
  typedIn,
  type PoolFilter,
  type PoolPage,
  type PoolSort,
  type Tag,
} from '@cloudpam/pools';
import { rangeOf } from '../http/address-range';
import type { CursorPage } from '../http/list-page';
import { instantOf, recordId, SchemaError } from '../http/schema';
import type { BlocksQuery, PoolPageQuery, PoolQuery } from './dto/pool-query.dto';

/** Which pools the parameters ask for. @throws CidrError, SchemaError */
export function filterOf(query: Partial<PoolQuery>): PoolFilter {
  return {
    vrfId: query.vrf_id,
    accountIds: query.account_id === undefined ? undefined : [query.account_id],
    parentId:
      query.parent_id === undefined
        ? undefined
        : query.parent_id === 'null'
          ? null
          : Number(query.parent_id),
    kind: query.kind,
    status: query.status,
    source: query.source,
    syncStatus: query.sync_status,
    vlanId: query.vlan_id,
    region: query.region,
    externalId: query.external_id,
    name: query.name,
    tags: query.tag?.map(tagsOf),
    contains: rangeOf(query.cidr_contains),
    within: rangeOf(query.cidr_within),
    typed: typedIn(query.q),
  };
}

/** Which blocks the parameters ask for: pools below others. @throws PoolError */
export function blockFilterOf(query: BlocksQuery): PoolFilter {
  const under = idsOf(query.pools, 'pools');
  const accountIds = idsOf(query.accounts, 'accounts', recordId.maximum);
  return { ...filterOf(query), accountIds, ...(under ? { under } : { nested: true }) };
}

/** Which page the parameters ask for, and in which order. @throws InvalidCursor */
export function pageOf({ sort }: PoolPageQuery, { page, size, after }: CursorPage): PoolPage {
  return { page, size, after, sort: sortOf(sort) };
}

/** The tags that `key:value` can mean: a key may hold colons itself. */
function tagsOf(text: string): Tag[] {
  const readings = tagReadings(text);
  if (readings.length === 0)
    throw new SchemaError([{ field: 'tag', code: 'invalid_field', detail: 'must be key:value' }]);
  return readings;
}

/** `cidr,-created_at` as the store takes it; by CIDR when nothing is said. */
export function sortOf(text = 'cidr'): PoolSort[] {
  return text.split(',').map((each) => ({
    field: each.replace(/^-/, '') as PoolSort['field'], // the schema has let nothing else pass
    descending: each.startsWith('-'),
  }));
}

/**
 * The time that a list is asked for. @throws SchemaError for the future, and for what a list of the
 * past does not offer
 */
export function pastTimeOf(query: PoolQuery, moment: string, name: string, now: number): Date {
  const at = instantOf(moment, name);
  const refuse = (field: string, detail: string): SchemaError =>
    new SchemaError([{ field, code: 'invalid_field', detail }]);
  if (at.getTime() > now) throw refuse(name, 'lies in the future');
  if (query.sort !== undefined && query.sort !== 'cidr')
    throw refuse('sort', `must be cidr together with ${name}`);
  if (query.page !== undefined && query.page !== 1)
    throw refuse('page', `cannot be given together with ${name}; follow next_cursor`);
  return at;
}

function idsOf(
  text: string | undefined,
  field: string,
  max = Number.MAX_SAFE_INTEGER,
): number[] | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}(,[1-9]\d{0,14})*$/.test(text))
    throw new PoolError('invalid_field', `${field} must be ids with commas between them.`, {
      field,
    });
  const ids = text.split(',').map(Number);
  if (ids.some((each) => each > max))
    throw new PoolError('invalid_field', `${field} must be ids up to ${max}.`, { field });
  return ids;
}
