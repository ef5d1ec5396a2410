import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ApplySnapshot,
  DiscoveryError,
  type ApplyResult,
  type CloudScope,
} from '@cloudpam/reconciliation';
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

  @ApiResponse({
    status: 202,
    description: 'A part before the last one, kept for a day. Nothing has changed yet.',
    schema: ref('DiscoveryResult'),
  })
  @Post()
  @HttpCode(200)
  @Requires('discovery:post')
  @Described({ query: DRY_RUN, body: SNAPSHOT, answer: ref('DiscoveryResult') })
  async post(
    @Context() context: RequestContext,
    @QueryOf(DRY_RUN) _: unknown,
    @BodyOf(SNAPSHOT) body: SnapshotBody,
  ): Promise<unknown> {
    const scopes = scopesOf(body, context.principal);
    const [only] = scopes;
    if (only && scopes.length === 1) {
      return context.write(
        (change) => this.applySnapshot.execute(change, body.run_id, only),
        (result) =>
          result === 'kept'
            ? { status: 202, body: answerOf([], []) }
            : { status: 200, body: answerOf([{ ...placeOf(only), result }], []) },
      );
    }
    if (context.dryRun) {
      return context.write(
        (change) => this.applySnapshot.together(change, body.run_id, scopes),
        (results) => {
          const judged = scopes.map((scope, at) => ({ ...placeOf(scope), result: results[at] }));
          const refused = judged.flatMap(({ result, ...place }) =>
            result instanceof DiscoveryError
              ? [{ ...place, code: result.code, detail: result.message }]
              : [],
          );
          const applied = judged.flatMap(({ result, ...place }) =>
            result === undefined || result instanceof DiscoveryError ? [] : [{ ...place, result }],
          );
          return { status: 200, body: answerOf(applied, refused) };
        },
      );
    }
    if (scopes.some(({ part }) => part))
      throw new DiscoveryError(
        'invalid_snapshot',
        'A listing that comes in parts is posted by itself, one part at a time.',
        'scopes',
      );
    const done: Applied[] = [];
    const errors: Refused[] = [];
    // One transaction a scope: what is applied stays, whatever becomes of the next one. So a key
    // cannot stand for all of them.
    for (const scope of scopes) {
      try {
        await context.write(
          (change) =>
            this.applySnapshot.execute({ ...change, once: undefined }, body.run_id, scope),
          (result) => {
            if (result !== 'kept') done.push({ ...placeOf(scope), result });
            return { status: 200, body: null };
          },
        );
      } catch (error) {
        if (!(error instanceof DiscoveryError)) throw error;
        errors.push({ ...placeOf(scope), code: error.code, detail: error.message });
      }
    }
    return answerOf(done, errors);
  }
}

interface Place {
  readonly account: string;
  readonly region: string;
}
type Applied = Place & { readonly result: ApplyResult };
type Refused = Place & { readonly code: string; readonly detail: string };

function placeOf({ account, region }: CloudScope): Place {
  return { account, region };
}

function answerOf(done: readonly Applied[], errors: readonly Refused[]): unknown {
  const sum = (field: keyof ApplyResult): number =>
    done.reduce((total, { result }) => total + result[field], 0);
  return {
    imported: sum('imported'),
    updated: sum('updated'),
    orphaned: sum('orphaned'),
    unchanged: sum('unchanged'),
    conflicts: sum('conflicts'),
    errors,
    scopes: done.map(({ result, ...place }) => ({ ...place, ...result })),
  };
}
