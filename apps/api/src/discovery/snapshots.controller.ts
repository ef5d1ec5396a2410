import { Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApplySnapshot, DiscoveryError, type ApplyResult } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { Context, RequestContext } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, QueryOf, ref } from '../http/schema';
import { SNAPSHOT } from './discovery-schemas';
import { scopesOf, type SnapshotBody } from './snapshot-body';

/** What collectors deliver. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class SnapshotsController {
  constructor(@Inject(ApplySnapshot) private readonly applySnapshot: ApplySnapshot) {}

  @Post() @Requires('discovery:post') @Described({ query: DRY_RUN, body: SNAPSHOT, answer: ref('DiscoveryResult') })
  async post(@Context() context: RequestContext, @QueryOf(DRY_RUN) _: unknown, @BodyOf(SNAPSHOT) body: SnapshotBody): Promise<unknown> {
    const scopes = scopesOf(body, context.token.accounts);
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
