import { Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CidrError, parseCidr } from '@cloudpam/cidr';
import { AccessError } from '@cloudpam/identity';
import type { Provider } from '@cloudpam/pools';
import { ApplySnapshot, DiscoveryError, type ApplyResult, type Coverage, type ResourceKind, type ScopeSnapshot } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { Context, RequestContext } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, QueryOf, ref } from '../http/schema';
import { SNAPSHOT } from './discovery-schemas';

interface ScopeBody {
  provider: Provider; account: string; account_name?: string; region: string; coverage: Coverage; error?: { code: string; message: string } | null; collected_at: string;
  networks: { external_id: string; owner_account: string; region: string; name: string; is_default?: boolean }[];
  resources: {
    kind: ResourceKind; external_id: string; network_external_id: string; owner_account: string; region: string; zone_id?: string | null; outpost?: string | null; name: string;
    cidr: string; tags?: Record<string, string>;
  }[];
}
interface SnapshotBody { run_id: string; collector: { name: string; version: string }; scopes: ScopeBody[] }

const CLOCK_SKEW_MS = 5 * 60_000;

/** What collectors deliver. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class SnapshotsController {
  constructor(@Inject(ApplySnapshot) private readonly applySnapshot: ApplySnapshot) {}

  @Post() @Requires('discovery:post') @Described({ query: DRY_RUN, body: SNAPSHOT, answer: ref('DiscoveryResult') })
  async post(@Context() context: RequestContext, @QueryOf(DRY_RUN) _: unknown, @BodyOf(SNAPSHOT) body: SnapshotBody): Promise<unknown> {
    const scopes = body.scopes.map((scope) => snapshotOf(scope));
    const allowed = context.token.accounts;
    const outside = scopes.find((scope) => allowed && !allowed.includes(`${scope.provider}:${scope.account}`));
    if (outside) throw new AccessError('forbidden', `This token may not deliver ${outside.provider}:${outside.account}.`);
    const done: { account: string; region: string; result: ApplyResult }[] = [];
    const errors: { account: string; region: string; code: string; detail: string }[] = [];
    // One transaction a scope: what is applied stays, whatever becomes of the next one.
    for (const scope of scopes) {
      const at = { account: scope.account, region: scope.region };
      try {
        await context.write((change) => this.applySnapshot.execute({ ...change, once: undefined }, body.run_id, scope), (result) => {
          done.push({ ...at, result });
          return { status: 200, body: null };
        });
      } catch (error) {
        if (!(error instanceof DiscoveryError) || scopes.length === 1) throw error;
        errors.push({ ...at, code: error.code, detail: error.message });
      }
    }
    const sum = (field: keyof ApplyResult): number => done.reduce((total, { result }) => total + result[field], 0);
    return {
      imported: sum('imported'), updated: sum('updated'), orphaned: sum('orphaned'), unchanged: sum('unchanged'), conflicts: sum('conflicts'), errors,
      scopes: done.map(({ result, ...at }) => ({ ...at, ...result })),
    };
  }
}

/** @throws DiscoveryError `invalid_snapshot` */
function snapshotOf(body: ScopeBody): ScopeSnapshot {
  const collectedAt = new Date(body.collected_at);
  if (collectedAt.getTime() > Date.now() + CLOCK_SKEW_MS) {
    throw new DiscoveryError('invalid_snapshot', `collected_at lies in the future (${body.collected_at}); set the collector's clock.`, 'collected_at');
  }
  return {
    provider: body.provider, account: body.account, region: body.region, coverage: body.coverage, collectedAt,
    ...body.account_name === undefined ? {} : { accountName: body.account_name }, ...body.error ? { error: body.error } : {},
    networks: body.networks.map((each) => ({
      externalId: each.external_id, ownerAccount: each.owner_account, region: each.region, name: each.name, isDefault: each.is_default ?? false,
    })),
    resources: body.resources.map((each, index) => ({
      kind: each.kind, externalId: each.external_id, networkExternalId: each.network_external_id, ownerAccount: each.owner_account, region: each.region,
      zoneId: each.zone_id ?? null, ...each.outpost ? { outpost: each.outpost } : {}, name: each.name, tags: each.tags ?? {}, cidr: cidrAt(each.cidr, index),
    })),
  };
}

function cidrAt(text: string, index: number): ScopeSnapshot['resources'][number]['cidr'] {
  try {
    return parseCidr(text);
  } catch (error) {
    throw error instanceof CidrError ? new DiscoveryError('invalid_snapshot', error.message, `resources.${index}.cidr`) : error;
  }
}
