import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { SYSTEM_ACTOR, type Change } from '@cloudpam/audit';
import { loopTurn } from '@cloudpam/event-loop';
import type { GivenFile } from '@cloudpam/formats';
import {
  ApplyImport,
  columnOf,
  countsOf,
  IMPORT_FORMATS,
  ImportError,
  PlanImport,
  type ImportFormat,
  type ImportPlan,
} from '@cloudpam/import';
import { Option, type Command } from 'commander';
import { FileError } from '../http/file-error';
import { SchemaError } from '../http/schema';
import { ImportResultDto, ImportRowDto } from '../import/dto/import-result.dto';
import { importRun, readRows, ROWS_OF_A_REQUEST, type FileOptions } from '../import/import-files';
import { piecesOf } from '../import/pieces-of';
import { STORAGE, type Storage } from '../storage/storage';
import { UsageError, type CommandContext, type Serve } from './command';

/** Errors that are shown; the report has all. */
const SHOWN = 20;

interface Asked {
  readonly dryRun?: true;
  readonly partial?: true;
  readonly format: ImportFormat | 'auto';
  readonly map?: string;
  readonly fix?: 'canonical';
  readonly plan?: string;
  readonly report?: string;
}

/** The command that imports files. */
export function addImportCommand(program: Command, serve: Serve): void {
  program
    .command('import')
    .description(
      'imports pools, VRFs, VLANs, their groups and accounts from files: CSV, ZIP, JSON, .xls, .xlsx; ' +
        'exit code 1 when a row is wrong, 2 when nothing can be read',
    )
    .argument('<FILE...>', 'the files')
    .option('--dry-run', 'shows what would be done')
    .option('--partial', 'imports what is right where rows are wrong')
    .addOption(
      new Option('--format <FORMAT>', 'how the files are written')
        .choices(['auto', ...IMPORT_FORMATS])
        .default('auto'),
    )
    .option('--map <FILE>', 'JSON: columns, words, tags and VRF; see docs/import.md')
    .addOption(new Option('--fix <canonical>', 'takes set host bits away').choices(['canonical']))
    .option('--plan <HASH>', 'does just what a dry run has shown')
    .option('--report <FILE>', 'writes what becomes of each row as JSON; - is standard output')
    .action((files: string[], asked: Asked) =>
      serve((context) => importFiles(context, files, asked)),
    );
}

async function importFiles(
  { app, say, write }: CommandContext,
  names: readonly string[],
  asked: Asked,
): Promise<number> {
  const options: FileOptions = {
    format: asked.format,
    fix: asked.fix ?? null,
    pause: async () => void (await loopTurn()),
    limit: Number.POSITIVE_INFINITY,
  };
  const tell = asked.report === '-' ? (): void => undefined : say;
  try {
    const given = { files: await filesOf(names), map: await mapOf(asked.map) };
    const source = await readRows(given, options);
    const { unitOfWork } = app.get<Storage>(STORAGE);
    const run = importRun(options);
    const plan = await new PlanImport(unitOfWork).execute(source, run);
    if (asked.plan !== undefined && asked.plan !== plan.hash)
      throw new ImportError(
        'plan_changed',
        'The plan is another one by now. Look at it again with --dry-run.',
      );
    const wrong = plan.rows.filter(({ action }) => action === 'error');
    const isDone = asked.dryRun !== true && (wrong.length === 0 || asked.partial === true);
    const done: ImportPlan[] = [];
    if (isDone) {
      const applyImport = app.get(ApplyImport);
      const pieces = [...piecesOf(source, ROWS_OF_A_REQUEST)];
      for (const [at, piece] of pieces.entries()) {
        // What was planned as a whole; of pieces each is planned again after those before it.
        const seen = pieces.length === 1 ? plan.hash : undefined;
        const wish = { mode: 'partial', plan: seen } as const;
        done.push(await applyImport.execute(byCommand(), piece, wish, run));
        if (pieces.length > 1) tell(`piece ${at + 1} of ${pieces.length} is imported`);
      }
    }
    const shown = isDone ? { ...plan, rows: done.flatMap(({ rows }) => rows) } : plan;
    show(shown, tell, isDone);
    if (asked.report !== undefined) await report(shown, isDone, asked.report, write);
    return wrong.length > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof FileError || error instanceof SchemaError || error instanceof ImportError)
      throw new UsageError(error.message);
    throw error;
  }
}

/** The files; of workbooks each sheet as a CSV of its own. */
async function filesOf(names: readonly string[]): Promise<GivenFile[]> {
  const files: GivenFile[] = [];
  for (const name of names) {
    const bytes = await readFile(name).catch((error: Error) => {
      throw new UsageError(`${name} cannot be read: ${error.message}`);
    });
    if (!/\.xls[xmb]?$/i.test(name)) {
      files.push({ name: path.basename(name), bytes });
      continue;
    }
    const { csvsOfWorkbook, WorkbookError } = await import('@cloudpam/workbook');
    try {
      for (const { name: sheet, text } of csvsOfWorkbook(path.basename(name), bytes))
        files.push({ name: sheet, bytes: Buffer.from(text) });
    } catch (error) {
      throw error instanceof WorkbookError ? new UsageError(error.message) : error;
    }
  }
  return files;
}

async function mapOf(name: string | undefined): Promise<unknown> {
  if (name === undefined) return undefined;
  try {
    return JSON.parse(await readFile(name, 'utf8'));
  } catch (error) {
    throw new UsageError(`${name} is no map: ${error instanceof Error ? error.message : ''}`);
  }
}

function show(
  { rows, tables, hash }: ImportPlan,
  say: (line: string) => void,
  isDone: boolean,
): void {
  for (const [entity, counts] of countsOf(rows)) {
    const told = Object.entries(counts).filter(([, count]) => count > 0);
    if (told.length > 0)
      say(
        `${entity ?? 'not kept'}: ${told.map(([action, count]) => `${count} ${action}`).join(', ')}`,
      );
  }
  const wrong = rows.filter(({ action }) => action === 'error');
  for (const row of wrong.slice(0, SHOWN)) {
    const column = columnOf(row, tables);
    const place = [tables[row.table]?.file, row.line, ...(column === null ? [] : [column])].join(
      ':',
    );
    say(`${place}: ${row.detail ?? ''} (${row.code ?? ''})`);
  }
  if (wrong.length > SHOWN) say(`and ${wrong.length - SHOWN} rows more; --report tells all`);
  say(
    isDone
      ? 'imported'
      : wrong.length > 0
        ? 'nothing was imported; --partial takes the other rows'
        : `nothing was imported; the plan is ${hash}`,
  );
}

/** All of the answer that the API gives, row by row. */
async function report(
  plan: ImportPlan,
  isDone: boolean,
  file: string,
  write: CommandContext['write'],
): Promise<void> {
  const stream = file === '-' ? undefined : createWriteStream(file);
  const put = async (text: string): Promise<void> => {
    if (!stream) await write(text);
    else if (!stream.write(text)) await once(stream, 'drain');
  };
  const { rows: _, ...head } = ImportResultDto.of(plan, isDone, [], null);
  await put(`${JSON.stringify(head).slice(0, -1)},"rows":[`);
  for (const [at, row] of plan.rows.entries())
    await put(`${at === 0 ? '' : ','}\n${JSON.stringify(ImportRowDto.of(row, plan.tables))}`);
  await put('\n]}\n');
  if (stream) {
    stream.end();
    await once(stream, 'finish');
  }
}

function byCommand(): Change {
  return { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'command' };
}
