import { parseInstant } from '@cloudpam/audit';
/** Name and version of the format. */
const FORMAT = 'cloudpam-snapshot/1';
/**
 * What the key that signs snapshot files is made for: HMAC-SHA256 of this text with the key
 * SHA-256(secret part of the token).
 */
export const SNAPSHOT_KEY_PURPOSE = 'cloudpam snapshot file v1';
/** The end of a snapshot file's name. */
export const SNAPSHOT_FILE_ENDING = '.cloudpam';

const FIELDS = ['format', 'token', 'run_id', 'sequence', 'written_at'] as const;
const TOKEN = /^[a-z2-7]{12}$/;
const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SIGNATURE = /^[0-9a-f]{64}$/;
// A header has less than 400 bytes.
const LONGEST_HEADER = 1_000;
const NEWLINE = 0x0a;
const GZIP = [0x1f, 0x8b] as const;
// RFC 1952: a header of 10 bytes and a trailer of 8.
const SHORTEST_GZIP = 18;

/**
 * What a snapshot file says of itself: who wrote it, and its place among the snapshots of its run.
 */
export interface SnapshotFileHeader {
  /** The public id of the token whose secret signed it. */
  readonly token: string;
  /** UUID of the run, lower case. */
  readonly runId: string;
  /** From 1, in the order in which the run read its scopes. */
  readonly sequence: number;
  readonly writtenAt: Date;
}

/**
 * A snapshot file that was read. Nothing in it may be believed before the signature of
 * `signedBytes` was checked.
 */
export interface SnapshotFile {
  readonly header: SnapshotFileHeader;
  /** The gzipped body of `POST /api/v1/discovery`, with one scope. */
  readonly payload: Uint8Array;
  readonly signedBytes: Uint8Array;
  /** 64 hex digits. */
  readonly signature: string;
}

/** Why a snapshot file is refused. */
export type SnapshotFileErrorCode =
  'not_a_snapshot_file' | 'unknown_format' | 'malformed_header' | 'truncated' | 'malformed_payload';

/** Why bytes are no snapshot file. */
export class SnapshotFileError extends Error {
  override readonly name = 'SnapshotFileError';

  constructor(
    readonly code: SnapshotFileErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The bytes of a snapshot file: the header as one line of JSON, then the payload.
 * @param payload the gzipped body of `POST /api/v1/discovery`, with one scope
 * @param sign gives HMAC-SHA256 of the bytes, as 64 hex digits, with the key of {@link
 *   SNAPSHOT_KEY_PURPOSE}. A server that
 *   keeps only the hash of the secret can check it.
 * @throws SnapshotFileError `malformed_header` for a header that could not be read again
 */
export function writeSnapshotFile(
  header: SnapshotFileHeader,
  payload: Uint8Array,
  sign: (bytes: Uint8Array) => string,
): Uint8Array {
  const wire = wireOf(header);
  const signature = sign(signedBytesOf(wire, payload));
  const line = lineOf(wire, signature);
  headerOf(line);
  return joined(encoded(`${line}\n`), payload);
}

/**
 * @throws SnapshotFileError that says what is wrong with the bytes; a wrong signature is for the
 * caller to notice
 */
/** Reads a signed snapshot file. @throws SnapshotFileError */
export function readSnapshotFile(bytes: Uint8Array): SnapshotFile {
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(NEWLINE);
  if (bytes.length === 0) throw new SnapshotFileError('truncated', 'the file is empty');
  if (bytes[0] !== 0x7b)
    throw new SnapshotFileError(
      'not_a_snapshot_file',
      'the file does not begin with the header of a snapshot file',
    );
  if (end < 0 && bytes.length < LONGEST_HEADER)
    throw new SnapshotFileError('truncated', 'the file ends within its header');
  if (end < 0)
    throw new SnapshotFileError(
      'not_a_snapshot_file',
      `the first line is longer than ${LONGEST_HEADER} bytes`,
    );
  const { header, signature } = headerOf(new TextDecoder().decode(bytes.subarray(0, end)));
  const payload = bytes.subarray(end + 1);
  if (payload.length < SHORTEST_GZIP)
    throw new SnapshotFileError('truncated', 'the file ends before its payload does');
  if (payload[0] !== GZIP[0] || payload[1] !== GZIP[1])
    throw new SnapshotFileError('malformed_payload', 'the payload is not gzip');
  return { header, payload, signedBytes: signedBytesOf(wireOf(header), payload), signature };
}

/**
 * The file's name. By code unit, the names of one token are in the order in which the files must be
 * delivered: by the start of the run, then by sequence.
 */
export function snapshotFileName(runStartedAt: Date, runId: string, sequence: number): string {
  const start = runStartedAt.toISOString().replace(/[-:.]/g, '');
  return `${start}-${runId}-${String(sequence).padStart(6, '0')}${SNAPSHOT_FILE_ENDING}`;
}

type Wire = { readonly [field in (typeof FIELDS)[number]]: string | number };

function wireOf(header: SnapshotFileHeader): Wire {
  const { token, runId, sequence, writtenAt } = header;
  if (Number.isNaN(writtenAt.getTime()))
    throw new SnapshotFileError('malformed_header', 'written_at is not a time');
  return { format: FORMAT, token, run_id: runId, sequence, written_at: writtenAt.toISOString() };
}

/**
 * The only way to write a header. Reading compares with it, so no byte of the line escapes the
 * signature.
 */
function lineOf(wire: Wire, signature: string): string {
  return JSON.stringify({ ...wire, signature });
}

function signedBytesOf(wire: Wire, payload: Uint8Array): Uint8Array {
  return joined(encoded(`${FIELDS.map((field) => wire[field]).join('\n')}\n`), payload);
}

function headerOf(line: string): { header: SnapshotFileHeader; signature: string } {
  const {
    format,
    token,
    run_id: runId,
    sequence,
    written_at: writtenAt,
    signature,
  } = objectOf(line);
  if (typeof format !== 'string' || !format.startsWith('cloudpam-snapshot/'))
    throw new SnapshotFileError(
      'not_a_snapshot_file',
      'the header names no format of snapshot files',
    );
  if (format !== FORMAT)
    throw new SnapshotFileError(
      'unknown_format',
      `the format ${format.slice(0, 40)} is not known here; ${FORMAT} is`,
    );
  const wrong = (field: string, expected: string): SnapshotFileError =>
    new SnapshotFileError('malformed_header', `${field} is not ${expected}`);
  if (typeof token !== 'string' || !TOKEN.test(token))
    throw wrong('token', 'the public id of a token');
  if (typeof runId !== 'string' || !RUN_ID.test(runId))
    throw wrong('run_id', 'a UUID in lower case');
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 1)
    throw wrong('sequence', 'a whole number from 1');
  const time = typeof writtenAt === 'string' ? parseInstant(writtenAt) : undefined;
  if (!time) throw wrong('written_at', 'a time in ISO 8601');
  if (typeof signature !== 'string' || !SIGNATURE.test(signature))
    throw wrong('signature', '64 hex digits');
  const header = { token, runId, sequence, writtenAt: time };
  if (lineOf(wireOf(header), signature) !== line)
    throw new SnapshotFileError(
      'malformed_header',
      'the header is not written as a snapshot file writes it',
    );
  return { header, signature };
}

function objectOf(line: string): { readonly [field: string]: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null)
      return value as { readonly [field: string]: unknown }; // any object can be asked for fields
  } catch {
    // Said below.
  }
  throw new SnapshotFileError('not_a_snapshot_file', 'the first line is not a header in JSON');
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
