import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { typedIn, type TypedText } from '@cloudpam/pools';
import {
  DiscoveryError,
  IsolateNetwork,
  unseenScopes,
  type Coverage,
  type FindingStatus,
  type FindingType,
  type ScopeState,
  type UnseenScope,
} from '@cloudpam/reconciliation';
import { CONFIG } from '../config-token';
import type { Config } from '../config';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathId, RequestContext } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, QueryOf, ref, typedListOf } from '../http/schema';
import type { SeenStores } from '../limits/seen-stores';
import { STORAGE, type Storage } from '../storage';
import { FINDING_QUERY, ISOLATE, NETWORK_QUERY, RESOURCE_QUERY } from './discovery-schemas';
import { resourceFilterOf, type ResourceQuery } from './resource-query';
import { accountsOf, type Accounts } from './accounts-of';
import { networkView, resourceView } from './discovery-views';
import { JobDto } from './dto/job.dto';

interface FindingQuery extends Omit<ResourceQuery, 'finding'> {
  type?: FindingType | 'unseen';
  status?: FindingStatus;
}

const WORST: readonly Coverage[] = ['failed', 'partial', 'complete'];

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
  @Described({ answer: ref('DiscoveryStatus') })
  status(@Context() context: RequestContext): Promise<unknown> {
    return context.seen(this.storage).read(async (stores) => {
      const scopes = await stores.discovery.scopes();
      const accounts = await accountsOf(
        stores,
        scopes.map(({ scope }) => scope),
      );
      const unseen = this.unseen(
        accounts,
        scopes.map(({ scope }) => scope),
      );
      const jobs = (await stores.jobs.list({ open: true }, 1, 10_000)).items;
      const byAccount = new Map<number, typeof scopes>();
      for (const each of scopes) {
        // A scope that only participants of a shared VPC speak of was never listed.
        if (each.scope.collectedAt === null) continue;
        byAccount.set(each.scope.accountId, [...(byAccount.get(each.scope.accountId) ?? []), each]);
      }
      const items = [...accounts.values()].map((account) => {
        const own = byAccount.get(account.id) ?? [];
        const failed = own.find(({ scope }) => scope.errorMessage !== null)?.scope;
        const old = unseen.filter((each) => each.account.id === account.id);
        const job = jobs.find((each) => each.accountId === account.id);
        return {
          account_id: account.id,
          account_key: account.key,
          account_name: account.name,
          provider: account.provider,
          last_run_at:
            own.map(({ scope }) => scope.collectedAt).sort((a, b) => Number(b) - Number(a))[0] ??
            null,
          status:
            WORST.find((each) =>
              own.some(
                ({ scope }) => scope.coverage === each || (each === 'partial' && old.length > 0),
              ),
            ) ?? 'failed',
          policy: account.discoveryPolicy ?? this.config.discoveryPolicy,
          unseen: unseenText(old, own.length),
          job: job ? JobDto.of(job, accounts) : null,
          vpc_count: own.reduce((sum, each) => sum + each.vpcCount, 0),
          subnet_count: own.reduce((sum, each) => sum + each.subnetCount, 0),
          error_msg: failed
            ? `${failed.region}: ${failed.errorCode ?? ''} ${failed.errorMessage ?? ''}`.trim()
            : null,
          coverage: own.map(({ scope, vpcCount, subnetCount }) => ({
            region: scope.region,
            coverage: scope.coverage,
            collected_at: scope.collectedAt,
            complete_at: scope.completeAt,
            error_code: scope.errorCode,
            error_msg: scope.errorMessage,
            unseen: old.find(({ region }) => region === scope.region)?.reason ?? null,
            vpc_count: vpcCount,
            subnet_count: subnetCount,
          })),
        };
      });
      return {
        items,
        findings: { ...(await stores.discovery.findingCounts()), unseen: unseen.length },
        policy: this.config.discoveryPolicy,
        interval_seconds: this.config.discoveryInterval,
      };
    });
  }

  @Get('resources')
  @Requires('discovery:read', 'within limits')
  @Described({ query: RESOURCE_QUERY, answer: typedListOf('Resource') })
  resources(
    @Context() context: RequestContext,
    @QueryOf(RESOURCE_QUERY) query: ResourceQuery,
  ): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return context.seen(this.storage).read(async (stores) => {
      const filter = resourceFilterOf(query);
      const { items, total } = await stores.discovery.resources(filter, page.page, page.size);
      const accounts = await accountsOf(stores, items);
      return {
        ...listBody(
          items.map((each) => resourceView(each, accounts)),
          total,
          page,
        ),
        read_as: readAs(filter),
      };
    });
  }

  /** Scopes that were not seen stand before what is wrong with resources. */
  @Get('findings')
  @Requires('discovery:read', 'within limits')
  @Described({ query: FINDING_QUERY, answer: typedListOf('Finding') })
  findings(
    @Context() context: RequestContext,
    @QueryOf(FINDING_QUERY) query: FindingQuery,
  ): Promise<unknown> {
    const { page = 1, page_size: size = 50, type, status } = query;
    const skip = (page - 1) * size;
    const filter = resourceFilterOf(query);
    return context.seen(this.storage).read(async (stores) => {
      const narrow =
        query.vrf_id !== undefined || filter.typed !== undefined || status === 'ignored';
      const unseen =
        (type === undefined || type === 'unseen') && !narrow
          ? await this.unseenIn(stores, query.account_id)
          : [];
      const first = unseen.slice(skip, skip + size);
      const { items, total } =
        type === 'unseen'
          ? { items: [], total: 0 }
          : await stores.discovery.findings(
              { ...filter, finding: type ?? 'any', findingStatus: status },
              Math.max(skip - unseen.length, 0),
              size - first.length,
            );
      const accounts = await accountsOf(
        stores,
        items.map(({ resource }) => resource),
      );
      const found = items.map(({ resource, dismissal, ...finding }) => ({
        id: `${finding.type}:${resource.id}`,
        ...finding,
        ignored: dismissal,
        account_id: resource.accountId,
        account_key: accounts.get(resource.accountId)?.key ?? '',
        region: resource.region,
        resource: resourceView(resource, accounts),
      }));
      return {
        ...listBody([...first.map(unseenView), ...found], total + unseen.length, { page, size }),
        read_as: readAs(filter),
      };
    });
  }

  @Get('networks')
  @Requires('discovery:read', 'within limits')
  @Described({ query: NETWORK_QUERY, answer: typedListOf('Network') })
  networks(
    @Context() context: RequestContext,
    @QueryOf(NETWORK_QUERY)
    query: { page?: number; page_size?: number; account_id?: number; vrf_id?: number; q?: string },
  ): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return context.seen(this.storage).read(async (stores) => {
      const filter = { accountId: query.account_id, vrfId: query.vrf_id, typed: typedIn(query.q) };
      const { items, total } = await stores.discovery.networks(filter, page.page, page.size);
      const accounts = await accountsOf(stores, items);
      return {
        ...listBody(
          items.map((each) => networkView(each, accounts)),
          total,
          page,
        ),
        read_as: readAs(filter),
      };
    });
  }

  @Get('resources/:id')
  @Requires('discovery:read', 'within limits')
  @Described({ answer: ref('Resource') })
  resource(@Context() context: RequestContext, @PathId() id: number): Promise<unknown> {
    return context.seen(this.storage).read(async (stores) => {
      const found = await stores.discovery.resource(id);
      if (!found)
        throw new DiscoveryError('resource_not_found', `There is no discovered resource ${id}.`);
      return resourceView(found, await accountsOf(stores, [found]));
    });
  }

  @Post('networks/:id/isolate')
  @HttpCode(200)
  @Requires('discovery:decide')
  @Described({ query: DRY_RUN, body: ISOLATE, answer: ref('Isolation') })
  async isolate(
    @Context() context: RequestContext,
    @PathId() id: number,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(ISOLATE) body: { vrf_id?: number; vrf_name?: string },
  ): Promise<unknown> {
    const accounts = await this.storage.unitOfWork.read(async (stores) => {
      const found = await stores.discovery.network(id);
      return accountsOf(stores, found ? [found] : []);
    });
    return context.write(
      (change) =>
        this.isolateNetwork.execute(change, id, { vrfId: body.vrf_id, vrfName: body.vrf_name }),
      ({ network, moved, imported, conflicts }) => ({
        status: 200,
        body: { network: networkView(network, accounts), moved_pools: moved, imported, conflicts },
      }),
    );
  }

  private unseen(accounts: Accounts, scopes: readonly ScopeState[]): UnseenScope[] {
    return unseenScopes([...accounts.values()], scopes, new Date(), this.config.discoveryInterval);
  }

  private async unseenIn(
    stores: SeenStores,
    accountId: number | undefined,
  ): Promise<UnseenScope[]> {
    const scopes = await stores.discovery.scopeStates();
    return this.unseen(await accountsOf(stores, scopes), scopes).filter(
      ({ account }) => accountId === undefined || account.id === accountId,
    );
  }
}

/**
 * What is overdue of an account, in a line: its one region, or how many of them and the one that
 * waits longest.
 */
function unseenText(unseen: readonly UnseenScope[], scopes: number): string | null {
  const [oldest] = [...unseen].sort(
    (a, b) => Number(a.lastSeenAt ?? 0) - Number(b.lastSeenAt ?? 0),
  );
  if (!oldest) return null;
  return scopes === 1
    ? oldest.reason
    : `${unseen.length} of ${scopes} regions; ${oldest.region}: ${oldest.reason}`;
}

function unseenView({ account, region, reason }: UnseenScope): unknown {
  return {
    id: `unseen:${account.id}:${region}`,
    type: 'unseen',
    status: 'open',
    reason,
    ignored: null,
    account_id: account.id,
    account_key: account.key,
    region,
    resource: null,
  };
}

function readAs({ typed }: { readonly typed?: TypedText }): string | null {
  return typed?.readAs ?? null;
}
