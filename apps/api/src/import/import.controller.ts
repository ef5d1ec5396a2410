import { Body, Controller, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApplyImport, PlanImport, type ImportPlan, type PlannedRow } from '@cloudpam/import';
import type { FastifyReply } from 'fastify';
import { Requires } from '../http/access-guard';
import { BoundCursor } from '../http/bound-cursor';
import { pauses } from '../http/client-gone';
import { Operation } from '../http/operation';
import { RawBody } from '../http/raw-body';
import { Context, RequestContext } from '../http/request-context';
import { SchemaError } from '../http/schema';
import { inSmallHeap } from '../background/heap-growth';
import { ImportTurns } from '../http/turns';
import { STORAGE, type Storage } from '../storage/storage';
import { ImportQuery } from './dto/import-query.dto';
import { ImportResultDto } from './dto/import-result.dto';
import { givenFiles } from './given-files';
import { importRun, readRows, type ImportProgress } from './import-files';
import { answerInLines, wantsLines } from './progress-lines';

const STANDARD_LIMIT = 1_000;

/** Takes what other systems, spreadsheets and our own export have written. */
@ApiTags('import')
@Controller('api/v1/import')
export class ImportController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ApplyImport) private readonly applyImport: ApplyImport,
    private readonly turns: ImportTurns,
  ) {}

  @Post()
  @Requires('import:write')
  @Operation({
    id: 'importFiles',
    summary: 'Import files',
    description:
      'Reads files of other systems, spreadsheets and our own export: pools, VRFs, VLANs, their groups and ' +
      'accounts. Tells for each row what becomes of it, all that is wrong at once. A dry run writes ' +
      'nothing and tells the hash of the plan; with `plan` just that is done. Everything is written ' +
      'in one unit of work. With `Accept: application/x-ndjson` lines tell how far it is, and the ' +
      'last one is `{"result": ...}` or `{"problem": ...}`; whoever closes the connection ends it.',
    answer: ImportResultDto,
    takesFiles: true,
    problems: [
      'plan_changed',
      'import_has_errors',
      'unreadable_file',
      'unknown_format',
      'no_rows',
      'too_many_rows',
      'file_too_large',
      'invalid_map',
      'busy',
    ],
  })
  async import(
    @Context() context: RequestContext,
    @Query() query: ImportQuery,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(body instanceof RawBody) || body.isEmpty)
      throw new SchemaError([
        { field: 'body', code: 'missing_field', detail: 'is required: the files' },
      ]);
    if (!wantsLines(reply)) {
      void reply.send(await this.answer(context, query, body));
      return;
    }
    answerInLines(context, reply, (progress) => this.answer(context, query, body, progress));
  }

  /** @throws ImportError, FileError, SchemaError */
  private async answer(
    context: RequestContext,
    query: ImportQuery,
    body: RawBody,
    progress?: ImportProgress,
  ): Promise<ImportResultDto> {
    const endTurn = await this.turns.take(context.gone);
    try {
      return await inSmallHeap(() => this.inTurn(context, query, body, progress));
    } finally {
      endTurn();
    }
  }

  private async inTurn(
    context: RequestContext,
    query: ImportQuery,
    body: RawBody,
    progress: ImportProgress | undefined,
  ): Promise<ImportResultDto> {
    const { gone, dryRun } = context;
    const { format = 'auto', mode = 'all', plan, fix = null, filename } = query;
    const pause = pauses(gone);
    const options = { format, fix, pause, ...(progress && { progress }) };
    const source = await readRows(await givenFiles(body, filename), options);
    const run = importRun(options);
    if (dryRun) {
      const planImport = context.traced(new PlanImport(this.storage.unitOfWork));
      return resultOf(await planImport.execute(source, run), false, query);
    }
    const applyImport = context.traced(this.applyImport);
    return context.write(
      (change) => applyImport.execute(change, source, { mode, plan }, run),
      (done) => ({ status: 200, body: resultOf(done, true, query) }),
      undefined,
      {
        kept: (done) => ({
          status: 200,
          body: resultOf(done, true, { ...query, limit: STANDARD_LIMIT }),
        }),
      },
    );
  }
}

/** The answer with the rows that are asked for. @throws InvalidCursor */
function resultOf(
  plan: ImportPlan,
  applied: boolean,
  { action, cursor, limit = STANDARD_LIMIT }: ImportQuery,
): ImportResultDto {
  // After an import the same rows have other actions: the cursor goes on in the plan that it came with.
  const bound = new BoundCursor({ action, applied, hash: plan.hash });
  const start = Number(bound.readNumber(cursor) ?? 0n);
  const actions = action?.split(',');
  const rows: PlannedRow[] = [];
  let at = start;
  for (; at < plan.rows.length && rows.length < limit; at++) {
    const row = plan.rows[at];
    if (row && (!actions || actions.includes(row.action))) rows.push(row);
  }
  return ImportResultDto.of(
    plan,
    applied,
    rows,
    bound.write(at < plan.rows.length ? String(at) : null),
  );
}
