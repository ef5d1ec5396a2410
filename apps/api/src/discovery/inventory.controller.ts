import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { parseRange } from '@cloudpam/cidr';
import type { Account } from '@cloudpam/pools';
import {
  DecideResource, DiscoveryError, findingsOf, type Coverage, type Decision, type DiscoveredResource, type FindingType, type ResourceFilter,
} from '@cloudpam/reconciliation';
import { CONFIG } from '../config-token';
import type { Config } from '../config';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathId, RequestContext } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, listOf, QueryOf, ref } from '../http/schema';
import { STORAGE, type Storage, type Stores } from '../storage';
import { FINDING_QUERY, IGNORE, NETWORK_QUERY, NOTHING, RESOURCE_QUERY } from './discovery-schemas';
import { networkView, resourceView } from './discovery-views';

interface ResourceQuery {
  page?: number; page_size?: number; account_id?: number; vrf_id?: number; network_id?: number; region?: string; kind?: ResourceFilter['kind'];
  management?: ResourceFilter['management']; overlap_status?: ResourceFilter['overlap']; sync_status?: ResourceFilter['sync'];
  finding?: ResourceFilter['finding']; pool_id?: number; q?: string; cidr_within?: string;
}

const WORST: readonly Coverage[] = ['failed', 'partial', 'complete'];

/** The cloud inventory, what is wrong with it, and what people decide. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class InventoryController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage, @Inject(CONFIG) private readonly config: Config, private readonly decideResource: DecideResource,
  ) {}

  @Get('status') @Requires('discovery:read') @Described({ answer: ref('DiscoveryStatus') })
  status(): Promise<unknown> {
    return this.storage.unitOfWork.read(async (stores) => {
      const scopes = await stores.discovery.scopes();
      const accounts = await accountsOf(stores, scopes.map(({ scope }) => scope));
      const items = [...accounts.values()].map((account) => {
        const own = scopes.filter(({ scope }) => scope.accountId === account.id && scope.collectedAt !== null);
        const failed = own.find(({ scope }) => scope.errorMessage !== null)?.scope;
        return {
          account_id: account.id, account_key: account.key, account_name: account.name, provider: account.provider,
          last_run_at: own.map(({ scope }) => scope.collectedAt).sort((a, b) => Number(b) - Number(a))[0] ?? null,
          status: WORST.find((each) => own.some(({ scope }) => scope.coverage === each)) ?? 'failed',
          vpc_count: own.reduce((sum, each) => sum + each.vpcCount, 0), subnet_count: own.reduce((sum, each) => sum + each.subnetCount, 0),
          error_msg: failed ? `${failed.region}: ${failed.errorCode ?? ''} ${failed.errorMessage ?? ''}`.trim() : null,
          coverage: own.map(({ scope, vpcCount, subnetCount }) => ({
            region: scope.region, coverage: scope.coverage, collected_at: scope.collectedAt, complete_at: scope.completeAt, error_code: scope.errorCode,
            error_msg: scope.errorMessage, vpc_count: vpcCount, subnet_count: subnetCount,
          })),
        };
      });
      return { items, findings: await stores.discovery.findingCounts(), policy: this.config.discoveryPolicy };
    });
  }

  @Get('resources') @Requires('discovery:read') @Described({ query: RESOURCE_QUERY, answer: listOf('Resource') })
  resources(@QueryOf(RESOURCE_QUERY) query: ResourceQuery): Promise<unknown> {
    return this.page(query, (items, accounts) => items.map((each) => resourceView(each, accounts)));
  }

  @Get('findings') @Requires('discovery:read') @Described({ query: FINDING_QUERY, answer: listOf('Finding') })
  findings(@QueryOf(FINDING_QUERY) query: ResourceQuery & { type?: FindingType }): Promise<unknown> {
    return this.page({ ...query, finding: query.type ?? 'any' }, (items, accounts) => items.flatMap((resource) => findingsOf(resource)
      .filter((finding) => query.type === undefined || finding.type === query.type)
      .map((finding) => ({ id: `${finding.type}:${resource.id}`, type: finding.type, status: finding.status, reason: finding.reason, resource: resourceView(resource, accounts) }))));
  }

  @Get('networks') @Requires('discovery:read') @Described({ query: NETWORK_QUERY, answer: listOf('Network') })
  networks(@QueryOf(NETWORK_QUERY) query: { page?: number; page_size?: number; account_id?: number; vrf_id?: number; q?: string }): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return this.storage.unitOfWork.read(async (stores) => {
      const { items, total } = await stores.discovery.networks({ accountId: query.account_id, vrfId: query.vrf_id, text: query.q || undefined }, page.page, page.size);
      const accounts = await accountsOf(stores, items);
      return listBody(items.map((each) => networkView(each, accounts)), total, page);
    });
  }

  @Get('resources/:id') @Requires('discovery:read') @Described({ answer: ref('Resource') })
  resource(@PathId() id: number): Promise<unknown> {
    return this.storage.unitOfWork.read(async (stores) => {
      const found = await stores.discovery.resource(id);
      if (!found) throw new DiscoveryError('resource_not_found', `There is no discovered resource ${id}.`);
      return resourceView(found, await accountsOf(stores, [found]));
    });
  }

  @Post('resources/:id/import') @HttpCode(200) @Requires('discovery:decide') @Described({ query: DRY_RUN, body: NOTHING, answer: ref('Resource') })
  import(@Context() context: RequestContext, @PathId() id: number, @QueryOf(DRY_RUN) _: unknown): Promise<unknown> {
    return this.decide(context, id, 'import');
  }

  @Post('resources/:id/approve') @HttpCode(200) @Requires('discovery:decide') @Described({ query: DRY_RUN, body: NOTHING, answer: ref('Resource') })
  approve(@Context() context: RequestContext, @PathId() id: number, @QueryOf(DRY_RUN) _: unknown): Promise<unknown> {
    return this.decide(context, id, 'approve');
  }

  @Post('resources/:id/ignore') @HttpCode(200) @Requires('discovery:decide') @Described({ query: DRY_RUN, body: IGNORE, answer: ref('Resource') })
  ignore(@Context() context: RequestContext, @PathId() id: number, @QueryOf(DRY_RUN) _: unknown, @BodyOf(IGNORE) body: { reason?: string }): Promise<unknown> {
    return this.decide(context, id, 'ignore', body.reason);
  }

  private async decide(context: RequestContext, id: number, decision: Decision, reason?: string): Promise<unknown> {
    const accounts = await this.storage.unitOfWork.read(async (stores) => {
      const found = await stores.discovery.resource(id);
      return found ? accountsOf(stores, [found]) : new Map<number, Account>();
    });
    return context.write((change) => this.decideResource.execute(reason ? { ...change, reason } : change, id, decision), (resource) => ({
      status: 200, body: resourceView(resource, accounts),
    }));
  }

  private page(query: ResourceQuery, present: (items: readonly DiscoveredResource[], accounts: Map<number, Account>) => unknown[]): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    const filter: ResourceFilter = {
      accountId: query.account_id, vrfId: query.vrf_id, networkId: query.network_id, region: query.region, kind: query.kind, management: query.management,
      overlap: query.overlap_status, sync: query.sync_status, finding: query.finding, poolId: query.pool_id, text: query.q || undefined,
      within: query.cidr_within === undefined ? undefined : parseRange(query.cidr_within),
    };
    return this.storage.unitOfWork.read(async (stores) => {
      const { items, total } = await stores.discovery.resources(filter, page.page, page.size);
      return listBody(present(items, await accountsOf(stores, items)), total, page);
    });
  }
}

async function accountsOf(stores: Stores, some: readonly { accountId: number }[]): Promise<Map<number, Account>> {
  const accounts = await stores.accounts.getMany([...new Set(some.map((each) => each.accountId))]);
  return new Map(accounts.map((account) => [account.id, account]));
}
