import type { Type } from '@nestjs/common';
import type { AuditFilter } from '@cloudpam/audit';
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
import { filterOf, sortOf } from '../pools/pool-filter';
import type { Row } from '../http/csv-pages';
import { RECORD_ROUTES } from '../records/record-routes';
import { poolRow, RecordsOfPools } from './pool-rows';

/**
 * Reads one page of a table, and tells what reads the next one; undefined at the end. It keeps no place of its own:
 * it may be called again.
 */
export type ReadPage = (stores: VisibleStores) => Promise<RowPage>;
export interface RowPage {
  readonly rows: Row[];
  readonly next: ReadPage | undefined;
}
export type Filters = Readonly<Record<string, unknown>>;

/** One table of the export. */
export interface Dataset {
  /** The filters of the list beside it. */
  readonly filters: Readonly<Record<string, Schema>>;
  /** @throws SchemaError, CidrError when a filter does not fit */
  open(filters: Filters): ReadPage;
}

/** Rows that are read and written at once: few enough to keep nobody waiting. */
const SIZE = 250;
const PAGING = Object.keys(fieldSchemasOf(PoolPageQuery));

export const DATASETS: Readonly<Record<string, Dataset>> = {
  pools: dataset<PoolQuery>(filtersOf(PoolQuery), (query) => poolPage(filterOf(query))),
  blocks: dataset<PoolQuery>(filtersOf(PoolQuery), (query) =>
    poolPage({ ...filterOf(query), nested: true }),
  ),
  ...recordDatasets(),
  resources: dataset<ResourceQuery>(filtersOf(ResourceQuery), (query) =>
    resourcePage(resourceFilterOf(query)),
  ),
  audit: dataset<AuditFilterQuery>(filtersOf(AuditFilterQuery), (query) =>
    auditPage(auditFilterOf(query)),
  ),
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
      dataset<object>(filtersOf(filters), (query) => {
        const pageAt =
          (page: number): ReadPage =>
          async (stores) => {
            const records = await rows(stores, query, page, SIZE);
            return {
              rows: records.map((each) => ({ ...each })),
              next: records.length === 0 ? undefined : pageAt(page + 1),
            };
          };
        return pageAt(1);
      }),
    ]),
  );
}

function dataset<Query extends object>(
  filters: Dataset['filters'],
  open: (query: Query) => ReadPage,
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

function resourcePage(filter: ResourceFilter): ReadPage {
  return async (stores) => {
    const { items } = await stores.discovery.resources(filter, 1, SIZE);
    const accounts = await accountsOf(stores, items);
    const after = items.at(-1);
    return {
      rows: items.map((item) => ({ ...ResourceDto.of(item, accounts) })),
      next: after && resourcePage({ ...filter, after }),
    };
  };
}

/** Pools by cursor, so that the last page costs what the first one does. */
function poolPage(filter: PoolFilter, records = new RecordsOfPools(), after?: string): ReadPage {
  const page = { sort: [...sortOf('id')], size: SIZE };
  return async (stores) => {
    const list = await stores.pools.list(filter, after === undefined ? page : { ...page, after });
    const namedBy = await records.of(stores, list.items);
    return {
      rows: list.items.map((pool) => poolRow(pool, namedBy(pool))),
      next: list.nextCursor === null ? undefined : poolPage(filter, records, list.nextCursor),
    };
  };
}

/** Audit entries, newest first, each page from where the last one ended. */
function auditPage(filter: AuditFilter, beyond?: number): ReadPage {
  return async (stores) => {
    const entries = await stores.audit.scan(filter, { order: 'newest', beyond }, SIZE);
    const last = entries.at(-1);
    return {
      rows: entries.map((entry) => ({ ...AuditEntryDto.of(entry) })),
      next: last && auditPage(filter, last.id),
    };
  };
}
