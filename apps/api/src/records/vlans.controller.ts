import { Controller, Delete, Get, Inject, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { VLANS, KeepRecords, PoolError, typedIn, type Vlan } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathRecordId, RequestContext, type Answer } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, QueryOf, ref, typedListOf } from '../http/schema';
import { STORAGE, type Storage } from '../storage';
import { RECORD_QUERY, NEW_VLAN, VLAN_PATCH } from './record-schemas';
import { recordGone } from './record-gone';
import { vlanView } from './record-views';

interface Body { vid?: number; name?: string; group?: string; description?: string }

@ApiTags('vlans')
@Controller('api/v1/vlans')
export class VlansController {
  private readonly records: KeepRecords<Vlan>;

  constructor(@Inject(STORAGE) private readonly storage: Storage) {
    this.records = new KeepRecords(storage.unitOfWork, VLANS);
  }

  @Get() @Requires('vlans:read', 'within limits') @Described({ query: RECORD_QUERY, answer: typedListOf('Vlan') })
  list(@Context() context: RequestContext, @QueryOf(RECORD_QUERY) query: { page?: number; page_size?: number; q?: string }): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.vlans.list(page.page, page.size, typedIn(query.q)?.text);
      // What is typed is part of a name here, word for word.
      return { ...listBody(items.map(vlanView), total, page), read_as: null };
    });
  }

  @Post() @Requires('vlans:write') @Described({ query: DRY_RUN, body: NEW_VLAN, answer: ref('Vlan'), status: 201 })
  create(@Context() context: RequestContext, @QueryOf(DRY_RUN) _: unknown, @BodyOf(NEW_VLAN) body: Body & { vid: number; name: string }): Promise<unknown> {
    return context.write((change) => this.records.create(change, { group: '', description: '', ...body }), (record) => ({
      ...answer(record), status: 201, headers: { ...answer(record).headers, location: `/api/v1/vlans/${record.id}` },
    }), undefined, { isGone: recordGone(this.storage, 'vlans') });
  }

  @Get(':id') @Requires('vlans:read', 'within limits') @Described({ answer: ref('Vlan') })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<unknown> {
    const record = await context.seen(this.storage).read((stores) => stores.vlans.get(id));
    if (!record) throw new PoolError('vlan_not_found', `There is no vlan ${id}.`);
    context.reply.header('etag', `"${record.version}"`);
    return vlanView(record);
  }

  @Patch(':id') @Requires('vlans:write') @Described({ query: DRY_RUN, body: VLAN_PATCH, answer: ref('Vlan') })
  patch(@Context() context: RequestContext, @PathRecordId() id: number, @QueryOf(DRY_RUN) _: unknown, @BodyOf(VLAN_PATCH) body: Body): Promise<unknown> {
    return context.write((change) => this.records.update(change, id, body, context.expectedVersion), answer, undefined, { versioned: true });
  }

  @Delete(':id') @Requires('vlans:write') @Described({ query: DRY_RUN, answer: ref('Vlan') })
  remove(@Context() context: RequestContext, @PathRecordId() id: number, @QueryOf(DRY_RUN) _: unknown): Promise<unknown> {
    return context.write((change) => this.records.remove(change, id, context.expectedVersion), answer, undefined, { versioned: true });
  }
}

function answer(record: Vlan): Answer {
  return { status: 200, headers: { etag: `"${record.version}"` }, body: vlanView(record) };
}
