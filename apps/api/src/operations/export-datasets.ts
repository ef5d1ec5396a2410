import type { Type } from '@nestjs/common';
import type { AuditFilter } from '@cloudpam/audit';
import {
  accountsOf,
  RECORDS,
  type PoolFilter,
  type PoolSort,
  type RecordsName,
} from '@cloudpam/pools';
import type { ResourceFilter } from '@cloudpam/reconciliation';
import { addressFilterOf, rangeFilterOf } from '../addresses/address-filter';
import { AddressQuery } from '../addresses/dto/address.dto';
import { RangeQuery } from '../addresses/dto/range.dto';
import { auditFilterOf } from '../audit/audit-filter';
import { AuditEntryDto } from '../audit/dto/audit-entry.dto';
import { AuditFilterQuery } from '../audit/dto/audit-query.dto';
import { ResourceQuery } from '../discovery/dto/resource-query.dto';
import { ResourceDto } from '../discovery/dto/resource.dto';
import { resourceFilterOf } from '../discovery/resource-filter';
import { fieldSchemasOf } from '../http/class-schema';
import { PageQuery } from '../http/common.dto';
import type { Row } from '../http/csv-pages';
import { checkOf, object, type Schema } from '../http/schema';
import { PoolQuery } from '../pools/dto/pool-query.dto';
import { filterOf, sortOf } from '../pools/pool-filter';
import { RECORD_ROUTES } from '../records/record-routes';
import { PAGE, type ReadPage } from './export-table';
import {
  addressRow,
  poolObject,
  poolRow,
  rangeRow,
  RecordsOfRows,
  type NamedRecords,
  type NamingRow,
} from './named-rows';

export type Filters = Readonly<Record<string, unknown>>;

/** `row`: flat, as a table has it, and lossless. `object`: as the list beside it answers. */
export type Shape = 'row' | 'object';

/** One table that can be exported. */
export interface Dataset {
  /** The filters and the order of the list beside it. */
  readonly filters: Readonly<Record<string, Schema>>;
  /** @throws SchemaError, CidrError when a filter does not fit */
  open(filters: Filters, shape: Shape): ReadPage;
}

const PAGING = Object.keys(fieldSchemasOf(PageQuery));

/** What the tables of pools take. */
export const POOL_FILTERS = filtersOf(PoolQuery);
const checkPools = checkOf<PoolQuery>(object(POOL_FILTERS, []));

/**
 * Which pools are exported, and in which order: by id unless it is said, which stays the same.
 * @throws SchemaError, CidrError when a filter does not fit
 */
export function poolFilterOf(given: Filters): { filter: PoolFilter; sort: PoolSort[] } {
  const query = checkPools(given);
  return { filter: filterOf(query), sort: sortOf(query.sort ?? 'id') };
}

export const DATASETS: Readonly<Record<string, Dataset>> = {
  pools: {
    filters: POOL_FILTERS,
    open: (given, shape) => {
      const { filter, sort } = poolFilterOf(given);
      return new PoolPages(filter, sort, shape).from(undefined);
    },
  },
  blocks: {
    filters: POOL_FILTERS,
    open: (given, shape) => {
      const { filter, sort } = poolFilterOf(given);
      return new PoolPages({ ...filter, nested: true }, sort, shape).from(undefined);
    },
  },
  addresses: dataset<AddressQuery>(filtersOf(AddressQuery), (query) => {
    const filter = addressFilterOf(query);
    return leafPages((stores, page) => stores.addresses.list(filter, page), addressRow)(undefined);
  }),
  ranges: dataset<RangeQuery>(filtersOf(RangeQuery), (query) => {
    const filter = rangeFilterOf(query);
    return leafPages((stores, page) => stores.ranges.list(filter, page), rangeRow)(undefined);
  }),
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
      RECORDS[name as RecordsName].list, // a key of both
      dataset<object>(filtersOf(filters), (query) => {
        const pageAt =
          (page: number): ReadPage =>
          async (stores) => {
            const records = await rows(stores, query, page, PAGE);
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
    const { items } = await stores.discovery.resources(filter, 1, PAGE);
    const accounts = await accountsOf(stores, items);
    const after = items.at(-1);
    return {
      rows: items.map((item) => ({ ...ResourceDto.of(item, accounts) })),
      next: after && resourcePage({ ...filter, after }),
    };
  };
}

/** Pools by cursor, so that the last page costs what the first one does. */
class PoolPages {
  private readonly records = new RecordsOfRows();

  constructor(
    private readonly filter: PoolFilter,
    private readonly sort: readonly PoolSort[],
    private readonly shape: Shape,
  ) {}

  from(after: string | undefined): ReadPage {
    return async (stores) => {
      const page = { sort: this.sort, size: PAGE, after };
      const { items, nextCursor } = await stores.pools.list(this.filter, page);
      const namedBy = await this.records.of(stores, items);
      const write = this.shape === 'row' ? poolRow : poolObject;
      return {
        rows: items.map((pool) => write(pool, namedBy(pool))),
        next: nextCursor === null ? undefined : this.from(nextCursor),
      };
    };
  }
}

/** Address records or ranges by cursor. */
function leafPages<Leaf extends NamingRow>(
  list: (
    stores: Parameters<ReadPage>[0],
    page: { readonly size: number; readonly after?: string },
  ) => Promise<{ readonly items: readonly Leaf[]; readonly nextCursor: string | null }>,
  write: (leaf: Leaf, named: NamedRecords) => Row,
): (after: string | undefined) => ReadPage {
  const records = new RecordsOfRows();
  const from =
    (after: string | undefined): ReadPage =>
    async (stores) => {
      const { items, nextCursor } = await list(stores, { size: PAGE, after });
      const namedBy = await records.of(stores, items);
      return {
        rows: items.map((leaf) => write(leaf, namedBy(leaf))),
        next: nextCursor === null ? undefined : from(nextCursor),
      };
    };
  return from;
}

/** Audit entries, newest first, each page from where the last one ended. */
function auditPage(filter: AuditFilter, beyond?: number): ReadPage {
  return async (stores) => {
    const entries = await stores.audit.scan(filter, { order: 'newest', beyond }, PAGE);
    const last = entries.at(-1);
    return {
      rows: entries.map((entry) => ({ ...AuditEntryDto.of(entry) })),
      next: last && auditPage(filter, last.id),
    };
  };
}
