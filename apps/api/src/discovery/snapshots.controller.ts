import { Body, Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApplySnapshot, DiscoveryError, type CloudScope } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { DiscoveryResultDto, type Applied, type RefusedScopeDto } from './dto/discovery-result.dto';
import { SnapshotDto } from './dto/snapshot.dto';
import { scopesOf } from './snapshot-body';

/** What collectors deliver. */
@ApiTags('discovery')
@Controller('api/v1/discovery')
export class SnapshotsController {
  constructor(@Inject(ApplySnapshot) private readonly applySnapshot: ApplySnapshot) {}

  @ApiResponse({
    status: 202,
    type: DiscoveryResultDto,
    description: 'A part before the last one, kept for a day. Nothing has changed yet.',
  })
  @Post()
  @Requires('discovery:post')
  @Operation({
    id: 'deliverSnapshot',
    summary: 'Deliver what a collector saw',
    description:
      'Applies each scope in a unit of work of its own: what is refused is told, and the others ' +
      'stay. With one scope the refusal is the answer. The same snapshot again changes nothing.',
    answer: DiscoveryResultDto,
    problems: [
      'invalid_snapshot',
      'snapshot_too_new',
      'stale_snapshot',
      'parts_missing',
      'too_much_waiting',
      'account_not_found',
      'forbidden',
    ],
  })
  async post(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: SnapshotDto,
  ): Promise<DiscoveryResultDto> {
    const scopes = scopesOf(body, context.principal);
    const [only] = scopes;
    if (only && scopes.length === 1) {
      return context.write(
        (change) => this.applySnapshot.execute(change, body.run_id, only),
        (result) =>
          result === 'kept'
            ? { status: 202, body: DiscoveryResultDto.of([], []) }
            : { status: 200, body: DiscoveryResultDto.of([{ ...placeOf(only), result }], []) },
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
          return { status: 200, body: DiscoveryResultDto.of(applied, refused) };
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
    const errors: RefusedScopeDto[] = [];
    // One transaction a scope: what is applied stays, whatever becomes of the next one. So a key
    // cannot stand for all of them.
    for (const scope of scopes) {
      try {
        await context.write(
          (change) =>
            this.applySnapshot.execute({ ...change, idempotency: undefined }, body.run_id, scope),
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
    return DiscoveryResultDto.of(done, errors);
  }
}

function placeOf({ account, region }: CloudScope): Pick<CloudScope, 'account' | 'region'> {
  return { account, region };
}
