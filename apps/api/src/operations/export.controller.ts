import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RECORDS } from '@cloudpam/pools';
import { finished } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { Requires } from '../http/access-guard';
import { endWith, pauses } from '../http/client-gone';
import type { Row } from '../http/csv-pages';
import { Operation } from '../http/operation';
import { DescribedQuery, object, QueryOf, text } from '../http/schema';
import { Context, RequestContext } from '../http/request-context';
import { ExportTurns } from '../http/turns';
import type { VisibleStorage } from '../limits/visible-stores';
import { STORAGE, type Storage } from '../storage/storage';
import { chosenTables } from './chosen-tables';
import { DATASETS, EXPORT_FILTERS, type Filters } from './export-datasets';
import { EXPORT_FORMATS, exportFile, type ExportFormat } from './export-file';
import type { ReadPage, RowPage } from './export-table';

/** What is exported unless it is said: what people keep by hand. */
const STANDARD = [
  'pools',
  'addresses',
  'ranges',
  ...Object.values(RECORDS).map(({ list }) => list),
];

const QUERY = object(
  {
    datasets: {
      ...text(200),
      description:
        `Which tables, with commas between them: ${Object.keys(DATASETS).join(', ')}; \`all\` is ` +
        `every one but the audit log; without it ${STANDARD.join(', ')}`,
    },
    format: {
      type: 'string',
      enum: EXPORT_FORMATS,
      default: 'zip',
      description:
        '`zip`: CSV files in a ZIP. `csv`, `jsonl`: one table as itself, several in a ZIP. ' +
        '`netbox`: a ZIP of files for the import of NetBox 4, made of pools, VRFs and VLANs',
    },
    ...EXPORT_FILTERS,
  },
  [],
);

/** Tables as files that are written while they are read; each takes the filters of its list. */
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
      'Gives tables as CSV, JSON lines or for the import of NetBox, while they are read; each takes ' +
      'the filters of its list, and pools its order. A line of JSON is the object that the list answers, of pools ' +
      'also with the names of what they name by id. Few exports run at a time; others wait for their turn.',
    file: ['application/zip', 'text/csv', 'application/jsonl'],
    problems: ['busy'],
    headers: ['Content-Disposition'],
  })
  @DescribedQuery(QUERY)
  async export(
    @Context() context: RequestContext,
    @QueryOf(QUERY)
    {
      datasets,
      format = 'zip',
      ...filters
    }: Filters & { datasets?: string; format?: ExportFormat },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const tables = chosenTables(datasets, STANDARD, format, filters);
    const storage = context.visible(this.storage);
    const { gone } = context;
    // From here on nothing is refused.
    const endTurn = await this.turns.take(gone);
    const file = exportFile(tables, format, ({ first }) => rowsOf(storage, first, gone));
    const end = (): void => {
      file.end();
      endTurn();
    };
    finished(file.stream, end);
    endWith(reply, gone, end);
    void reply
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .type(file.type)
      .send(file.stream);
  }
}

async function* rowsOf(
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
