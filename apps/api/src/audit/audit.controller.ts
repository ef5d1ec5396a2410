import { finished, Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { entryPages, ReadTrail, type AuditEntry, type AuditFilter } from '@cloudpam/audit';
import type { FastifyReply } from 'fastify';
import { Requires } from '../http/access-guard';
import { endWith, pauses } from '../http/client-gone';
import { CursorPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { ExportTurns } from '../http/turns';
import type { VisibleStorage } from '../limits/visible-stores';
import { csvPages, type Row } from '../http/csv-pages';
import { STORAGE, type Storage } from '../storage/storage';
import { auditFilterOf } from './audit-filter';
import { AuditEntryDto, AuditListDto } from './dto/audit-entry.dto';
import { AuditExportQuery, AuditQuery } from './dto/audit-query.dto';

/** Entries that are read and written at once: few enough to keep nobody waiting. */
const PAGE_OF_EXPORT = 250;
const CSV_COLUMNS = [
  'id',
  'timestamp',
  'actor_type',
  'actor_id',
  'actor_name',
  'action',
  'entity_type',
  'entity_id',
  'diff',
  'request_id',
  'reason',
  'version',
  'place',
  'former_place',
];

/** The audit trail. */
@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly turns: ExportTurns,
  ) {}

  @Get()
  @Requires('audit:read', 'within limits')
  @Operation({
    id: 'listAuditEntries',
    summary: 'List the audit trail',
    description:
      'Lists changes, newest first; whoever has limits sees those to what lies in them. ' +
      'A page by `cursor` costs the same anywhere.',
    answer: AuditListDto,
    problems: ['invalid_cursor'],
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: AuditQuery,
  ): Promise<AuditListDto> {
    const filter = auditFilterOf(query);
    const page = new CursorPage(query, filter);
    const found = await context.query(ReadTrail, this.storage).list(filter, {
      size: page.size,
      page: page.page,
      beyond: page.afterId,
    });
    return AuditListDto.of(found, page);
  }

  @Get('export')
  @Requires('audit:read', 'within limits')
  @Operation({
    id: 'exportAuditEntries',
    summary: 'Export the audit trail',
    description:
      'Writes all changes that the filters let through, oldest first, while they are read. ' +
      'Few exports run at a time; others wait for their turn.',
    file: ['application/x-ndjson', 'text/csv'],
    problems: ['busy'],
    headers: ['Content-Disposition'],
  })
  async export(
    @Context() context: RequestContext,
    @Query() query: AuditExportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { format = 'jsonl' } = query;
    const filter = auditFilterOf(query);
    const storage = context.visible(this.storage);
    const { gone } = context;
    // From here on nothing is refused.
    const endTurn = await this.turns.take(gone);
    const entries = entriesOf(storage, filter, gone);
    const file = Readable.from(
      format === 'csv' ? csvPages(rows(entries), CSV_COLUMNS) : lines(entries),
      { objectMode: false },
    );
    finished(file, endTurn);
    endWith(reply, gone, () => file.destroy());
    void reply
      .header('content-disposition', `attachment; filename="cloudpam-audit.${format}"`)
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
      .send(file);
  }
}

type Entries = AsyncGenerator<AuditEntry[]>;

async function* entriesOf(seen: VisibleStorage, filter: AuditFilter, gone: AbortSignal): Entries {
  const pause = pauses(gone);
  for await (const page of entryPages(seen, filter, PAGE_OF_EXPORT)) {
    await pause();
    if (page.length > 0) yield page;
  }
}

async function* lines(entries: Entries): AsyncGenerator<string> {
  for await (const page of entries)
    yield page.map((entry) => `${JSON.stringify(AuditEntryDto.of(entry))}\n`).join('');
}

async function* rows(entries: Entries): AsyncGenerator<Row[]> {
  for await (const page of entries) {
    yield page.map((entry) => {
      const { type, id, name } = entry.actor;
      return { ...AuditEntryDto.of(entry), actor_type: type, actor_id: id, actor_name: name };
    });
  }
}
