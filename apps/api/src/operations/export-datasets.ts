import { auditRecord } from '@cloudpam/audit';
import { typedIn, type PoolFilter } from '@cloudpam/pools';
import { auditFilterOf, type AuditQuery } from '../audit/audit-filter';
import { AUDIT_FILTER } from '../audit/audit-schemas';
import { RESOURCE_FILTER } from '../discovery/discovery-schemas';
import { accountsOf, resourceView } from '../discovery/discovery-views';
import { resourceFilterOf, type ResourceQuery } from '../discovery/resource-query';
import { checkOf, object, text, type Schema } from '../http/schema';
import type { SeenStores } from '../limits/seen-stores';
import { POOL_FILTER } from '../pools/pool-schemas';
import { filterOf, poolView, sortOf, type PoolQuery } from '../pools/pool-view';
import { accountFilterOf, type AccountQuery } from '../records/account-filter';
import { ACCOUNT_FILTER } from '../records/record-schemas';
import { accountView, vlanView, vrfView } from '../records/record-views';

export type Row = Record<string, unknown>;
/** Gives page after page, from 1, and an empty one at the end. */
export type Pages = (stores: SeenStores, page: number) => Promise<Row[]>;
export type Filters = Readonly<Record<string, unknown>>;

/** One table of the export. */
export interface Dataset {
  /** The filters of the list beside it. */
  readonly filters: Readonly<Record<string, Schema>>;
  /** @throws SchemaError, CidrError when a filter does not fit */
  open(filters: Filters): Pages;
}

const SIZE = 500;
const Q = { q: text(500) };

export const DATASETS: Readonly<Record<string, Dataset>> = {
  pools: dataset<PoolQuery>(POOL_FILTER, (query) => poolPages(filterOf(query))),
  blocks: dataset<PoolQuery>(POOL_FILTER, (query) =>
    poolPages(filterOf(query), (row) => row['parent_id'] !== null),
  ),
  accounts: dataset<AccountQuery>(
    ACCOUNT_FILTER,
    (query) => async (stores, page) =>
      (await stores.accounts.list(accountFilterOf(query), page, SIZE)).items.map(accountView),
  ),
  vrfs: dataset<{ q?: string }>(
    Q,
    ({ q }) =>
      async (stores, page) =>
        (await stores.vrfs.list(page, SIZE, typedIn(q)?.text)).items.map(vrfView),
  ),
  vlans: dataset<{ q?: string }>(
    Q,
    ({ q }) =>
      async (stores, page) =>
        (await stores.vlans.list(page, SIZE, typedIn(q)?.text)).items.map(vlanView),
  ),
  resources: dataset<ResourceQuery>(RESOURCE_FILTER, (query) => resourcePages(query)),
  audit: dataset<AuditQuery>(AUDIT_FILTER, (query) => auditPages(query)),
};

/** All filters, for the document: of those that several datasets have, each checks its own. */
export const EXPORT_FILTERS: Readonly<Record<string, Schema>> = Object.values(DATASETS).reduce<
  Record<string, Schema>
>((all, { filters }) => {
  for (const [name, schema] of Object.entries(filters))
    all[name] = all[name] && all[name] !== schema ? either(all[name], schema) : schema;
  return all;
}, {});

function dataset<Query extends object>(filters: Dataset['filters'], open: (query: Query) => Pages): Dataset {
  const check = checkOf<Query>(object(filters, []));
  return { filters, open: (given) => open(check(given)) };
}

function either(a: Schema, b: Schema): Schema {
  const [these, those] = [a['enum'], b['enum']];
  return Array.isArray(these) && Array.isArray(those)
    ? { ...a, enum: [...new Set<unknown>([...these, ...those])] }
    : a;
}

function resourcePages(query: ResourceQuery): Pages {
  return async (stores, page) => {
    const { items } = await stores.discovery.resources(resourceFilterOf(query), page, SIZE);
    const accounts = await accountsOf(stores, items);
    return items.map((item) => resourceView(item, accounts));
  };
}

/** Pools by cursor, so that the last page costs what the first one does. */
function poolPages(filter: PoolFilter, keep: (row: Row) => boolean = () => true): Pages {
  let after: string | undefined;
  let ended = false;
  return async (stores) => {
    let rows: Row[] = [];
    while (!ended && rows.length === 0) {
      const list = await stores.pools.list(filter, {
        sort: [...sortOf('id')],
        size: SIZE,
        ...(after === undefined ? {} : { after }),
      });
      ended = list.nextCursor === null;
      after = list.nextCursor ?? undefined;
      rows = list.items
        .map((pool) => {
          const { utilization, ...view } = poolView(pool) as Row & { utilization: Row };
          return { ...view, used: utilization['used'], total: utilization['total'] };
        })
        .filter(keep);
    }
    return rows;
  };
}

/** Audit entries, newest first, each page from where the last one ended. */
function auditPages(query: AuditQuery): Pages {
  const filter = auditFilterOf(query);
  let beyond: number | undefined;
  return async (stores) => {
    const entries = await stores.audit.scan(filter, { order: 'newest', beyond }, SIZE);
    beyond = entries.at(-1)?.id ?? 0;
    return entries.map(auditRecord);
  };
}
