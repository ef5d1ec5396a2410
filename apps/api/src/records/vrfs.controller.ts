import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { VRFS, KeepRecords, PoolError, typedIn, type Vrf } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery, TextPageQuery } from '../http/common.dto';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { createdAnswer, versionedAnswer } from '../http/answer';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { NewVrfDto, VrfDto, VrfListDto, VrfPatchDto } from './dto/vrf.dto';
import { recordGone } from './record-gone';

@ApiTags('vrfs')
@Controller('api/v1/vrfs')
export class VrfsController {
  private readonly records: KeepRecords<Vrf>;

  constructor(@Inject(STORAGE) private readonly storage: Storage) {
    this.records = new KeepRecords(storage.unitOfWork, VRFS);
  }

  @Get()
  @Requires('vrfs:read', 'within limits')
  @Operation({
    id: 'listVrfs',
    summary: 'List VRFs',
    description:
      'Lists VRFs by name; whoever has limits sees those of their pools and of what a cloud has in them.',
    answer: VrfListDto,
  })
  list(@Context() context: RequestContext, @Query() query: TextPageQuery): Promise<VrfListDto> {
    const page = new ListPage(query, 'vrfs');
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.vrfs.list(
        { text: typedIn(query.q)?.text },
        page.page,
        page.size,
      );
      // What is typed is part of a name here, word for word.
      return { ...page.answer(items.map(VrfDto.of), total), read_as: null };
    });
  }

  @Post()
  @Requires('vrfs:write')
  @Operation({
    id: 'createVrf',
    summary: 'Create a VRF',
    description: 'Makes a VRF: a routing domain with addresses of its own.',
    answer: VrfDto,
    status: 201,
    problems: ['name_taken', 'gone_since'],
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewVrfDto,
  ): Promise<VrfDto> {
    return context.write(
      (change) => this.records.create(change, { rd: null, description: '', ...body }),
      (record) => createdAnswer(VrfDto.of(record), '/api/v1/vrfs'),
      undefined,
      { isGone: recordGone(this.storage, 'vrfs') },
    );
  }

  @Get(':id')
  @Requires('vrfs:read', 'within limits')
  @Operation({
    id: 'getVrf',
    summary: 'Get a VRF',
    description: 'Gives a VRF with its version as ETag.',
    answer: VrfDto,
    problems: ['vrf_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<VrfDto> {
    const record = await context.seen(this.storage).read((stores) => stores.vrfs.get(id));
    if (!record) throw new PoolError('vrf_not_found', `There is no vrf ${id}.`);
    context.reply.header('etag', `"${record.version}"`);
    return VrfDto.of(record);
  }

  @Patch(':id')
  @Requires('vrfs:write')
  @Operation({
    id: 'updateVrf',
    summary: 'Change a VRF',
    description: 'Changes the fields that are given; with If-Match only the version that was read.',
    answer: VrfDto,
    problems: ['vrf_not_found', 'name_taken', 'version_mismatch'],
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: VrfPatchDto,
  ): Promise<VrfDto> {
    return context.write(
      (change) => this.records.update(change, id, body, context.expectedVersion),
      (record) => versionedAnswer(VrfDto.of(record)),
      undefined,
      { versioned: true },
    );
  }

  @Delete(':id')
  @Requires('vrfs:write')
  @Operation({
    id: 'deleteVrf',
    summary: 'Delete a VRF',
    description: 'Deletes a VRF that no pool names, and gives what it was.',
    answer: VrfDto,
    problems: ['vrf_not_found', 'in_use', 'version_mismatch'],
    headers: ['ETag'],
  })
  remove(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<VrfDto> {
    return context.write(
      (change) => this.records.remove(change, id, context.expectedVersion),
      (record) => versionedAnswer(VrfDto.of(record)),
      undefined,
      {
        versioned: true,
      },
    );
  }
}
