import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ALL_VIDS,
  AllocateVlan,
  parseVidRanges,
  ReadRecords,
  ReadVlanGroups,
  VLAN_GROUPS,
  VLANS,
  type RecordFields,
  type VlanGroup,
} from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { createdAnswer } from '../http/answer';
import { DryRunQuery, TextPageQuery } from '../http/common.dto';
import { Operation } from '../http/operation';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import {
  FreeVidsDto,
  NewVlanGroupDto,
  NewVlanInGroupDto,
  VlanGroupDto,
  VlanGroupListDto,
  VlanGroupPatchDto,
} from './dto/vlan-group.dto';
import { VlanDto } from './dto/vlan.dto';
import { RecordAnswers } from './record-answers';
import { recordFilterOf } from './record-filter';

/** Groups of VLANs, and the VLAN ids in them. */
@ApiTags('vlan groups')
@Controller('api/v1/vlan-groups')
export class VlanGroupsController {
  private readonly groups: RecordAnswers<VlanGroup, VlanGroupDto>;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly allocateVlan: AllocateVlan,
  ) {
    this.groups = new RecordAnswers(storage, VLAN_GROUPS, VlanGroupDto.of);
  }

  @Get()
  @Requires('vlan-groups:read', 'within limits')
  @Operation({
    id: 'listVlanGroups',
    summary: 'List VLAN groups',
    description:
      'Lists VLAN groups by name, with how many of their VLAN ids are taken; whoever has limits sees those of ' +
      'the VLANs of their pools.',
    answer: VlanGroupListDto,
  })
  async list(
    @Context() context: RequestContext,
    @Query() query: TextPageQuery,
  ): Promise<VlanGroupListDto> {
    const list = await this.groups.list(context, query, recordFilterOf(query));
    // What is typed is part of a name here, word for word.
    return { ...list, read_as: null };
  }

  @Post()
  @Requires('vlan-groups:write')
  @Operation({
    id: 'createVlanGroup',
    summary: 'Create a VLAN group',
    description:
      'Makes a VLAN group. VLANs that have its name as their group lie in it from then on: they must fit its ' +
      'ranges, and each must have a name of its own.',
    answer: VlanGroupDto,
    status: 201,
    problems: ['name_taken', 'vid_outside_group', 'gone_since'],
    named: ['account_not_found'],
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewVlanGroupDto,
  ): Promise<VlanGroupDto> {
    const { name, description = '', account_id: accountId = null, site = null } = body;
    const { vidRanges = ALL_VIDS } = fieldsOf(body);
    const fields = { name, description, vidRanges, accountId, site, vlanCount: 0 };
    return this.groups.create(context, fields);
  }

  @Get(':id')
  @Requires('vlan-groups:read', 'within limits')
  @Operation({
    id: 'getVlanGroup',
    summary: 'Get a VLAN group',
    description: 'Gives a VLAN group with its version as ETag.',
    answer: VlanGroupDto,
    problems: ['vlan_group_not_found'],
    headers: ['ETag'],
  })
  get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<VlanGroupDto> {
    return this.groups.get(context, id);
  }

  @Patch(':id')
  @Requires('vlan-groups:write')
  @Operation({
    id: 'updateVlanGroup',
    summary: 'Change a VLAN group',
    description:
      'Changes the fields that are given; with If-Match only the version that was read. Its VLANs take a new ' +
      'name, and must be in new ranges.',
    answer: VlanGroupDto,
    problems: ['vlan_group_not_found', 'name_taken', 'vid_outside_group', 'version_mismatch'],
    named: ['account_not_found'],
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: VlanGroupPatchDto,
  ): Promise<VlanGroupDto> {
    return this.groups.update(context, id, fieldsOf(body));
  }

  @Delete(':id')
  @Requires('vlan-groups:write')
  @Operation({
    id: 'deleteVlanGroup',
    summary: 'Delete a VLAN group',
    description: 'Deletes a VLAN group in which no VLAN lies, and gives what it was.',
    answer: VlanGroupDto,
    problems: ['vlan_group_not_found', 'in_use', 'version_mismatch'],
    headers: ['ETag'],
  })
  remove(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<VlanGroupDto> {
    return this.groups.remove(context, id);
  }

  @Get(':id/free')
  @Requires('vlan-groups:read')
  @Operation({
    id: 'listFreeVids',
    summary: 'List the free VLAN ids of a group',
    description: 'Gives the VLAN ids of a group that no VLAN has, as ranges.',
    answer: FreeVidsDto,
    problems: ['vlan_group_not_found'],
  })
  async free(@Context() context: RequestContext, @PathRecordId() id: number): Promise<FreeVidsDto> {
    const read = context.traced(new ReadVlanGroups(this.storage.unitOfWork));
    return FreeVidsDto.of(await read.free(id));
  }

  @Post(':id/vlans')
  @Requires('vlans:write')
  @Operation({
    id: 'allocateVlan',
    summary: 'Take the next VLAN id of a group',
    description:
      'Makes a VLAN with the lowest free VLAN id of a group. Callers never get the same one, on any number of ' +
      'servers.',
    answer: VlanDto,
    status: 201,
    problems: ['vlan_group_not_found', 'vlan_group_exhausted', 'name_taken', 'gone_since'],
    headers: ['ETag', 'Location'],
  })
  allocate(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() { name, description = '' }: NewVlanInGroupDto,
  ): Promise<VlanDto> {
    return context.write(
      (change) => this.allocateVlan.execute(change, id, { name, description }),
      (vlan) => createdAnswer(VlanDto.of(vlan), '/api/v1/vlans'),
      undefined,
      { isGone: this.isGone },
    );
  }

  /** Whether the VLAN that an answer of ours tells of is there no more. */
  private readonly isGone = async (body: unknown): Promise<boolean> => {
    const { id } = body as VlanDto; // of the route that asks
    return !(await new ReadRecords(this.storage.unitOfWork, VLANS).has(id));
  };
}

/** The fields that a body sets; those it leaves out stay undefined. @throws PoolError `invalid_field` */
function fieldsOf(body: VlanGroupPatchDto): Partial<RecordFields<VlanGroup>> {
  const { name, description, vid_ranges: ranges, account_id: accountId, site } = body;
  const vidRanges = ranges === undefined ? undefined : parseVidRanges(ranges);
  return { name, description, vidRanges, accountId, site };
}
