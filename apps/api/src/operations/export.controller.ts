import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RECORDS } from '@cloudpam/pools';
import { finished, Readable, type PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { ZipFile } from 'yazl';
import { Requires } from '../http/access-guard';
import { endWith, pauses } from '../http/client-gone';
import { Operation } from '../http/operation';
import { DescribedQuery, object, QueryOf, SchemaError, text } from '../http/schema';
import { Context, RequestContext } from '../http/request-context';
import { ExportTurns } from '../http/turns';
import type { VisibleStorage } from '../limits/visible-stores';
import { STORAGE, type Storage } from '../storage/storage';
import { csvPages, type Row } from '../http/csv-pages';
import {
  DATASETS,
  EXPORT_FILTERS,
  type Dataset,
  type Filters,
  type ReadPage,
  type RowPage,
} from './export-datasets';

/** What is exported unless it is said: what people keep by hand. */
const STANDARD = ['pools', ...Object.keys(RECORDS)];

const QUERY = object(
  {
    datasets: {
      ...text(200),
      description:
        `Which tables, with commas between them: ${Object.keys(DATASETS).join(', ')}; \`all\` is ` +
        `every one but the audit log; without it ${STANDARD.join(', ')}`,
    },
    ...EXPORT_FILTERS,
  },
  [],
);

/**
 * Everything as CSV, in one ZIP that is written while it is read; each table takes the filters of
 * its list.
 */
@ApiTags('export')
@Controller('api/v1/export')
export class ExportController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly turns: ExportTurns,
  ) {}

  @Get()
  @Requires('export:read', 'within limits')
  @Operation({
    id: 'export',
    summary: 'Export everything',
    description:
      'Gives tables as CSV, in one ZIP that is written while it is read; each table takes the ' +
      'filters of its list. Few exports run at a time; others wait for their turn.',
    file: ['application/zip'],
    problems: ['busy'],
    headers: ['Content-Disposition'],
  })
  @DescribedQuery(QUERY)
  async export(
    @Context() context: RequestContext,
    @QueryOf(QUERY) { datasets, ...filters }: Filters & { datasets?: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const names = [...new Set((datasets?.split(',') ?? STANDARD).flatMap(meant))];
    const unknown = names.find((name) => !Object.hasOwn(DATASETS, name));
    if (unknown !== undefined)
      throw new SchemaError([
        {
          field: 'datasets',
          code: 'invalid_field',
          detail: `knows ${Object.keys(DATASETS).join(', ')}, not "${unknown}"`,
        },
      ]);
    const tables = opened(names, filters);
    const storage = context.visible(this.storage);
    const { gone } = context;
    // From here on nothing is refused.
    const endTurn = await this.turns.take(gone);
    const zip = new ZipFile();
    const read: Readable[] = [];
    for (const [name, first] of tables) {
      const rows = this.rows(storage, first, gone);
      const csv = Readable.from(csvPages(rows), { objectMode: false });
      read.push(csv);
      csv.on('error', (error) => zip.emit('error', error));
      zip.addReadStream(csv, `${name}.csv`);
    }
    // What could not be read ends the file, and the connection with it.
    zip.on('error', (error: Error) => (zip.outputStream as PassThrough).destroy(error));
    zip.end();
    const end = (): void => {
      for (const csv of read) csv.destroy();
      endTurn();
    };
    finished(zip.outputStream, end);
    endWith(reply, gone, end);
    void reply
      .header('content-disposition', 'attachment; filename="cloudpam-export.zip"')
      .type('application/zip')
      .send(zip.outputStream);
  }

  private async *rows(
    storage: VisibleStorage,
    first: ReadPage,
    gone: AbortSignal,
  ): AsyncGenerator<Row[]> {
    const pause = pauses(gone);
    for (let page: ReadPage | undefined = first; page;) {
      const { rows, next }: RowPage = await storage.read(page);
      await pause();
      if (rows.length > 0) yield rows;
      page = next;
    }
  }
}

/** The tables that a name means. */
function meant(name: string): readonly string[] {
  return name === 'all' ? Object.keys(DATASETS).filter((each) => each !== 'audit') : [name];
}

/**
 * The tables with the filters that each knows. @throws SchemaError for a filter that none of them
 * knows, or that does not fit
 */
function opened(names: readonly string[], filters: Filters): [string, ReadPage][] {
  const chosen = names.flatMap((name): [string, Dataset][] =>
    DATASETS[name] ? [[name, DATASETS[name]]] : [],
  );
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  const unknown = given.find(
    ([filter]) => !chosen.some(([, { filters: known }]) => Object.hasOwn(known, filter)),
  );
  if (unknown)
    throw new SchemaError([
      {
        field: unknown[0],
        code: 'invalid_field',
        detail: `is not a filter of ${names.join(', ')}`,
      },
    ]);
  return chosen.map(([name, dataset]) => [
    name,
    dataset.open(
      Object.fromEntries(given.filter(([filter]) => Object.hasOwn(dataset.filters, filter))),
    ),
  ]);
}
