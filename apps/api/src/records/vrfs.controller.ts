import { Controller, Delete, Get, Inject, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { VRFS, KeepRecords, PoolError, typedIn, type Vrf } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathRecordId, RequestContext, type Answer } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, QueryOf, ref, typedListOf } from '../http/schema';
import { STORAGE, type Storage } from '../storage';
import { RECORD_QUERY, NEW_VRF, VRF_PATCH } from './record-schemas';
import { recordGone } from './record-gone';
import { vrfView } from './record-views';

interface Body { name?: string; rd?: string | null; description?: string }

@ApiTags('vrfs')
@Controller('api/v1/vrfs')
export class VrfsController {
  private readonly records: KeepRecords<Vrf>;

  constructor(@Inject(STORAGE) private readonly storage: Storage) {
    this.records = new KeepRecords(storage.unitOfWork, VRFS);
  }

  @Get() @Requires('vrfs:read', 'within limits') @Described({ query: RECORD_QUERY, answer: typedListOf('Vrf') })
  list(@Context() context: RequestContext, @QueryOf(RECORD_QUERY) query: { page?: number; page_size?: number; q?: string }): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.vrfs.list(page.page, page.size, typedIn(query.q)?.text);
      // What is typed is part of a name here, word for word.
      return { ...listBody(items.map(vrfView), total, page), read_as: null };
    });
  }

  @Post() @Requires('vrfs:write') @Described({ query: DRY_RUN, body: NEW_VRF, answer: ref('Vrf'), status: 201 })
  create(@Context() context: RequestContext, @QueryOf(DRY_RUN) _: unknown, @BodyOf(NEW_VRF) body: Body & { name: string }): Promise<unknown> {
    return context.write((change) => this.records.create(change, { rd: null, description: '', ...body }), (record) => ({
      ...answer(record), status: 201, headers: { ...answer(record).headers, location: `/api/v1/vrfs/${record.id}` },
    }), undefined, { isGone: recordGone(this.storage, 'vrfs') });
  }

  @Get(':id') @Requires('vrfs:read', 'within limits') @Described({ answer: ref('Vrf') })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<unknown> {
    const record = await context.seen(this.storage).read((stores) => stores.vrfs.get(id));
    if (!record) throw new PoolError('vrf_not_found', `There is no vrf ${id}.`);
    context.reply.header('etag', `"${record.version}"`);
    return vrfView(record);
  }

  @Patch(':id') @Requires('vrfs:write') @Described({ query: DRY_RUN, body: VRF_PATCH, answer: ref('Vrf') })
  patch(@Context() context: RequestContext, @PathRecordId() id: number, @QueryOf(DRY_RUN) _: unknown, @BodyOf(VRF_PATCH) body: Body): Promise<unknown> {
    return context.write((change) => this.records.update(change, id, body, context.expectedVersion), answer, undefined, { versioned: true });
  }

  @Delete(':id') @Requires('vrfs:write') @Described({ query: DRY_RUN, answer: ref('Vrf') })
  remove(@Context() context: RequestContext, @PathRecordId() id: number, @QueryOf(DRY_RUN) _: unknown): Promise<unknown> {
    return context.write((change) => this.records.remove(change, id, context.expectedVersion), answer, undefined, { versioned: true });
  }
}

function answer(record: Vrf): Answer {
  return { status: 200, headers: { etag: `"${record.version}"` }, body: vrfView(record) };
}
