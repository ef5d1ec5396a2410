import type { Type } from '@nestjs/common';
import { accountsOf, type PoolFilter } from '@cloudpam/pools';
import type { ResourceFilter } from '@cloudpam/reconciliation';
import { auditFilterOf } from '../audit/audit-filter';
import { AuditEntryDto } from '../audit/dto/audit-entry.dto';
import { AuditFilterQuery } from '../audit/dto/audit-query.dto';
import { ResourceQuery } from '../discovery/dto/resource-query.dto';
import { ResourceDto } from '../discovery/dto/resource.dto';
import { resourceFilterOf } from '../discovery/resource-filter';
import { fieldSchemasOf } from '../http/class-schema';
import { checkOf, object, type Schema } from '../http/schema';
import type { VisibleStores } from '../limits/visible-stores';
import { PoolPageQuery, PoolQuery } from '../pools/dto/pool-query.dto';
import { PoolDto } from '../pools/dto/pool.dto';
import { filterOf, sortOf } from '../pools/pool-filter';
import type { Row } from '../http/csv-pages';
import { RECORD_ROUTES } from '../records/record-routes';

/** Gives page after page, from 1, and an empty one at the end. */
export type Pages = (stores: VisibleStores, page: number) => Promise<Row[]>;
export type Filters = Readonly<Record<string, unknown>>;

/** One table of the export. */
export interface Dataset {
  /** The filters of the list beside it. */
  readonly filters: Readonly<Record<string, Schema>>;
  /** @throws SchemaError, CidrError when a filter does not fit */
  open(filters: Filters): Pages;
}

/** Rows that are read and written at once: few enough to keep nobody waiting. */
const SIZE = 250;
const PAGING = Object.keys(fieldSchemasOf(PoolPageQuery));

export const DATASETS: Readonly<Record<string, Dataset>> = {
  pools: dataset<PoolQuery>(filtersOf(PoolQuery), (query) => poolPages(filterOf(query))),
  blocks: dataset<PoolQuery>(filtersOf(PoolQuery), (query) =>
    poolPages({ ...filterOf(query), nested: true }),
  ),
  ...recordDatasets(),
  resources: dataset<ResourceQuery>(filtersOf(ResourceQuery), (query) => resourcePages(query)),
  audit: dataset<AuditFilterQuery>(filtersOf(AuditFilterQuery), (query) => auditPages(query)),
};

/** All filters, for the document: of those that several datasets have, each checks its own. */
export const EXPORT_FILTERS: Readonly<Record<string, Schema>> = Object.values(DATASETS).reduce<
  Record<string, Schema>
>((all, { filters }) => {
  for (const [name, schema] of Object.entries(filters))
    all[name] = all[name] && all[name] !== schema ? either(all[name], schema) : schema;
  return all;
}, {});

/** The records of each kind. */
function recordDatasets(): Readonly<Record<string, Dataset>> {
  return Object.fromEntries(
    Object.entries(RECORD_ROUTES).map(([name, { query: filters, rows }]) => [
      name,
      dataset<object>(filtersOf(filters), (query) => async (stores, page) => {
        const records = await rows(stores, query, page, SIZE);
        return records.map((each) => ({ ...each }));
      }),
    ]),
  );
}

function dataset<Query extends object>(
  filters: Dataset['filters'],
  open: (query: Query) => Pages,
): Dataset {
  const check = checkOf<Query>(object(filters, []));
  return { filters, open: (given) => open(check(given)) };
}

/** The parameters of a list but for those that say which page. */
function filtersOf(query: Type<object>): Dataset['filters'] {
  const fields = Object.entries(fieldSchemasOf(query));
  return Object.fromEntries(fields.filter(([name]) => !PAGING.includes(name)));
}

function either(a: Schema, b: Schema): Schema {
  const [these, those] = [a['enum'], b['enum']];
  return Array.isArray(these) && Array.isArray(those)
    ? { ...a, enum: [...new Set<unknown>([...these, ...those])] }
    : a;
}

function resourcePages(query: ResourceQuery): Pages {
  const filter = resourceFilterOf(query);
  let after: ResourceFilter['after'];
  return async (stores) => {
    const { items } = await stores.discovery.resources({ ...filter, after }, 1, SIZE);
    after = items.at(-1) ?? after;
    const accounts = await accountsOf(stores, items);
    return items.map((item) => ({ ...ResourceDto.of(item, accounts) }));
  };
}

/** Pools by cursor, so that the last page costs what the first one does. */
function poolPages(filter: PoolFilter): Pages {
  const page = { sort: [...sortOf('id')], size: SIZE };
  let after: string | null | undefined;
  return async (stores) => {
    if (after === null) return [];
    const list = await stores.pools.list(filter, after === undefined ? page : { ...page, after });
    after = list.nextCursor;
    return list.items.map((pool) => {
      const { utilization, ...row } = PoolDto.of(pool);
      const { used, total } = utilization;
      // Assigned: of many objects that are spread into one V8 keeps a hidden class each, for long.
      return Object.assign(row, { used, total });
    });
  };
}

/** Audit entries, newest first, each page from where the last one ended. */
function auditPages(query: AuditFilterQuery): Pages {
  const filter = auditFilterOf(query);
  let beyond: number | undefined;
  return async (stores) => {
    const entries = await stores.audit.scan(filter, { order: 'newest', beyond }, SIZE);
    beyond = entries.at(-1)?.id ?? 0;
    return entries.map((entry) => ({ ...AuditEntryDto.of(entry) }));
  };
}
