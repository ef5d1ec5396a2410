import { Busboy } from '@fastify/busboy';
import { loopTurn } from '@cloudpam/event-loop';
import type { GivenFile } from '@cloudpam/formats';
import { NotJson } from '../http/json-parser';
import type { RawBody } from '../http/raw-body';
import { SchemaError } from '../http/schema';

const MOST_FILES = 100;
const MAP_BYTES = 1_048_576;
const SLICE_BYTES = 262_144;
const TYPES: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'application/zip': 'zip',
  'application/json': 'json',
};

/** What came to be imported. */
export interface Given {
  readonly files: readonly GivenFile[];
  /** The part `map`, not checked yet. */
  readonly map: unknown;
}

/**
 * The files of a body, and the map beside them.
 * @param filename of a body that is one file itself
 * @throws SchemaError, NotJson
 */
export async function givenFiles(body: RawBody, filename: string | undefined): Promise<Given> {
  const type = body.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const given =
    type === 'multipart/form-data'
      ? await readParts(body)
      : {
          files: [{ name: filename ?? `upload.${TYPES[type] ?? 'csv'}`, bytes: body.take() }],
          map: undefined,
        };
  if (given.files.length === 0)
    throw new SchemaError([
      { field: 'file', code: 'missing_field', detail: 'is required: one part for each file' },
    ]);
  return given;
}

async function readParts(body: RawBody): Promise<Given> {
  const { contentType } = body;
  const bytes = body.take();
  const files: GivenFile[] = [];
  const maps: string[] = [];
  const problems: SchemaError['problems'][number][] = [];
  let failed: Error | undefined;
  let parser: Busboy;
  try {
    parser = new Busboy({
      headers: { 'content-type': contentType },
      limits: { files: MOST_FILES, fields: 2, fieldSize: MAP_BYTES, parts: MOST_FILES + 2 },
    });
  } catch (error) {
    throw new NotMultipart(error);
  }
  const ended = new Promise<void>((resolve) => {
    parser.once('finish', resolve).once('error', (error) => {
      failed = error instanceof Error ? error : new Error('unreadable');
      resolve();
    });
  });
  parser.on('file', (field, stream, name) => {
    const chunks: Buffer[] = [];
    if (field !== 'file')
      problems.push({ field, code: 'unknown_field', detail: 'is not a part of this request' });
    stream
      .on('data', (chunk: Buffer) => field === 'file' && chunks.push(chunk))
      .on('end', () => {
        if (field === 'file')
          files.push({ name: name || `file-${files.length + 1}`, bytes: Buffer.concat(chunks) });
      })
      // Of a body that ends too early; what is wrong the parser tells.
      .on('error', () => undefined);
  });
  parser.on('field', (field, value) => {
    if (field === 'map') maps.push(value);
    else problems.push({ field, code: 'unknown_field', detail: 'is not a part of this request' });
  });
  for (const event of ['filesLimit', 'partsLimit', 'fieldsLimit'] as const)
    parser.on(event, () =>
      problems.push({
        field: 'file',
        code: 'invalid_field',
        detail: `at most ${MOST_FILES} files`,
      }),
    );
  for (let at = 0; at < bytes.length && !failed; at += SLICE_BYTES) {
    await loopTurn();
    parser.write(bytes.subarray(at, at + SLICE_BYTES));
  }
  parser.end();
  await ended;
  if (failed) throw new NotMultipart(failed);
  if (problems.length > 0) throw new SchemaError(problems.slice(0, 20));
  if (maps.length > 1)
    throw new SchemaError([{ field: 'map', code: 'invalid_field', detail: 'came twice' }]);
  return { files, map: maps[0] === undefined ? undefined : mapOf(maps[0]) };
}

function mapOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotJson('The part map is not valid JSON.');
  }
}

/** A body is not the parts that it says it is (RFC 7578). */
class NotMultipart extends SchemaError {
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : 'it cannot be read';
    super([
      {
        field: 'body',
        code: 'invalid_field',
        detail: `is no multipart/form-data: ${why}`.slice(0, 300),
      },
    ]);
  }
}
