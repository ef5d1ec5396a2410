import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { VLANS, type RecordFields, type Vlan, type VlanFilter } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { Operation } from '../http/operation';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { NewVlanDto, VlanDto, VlanFilterQuery, VlanListDto, VlanPatchDto } from './dto/vlan.dto';
import { RecordAnswers } from './record-answers';
import { vlanFilterOf } from './record-filter';

/** VLANs, which pools can name. */
@ApiTags('vlans')
@Controller('api/v1/vlans')
export class VlansController {
  private readonly vlans: RecordAnswers<Vlan, VlanDto, VlanFilter>;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.vlans = new RecordAnswers(storage, VLANS, VlanDto.of);
  }

  @Get()
  @Requires('vlans:read', 'within limits')
  @Operation({
    id: 'listVlans',
    summary: 'List VLANs',
    description: 'Lists VLANs by group and VLAN id; whoever has limits sees those of their pools.',
    answer: VlanListDto,
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: VlanFilterQuery,
  ): Promise<VlanListDto> {
    const list = await this.vlans.list(context, query, vlanFilterOf(query));
    // What is typed is part of a name here, word for word.
    return { ...list, read_as: null };
  }

  @Post()
  @Requires('vlans:write')
  @Operation({
    id: 'createVlan',
    summary: 'Create a VLAN',
    description:
      'Makes a VLAN that pools can name. In a VLAN group its id must be in the ranges, and its name its own.',
    answer: VlanDto,
    status: 201,
    problems: ['name_taken', 'vid_outside_group', 'gone_since'],
    named: ['vlan_group_not_found'],
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewVlanDto,
  ): Promise<VlanDto> {
    return this.vlans.create(context, {
      group: '',
      groupId: null,
      description: '',
      ...fieldsOf(body),
      vid: body.vid,
      name: body.name,
    });
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
  get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<VlanDto> {
    return this.vlans.get(context, id);
  }

  @Patch(':id')
  @Requires('vlans:write')
  @Operation({
    id: 'updateVlan',
    summary: 'Change a VLAN',
    description: 'Changes the fields that are given; with If-Match only the version that was read.',
    answer: VlanDto,
    problems: ['vlan_not_found', 'name_taken', 'vid_outside_group', 'version_mismatch'],
    named: ['vlan_group_not_found'],
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: VlanPatchDto,
  ): Promise<VlanDto> {
    return this.vlans.update(context, id, fieldsOf(body));
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
    return this.vlans.remove(context, id);
  }
}

/** The fields that a body sets; those it leaves out are left out. */
function fieldsOf({ group_id: groupId, ...same }: VlanPatchDto): Partial<RecordFields<Vlan>> {
  return { ...same, ...(groupId === undefined ? {} : { groupId }) };
}
