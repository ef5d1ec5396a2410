import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { ZipFile } from 'yazl';
import { auditRecord } from '@cloudpam/audit';
import type { PoolFilter } from '@cloudpam/pools';
import { resourceView } from '../discovery/discovery-views';
import { Requires } from '../http/access-guard';
import { Described, object, QueryOf, text } from '../http/schema';
import { SchemaError } from '../http/schema';
import { poolView, sortOf } from '../pools/pool-view';
import { accountView, vlanView, vrfView } from '../records/record-views';
import { Context, RequestContext } from '../http/request-context';
import type { SeenStorage, SeenStores } from '../limits/seen-stores';
import { STORAGE, type Storage } from '../storage';
import { csvCell } from './csv-cell';

type Row = Record<string, unknown>;
type Pages = (stores: SeenStores, page: number) => Promise<Row[]>;

const QUERY = object({ datasets: text(200) }, []);
const SIZE = 500;

const byPage = (read: (stores: SeenStores, page: number) => Promise<{ items: readonly unknown[] }>, view: (item: never) => Row): Pages =>
  async (stores, page) => (await read(stores, page)).items.map((item) => view(item as never)); // `read` and `view` are paired below

const DATASETS: Record<string, (() => Pages)> = {
  pools: () => poolPages({}),
  blocks: () => poolPages({}, (row) => row['parent_id'] !== null),
  accounts: () => byPage((stores, page) => stores.accounts.list({}, page, SIZE), accountView),
  vrfs: () => byPage((stores, page) => stores.vrfs.list(page, SIZE), vrfView),
  vlans: () => byPage((stores, page) => stores.vlans.list(page, SIZE), vlanView),
  resources: () => byPage((stores, page) => stores.discovery.resources({}, page, SIZE), (item) => resourceView(item, new Map())),
  audit: auditPages,
};

/** Everything as CSV, in one ZIP that is written while it is read. */
@ApiTags('export')
@Controller('api/v1/export')
export class ExportController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get() @Requires('export:read', 'within limits') @ApiProduces('application/zip') @Described({ query: QUERY, answer: { type: 'string', format: 'binary' } })
  export(@Context() context: RequestContext, @QueryOf(QUERY) query: { datasets?: string }, @Res() reply: FastifyReply): void {
    const names = [...new Set((query.datasets ?? 'pools,accounts,vrfs,vlans').split(','))];
    const unknown = names.find((name) => !Object.hasOwn(DATASETS, name));
    if (unknown !== undefined) throw new SchemaError([{ field: 'datasets', code: 'invalid_field', detail: `knows ${Object.keys(DATASETS).join(', ')}, not "${unknown}"` }]);
    const zip = new ZipFile();
    for (const name of names) {
      const rows = Readable.from(this.rows(context.seen(this.storage), DATASETS[name]?.() ?? (() => Promise.resolve([]))));
      const csv = rows.pipe(stringify({ header: true }));
      rows.on('error', (error) => csv.destroy(error));
      csv.on('error', (error) => zip.emit('error', error));
      zip.addReadStream(csv, `${name}.csv`);
    }
    zip.end();
    void reply.header('content-disposition', 'attachment; filename="cloudpam-export.zip"').type('application/zip').send(zip.outputStream);
  }

  private async* rows(storage: SeenStorage, pages: Pages): AsyncGenerator<Row> {
    for (let page = 1; ; page++) {
      const rows = await storage.read((stores) => pages(stores, page));
      if (rows.length === 0) return;
      for (const row of rows) yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, csvCell(value)]));
    }
  }
}

/** Pools by cursor, so that the last page costs what the first one does. */
function poolPages(filter: PoolFilter, keep: (row: Row) => boolean = () => true): Pages {
  let after: string | undefined;
  let ended = false;
  return async (stores) => {
    let rows: Row[] = [];
    while (!ended && rows.length === 0) {
      const list = await stores.pools.list(filter, { sort: [...sortOf('id')], size: SIZE, ...after === undefined ? {} : { after } });
      ended = list.nextCursor === null;
      after = list.nextCursor ?? undefined;
      rows = list.items.map((pool) => {
        const { utilization, ...view } = poolView(pool) as Row & { utilization: Row };
        return { ...view, used: utilization['used'], total: utilization['total'] };
      }).filter(keep);
    }
    return rows;
  };
}

/** Audit entries, newest first, each page from where the last one ended. */
function auditPages(): Pages {
  let beyond: number | undefined;
  return async (stores) => {
    const entries = await stores.audit.scan({}, { order: 'newest', beyond }, SIZE);
    beyond = entries.at(-1)?.id ?? 0;
    return entries.map(auditRecord);
  };
}
