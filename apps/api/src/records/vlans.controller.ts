import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { VLANS, KeepRecords, PoolError, typedIn, type Vlan } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery, TextPageQuery } from '../http/common.dto';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { createdAnswer, versionedAnswer } from '../http/answer';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { NewVlanDto, VlanDto, VlanListDto, VlanPatchDto } from './dto/vlan.dto';
import { recordGone } from './record-gone';

@ApiTags('vlans')
@Controller('api/v1/vlans')
export class VlansController {
  private readonly records: KeepRecords<Vlan>;

  constructor(@Inject(STORAGE) private readonly storage: Storage) {
    this.records = new KeepRecords(storage.unitOfWork, VLANS);
  }

  @Get()
  @Requires('vlans:read', 'within limits')
  @Operation({
    id: 'listVlans',
    summary: 'List VLANs',
    description: 'Lists VLANs by group and VLAN id; whoever has limits sees those of their pools.',
    answer: VlanListDto,
  })
  list(@Context() context: RequestContext, @Query() query: TextPageQuery): Promise<VlanListDto> {
    const page = new ListPage(query, 'vlans');
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.vlans.list(
        { text: typedIn(query.q)?.text },
        page.page,
        page.size,
      );
      // What is typed is part of a name here, word for word.
      return { ...page.answer(items.map(VlanDto.of), total), read_as: null };
    });
  }

  @Post()
  @Requires('vlans:write')
  @Operation({
    id: 'createVlan',
    summary: 'Create a VLAN',
    description: 'Makes a VLAN that pools can name.',
    answer: VlanDto,
    status: 201,
    problems: ['name_taken', 'gone_since'],
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewVlanDto,
  ): Promise<VlanDto> {
    return context.write(
      (change) => this.records.create(change, { group: '', description: '', ...body }),
      (record) => createdAnswer(VlanDto.of(record), '/api/v1/vlans'),
      undefined,
      { isGone: recordGone(this.storage, 'vlans') },
    );
  }

  @Get(':id')
  @Requires('vlans:read', 'within limits')
  @Operation({
    id: 'getVlan',
    summary: 'Get a VLAN',
    description: 'Gives a VLAN with its version as ETag.',
    answer: VlanDto,
    problems: ['vlan_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<VlanDto> {
    const record = await context.seen(this.storage).read((stores) => stores.vlans.get(id));
    if (!record) throw new PoolError('vlan_not_found', `There is no vlan ${id}.`);
    context.reply.header('etag', `"${record.version}"`);
    return VlanDto.of(record);
  }

  @Patch(':id')
  @Requires('vlans:write')
  @Operation({
    id: 'updateVlan',
    summary: 'Change a VLAN',
    description: 'Changes the fields that are given; with If-Match only the version that was read.',
    answer: VlanDto,
    problems: ['vlan_not_found', 'name_taken', 'version_mismatch'],
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: VlanPatchDto,
  ): Promise<VlanDto> {
    return context.write(
      (change) => this.records.update(change, id, body, context.expectedVersion),
      (record) => versionedAnswer(VlanDto.of(record)),
      undefined,
      { versioned: true },
    );
  }

  @Delete(':id')
  @Requires('vlans:write')
  @Operation({
    id: 'deleteVlan',
    summary: 'Delete a VLAN',
    description: 'Deletes a VLAN that no pool names, and gives what it was.',
    answer: VlanDto,
    problems: ['vlan_not_found', 'in_use', 'version_mismatch'],
    headers: ['ETag'],
  })
  remove(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<VlanDto> {
    return context.write(
      (change) => this.records.remove(change, id, context.expectedVersion),
      (record) => versionedAnswer(VlanDto.of(record)),
      undefined,
      {
        versioned: true,
      },
    );
  }
}
