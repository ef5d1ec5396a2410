import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { typedIn } from '@cloudpam/pools';
import { allows } from '@cloudpam/identity';
import { IsolateNetwork, ReadFindings, ReadInventory, ReadStatus } from '@cloudpam/reconciliation';
import { CONFIG, type Config } from '../config/config';
import { Requires } from '../http/access-guard';
import { DryRunQuery, WholeListQuery } from '../http/common.dto';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { DiscoveryStatusDto } from './dto/discovery-status.dto';
import { FindingListDto, FindingQuery } from './dto/finding.dto';
import { IsolateDto, IsolationDto, NetworkListDto, NetworkQuery } from './dto/network.dto';
import { ResourceQuery } from './dto/resource-query.dto';
import { ResourceDto, ResourceListDto } from './dto/resource.dto';
import { resourceFilterOf } from './resource-filter';

/** The cloud inventory, and what is wrong with it. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class InventoryController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    private readonly isolateNetwork: IsolateNetwork,
  ) {}

  @Get('status')
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'getDiscoveryStatus',
    summary: 'Get how far the clouds are known',
    description:
      'Gives what was listed of each account and region, when, and with which error; and how ' +
      'many findings are open. Counts all of the inventory: ask a few times a minute at most.',
    answer: DiscoveryStatusDto,
  })
  async status(
    @Context() context: RequestContext,
    @Query() query: WholeListQuery,
  ): Promise<DiscoveryStatusDto> {
    const {
      discoveryPolicy: policy,
      discoveryInterval: interval,
      exhaustsSoon: soon,
    } = this.config;
    const standards = { policy, interval, soon };
    const reads = context.query(ReadStatus, this.storage, standards, seesWebhooks(context));
    return DiscoveryStatusDto.of(await reads.status(new Date()), standards, query);
  }

  @Get('resources')
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'listResources',
    summary: 'List discovered resources',
    description:
      'Lists what the clouds have, by address; whoever has limits sees what lies in them.',
    answer: ResourceListDto,
    problems: ['invalid_cidr'],
  })
  async resources(
    @Context() context: RequestContext,
    @Query() query: ResourceQuery,
  ): Promise<ResourceListDto> {
    const page = new ListPage(query, 'resources');
    const filter = resourceFilterOf(query);
    const found = await this.inventory(context).resources(filter, page.page, page.size);
    return ResourceListDto.of(found, page, filter.typed);
  }

  @Get('findings')
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'listFindings',
    summary: 'List findings',
    description:
      'Lists what a person should see: first regions that are not listed any more, then pools that ' +
      'end soon, the soonest first, and those whose lease does, then what is wrong with resources, by address. ' +
      'Those of webhooks are shown to whoever manages webhooks.',
    answer: FindingListDto,
  })
  async findings(
    @Context() context: RequestContext,
    @Query() query: FindingQuery,
  ): Promise<FindingListDto> {
    const page = new ListPage(query, 'findings');
    const resources = resourceFilterOf(query);
    const filter = { type: query.type, status: query.status, resources };
    const { discoveryInterval, exhaustsSoon } = this.config;
    const reads = context.query(
      ReadFindings,
      this.storage,
      discoveryInterval,
      exhaustsSoon,
      seesWebhooks(context),
    );
    const now = new Date();
    const found = await reads.list(filter, page.skip, page.size, now);
    return FindingListDto.of(found, page, resources.typed, now);
  }

  @Get('networks')
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'listNetworks',
    summary: 'List discovered networks',
    description: 'Lists the VPCs and networks that the clouds have.',
    answer: NetworkListDto,
  })
  async networks(
    @Context() context: RequestContext,
    @Query() query: NetworkQuery,
  ): Promise<NetworkListDto> {
    const page = new ListPage(query, 'networks');
    const typed = typedIn(query.q);
    const { account_id: accountId, vrf_id: vrfId, name } = query;
    const filter = { accountId, vrfId, name, typed };
    const found = await this.inventory(context).networks(filter, page.page, page.size);
    return NetworkListDto.of(found, page, typed);
  }

  @Get('resources/:id')
  @Requires('discovery:read', 'within limits')
  @Operation({
    id: 'getResource',
    summary: 'Get a discovered resource',
    description: 'Gives what a cloud has, and how it stands to the pools.',
    answer: ResourceDto,
    problems: ['resource_not_found'],
  })
  async resource(@Context() context: RequestContext, @PathId() id: number): Promise<ResourceDto> {
    const { resource, accounts } = await this.inventory(context).resource(id);
    return ResourceDto.of(resource, accounts);
  }

  @Post('networks/:id/isolate')
  @Requires('discovery:decide')
  @Operation({
    id: 'isolateNetwork',
    summary: 'Give a network another VRF',
    description:
      'Gives a network a VRF of its own, or one that exists. Its addresses are judged there from ' +
      'now on, and its pools go along with everything in them.',
    answer: IsolationDto,
    problems: ['network_not_found', 'name_taken', 'pool_overlap', 'range_taken', 'quarantined'],
    named: ['vrf_not_found'],
  })
  async isolate(
    @Context() context: RequestContext,
    @PathId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: IsolateDto,
  ): Promise<IsolationDto> {
    const accounts = await context
      .traced(new ReadInventory(this.storage.unitOfWork))
      .ownerOfNetwork(id);
    return context.write(
      (change) =>
        this.isolateNetwork.execute(change, id, { vrfId: body.vrf_id, vrfName: body.vrf_name }),
      (isolation) => ({ status: 200, body: IsolationDto.of(isolation, accounts) }),
    );
  }

  private inventory(context: RequestContext): ReadInventory {
    return context.query(ReadInventory, this.storage);
  }
}

/** Whether findings of webhooks are for the caller. */
function seesWebhooks({ principal, accessScope }: RequestContext): boolean {
  return accessScope === undefined && allows(principal, 'webhooks:manage');
}
