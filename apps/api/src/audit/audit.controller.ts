import { finished, Readable } from 'node:stream';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { auditRecord, entryPages, type AuditEntry, type AuditFilter } from '@cloudpam/audit';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { Requires } from '../http/access-guard';
import { BoundCursor } from '../http/bound-cursor';
import { endWith, pauses } from '../http/client-gone';
import { Described, QueryOf, ref } from '../http/schema';
import { csvCell } from '../operations/csv-cell';
import { Context, RequestContext } from '../http/request-context';
import { ExportTurns } from '../http/turns';
import type { SeenStorage } from '../limits/seen-stores';
import { STORAGE, type Storage } from '../storage';
import { auditFilterOf, type AuditQuery } from './audit-filter';
import { AUDIT_EXPORT_QUERY, AUDIT_QUERY } from './audit-schemas';

const PAGE_OF_EXPORT = 500;

/** The audit trail. */
@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(@Inject(STORAGE) private readonly storage: Storage, private readonly turns: ExportTurns) {}

  @Get() @Requires('audit:read', 'within limits') @Described({ query: AUDIT_QUERY, answer: ref('AuditList') })
  list(@Context() context: RequestContext, @QueryOf(AUDIT_QUERY) query: AuditQuery & { page?: number; page_size?: number; cursor?: string }): Promise<unknown> {
    const filter = auditFilterOf(query);
    const { page = 1, page_size: size = 50 } = query;
    const bound = new BoundCursor(filter);
    const beyond = bound.readId(query.cursor);
    return context.seen(this.storage).read(async ({ audit }) => {
      const { entries: ofPage, total } = await audit.list(filter, beyond === undefined ? page : 1, beyond === undefined ? size : 1);
      const entries = beyond === undefined ? ofPage : await audit.scan(filter, { order: 'newest', beyond }, size);
      const last = entries.at(-1)?.id;
      const more = last !== undefined && entries.length === size && (await audit.scan(filter, { order: 'newest', beyond: last }, 1)).length > 0;
      return { entries: entries.map(auditRecord), total, next_cursor: bound.write(more ? String(last) : null) };
    });
  }

  @Get('export') @Requires('audit:read', 'within limits') @ApiProduces('application/x-ndjson', 'text/csv')
  @Described({ query: AUDIT_EXPORT_QUERY, answer: { type: 'string', format: 'binary' } })
  async export(
    @Context() context: RequestContext, @QueryOf(AUDIT_EXPORT_QUERY) query: AuditQuery & { format?: 'jsonl' | 'csv' },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { format = 'jsonl' } = query;
    const filter = auditFilterOf(query);
    const { gone } = context;
    const endTurn = await this.turns.take(gone);
    const entries = entriesOf(context.seen(this.storage), filter, gone);
    const file = format === 'csv' ? csv(entries) : Readable.from(lines(entries));
    finished(file, endTurn);
    endWith(reply, gone, () => file.destroy());
    void reply.header('content-disposition', `attachment; filename="cloudpam-audit.${format}"`).type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
      .send(file);
  }
}

type Entries = AsyncGenerator<AuditEntry>;

async function* lines(entries: Entries): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(auditRecord(entry))}\n`;
}

async function* entriesOf(seen: SeenStorage, filter: AuditFilter, gone: AbortSignal): Entries {
  const pause = pauses(gone);
  for await (const page of entryPages(seen, filter, PAGE_OF_EXPORT)) {
    await pause();
    yield* page;
  }
}

function csv(entries: Entries): Readable {
  const records = Readable.from(rows(entries));
  const file = records.pipe(stringify({ header: true, columns: ['id', 'timestamp', 'actor_type', 'actor_id', 'actor_name', 'action', 'entity_type', 'entity_id', 'diff', 'request_id', 'reason'] }));
  records.on('error', (error) => file.destroy(error));
  file.on('close', () => records.destroy());
  return file;
}

async function* rows(entries: Entries): AsyncGenerator<Record<string, string>> {
  for await (const entry of entries) {
    const { actor: _, ...record } = auditRecord(entry);
    const row = { ...record, actor_type: entry.actor.type, actor_id: entry.actor.id, actor_name: entry.actor.name };
    yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, csvCell(value)]));
  }
}
