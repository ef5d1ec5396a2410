import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AuditEntry } from '@cloudpam/audit';
import { Requires } from '../http/access-guard';
import { Described, list, nullable, object, oneOf, PAGE, QueryOf, ref, text, time, type Schema } from '../http/schema';
import { STORAGE, type Storage } from '../storage';

const QUERY = object({ ...PAGE, entity_type: text(100), entity_id: text(100), actor: text(200), action: text(100), since: time, until: time }, []);
const state: Schema = { type: ['object', 'null'], additionalProperties: true };
export const AUDIT_COMPONENTS: Record<string, Schema> = {
  AuditEntry: object({
    id: { type: 'integer' }, timestamp: time, actor: object({ type: oneOf(['user', 'token', 'collector', 'system']), id: text(), name: text() }), action: text(),
    entity_type: text(), entity_id: text(), diff: object({ before: state, after: state }), request_id: text(), reason: nullable(text()),
  }),
  AuditList: object({ entries: list(ref('AuditEntry')), total: { type: 'integer' } }),
};

/** The audit trail. */
@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get() @Requires('audit:read') @Described({ query: QUERY, answer: ref('AuditList') })
  list(
    @QueryOf(QUERY) query: { page?: number; page_size?: number; entity_type?: string; entity_id?: string; actor?: string; action?: string; since?: string; until?: string },
  ): Promise<unknown> {
    const filter = {
      entityType: query.entity_type, entityId: query.entity_id, actorId: query.actor, action: query.action,
      since: query.since === undefined ? undefined : new Date(query.since), until: query.until === undefined ? undefined : new Date(query.until),
    };
    return this.storage.unitOfWork.read(async (stores) => {
      const { entries, total } = await stores.audit.list(filter, query.page ?? 1, query.page_size ?? 50);
      return { entries: entries.map(entryView), total };
    });
  }
}

export function entryView(entry: AuditEntry): Record<string, unknown> {
  return {
    id: entry.id, timestamp: entry.at, actor: entry.actor, action: entry.action, entity_type: entry.entityType, entity_id: entry.entityId, diff: entry.diff,
    request_id: entry.requestId, reason: entry.reason,
  };
}
