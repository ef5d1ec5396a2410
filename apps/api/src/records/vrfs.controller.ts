import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { VRFS, type Vrf } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery, TextPageQuery } from '../http/common.dto';
import { Operation } from '../http/operation';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { NewVrfDto, VrfDto, VrfListDto, VrfPatchDto } from './dto/vrf.dto';
import { RecordAnswers } from './record-answers';
import { recordFilterOf } from './record-filter';

/** VRFs: inside each an address means one thing. */
@ApiTags('vrfs')
@Controller('api/v1/vrfs')
export class VrfsController {
  private readonly vrfs: RecordAnswers<Vrf, VrfDto>;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.vrfs = new RecordAnswers(storage, VRFS, VrfDto.of);
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
  async list(
    @Context() context: RequestContext,
    @Query() query: TextPageQuery,
  ): Promise<VrfListDto> {
    const list = await this.vrfs.list(context, query, recordFilterOf(query));
    // What is typed is part of a name here, word for word.
    return { ...list, read_as: null };
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
    return this.vrfs.create(context, {
      name: body.name,
      rd: body.rd ?? null,
      reachabilityDomain: body.reachability_domain ?? null,
      description: body.description ?? '',
    });
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
  get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<VrfDto> {
    return this.vrfs.get(context, id);
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
    const { name, rd, reachability_domain: reachabilityDomain, description } = body;
    return this.vrfs.update(context, id, { name, rd, reachabilityDomain, description });
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
    return this.vrfs.remove(context, id);
  }
}
