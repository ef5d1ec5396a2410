import { isUtf8 } from 'node:buffer';
import type { Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bodyBytes } from './body-bytes';
import type { BodyLimits } from './body-limits';
import { colonOf, JsonScanner, membersOf, type Slice } from './json-scanner';

/**
 * Bytes that are parsed at once: the event loop waits for no more than that, a few milliseconds.
 */
const SLICE_BYTES = 131_072;
const ARRAY = 0x5b;
const OBJECT = 0x7b;
const BLANKS = [0x20, 0x09, 0x0a, 0x0d];

export interface ReadBody {
  readonly value: unknown;
  /** Only then a text in it can have what storages cannot keep. */
  readonly hasUnicodeEscapes: boolean;
}

/**
 * Reads a JSON body as it arrives and parses it piece by piece: a body holds up nobody else,
 * however large it is. What is left of a stream when it throws is not read.
 * @param hash is given the bytes
 * @throws BodyTooLarge, BodyTooComplex as soon as a limit is passed; SyntaxError for what is no
 *   JSON in UTF-8 (RFC 8259)
 */
export async function readJsonBody(
  stream: Readable,
  limits: BodyLimits,
  hash?: Hash,
): Promise<ReadBody> {
  const scanner = new JsonScanner(limits);
  const bytes = await bodyBytes(stream, limits.bytes, (chunk) => {
    scanner.read(chunk);
    hash?.update(chunk);
  });
  if (bytes.length === 0) throw new SyntaxError('The body is empty; JSON was expected.');
  if (!isUtf8(bytes)) throw new SyntaxError('The body is not UTF-8, which JSON is written in.');
  return {
    value: await parseJson(bytes),
    hasUnicodeEscapes: scanner.hasUnicodeEscapes,
  };
}

/** `JSON.parse`, which lets others have their turn in between. @throws SyntaxError */
export async function parseJson(bytes: Buffer): Promise<unknown> {
  return parseSlice(bytes, { start: 0, end: bytes.length });
}

async function parseSlice(bytes: Buffer, given: Slice): Promise<unknown> {
  const slice = trimmed(bytes, given);
  const first = bytes[slice.start];
  if (slice.end - slice.start <= SLICE_BYTES || (first !== ARRAY && first !== OBJECT))
    return parseNow(bytes, slice);
  const isArray = first === ARRAY;
  const items: unknown[] = [];
  const object: Record<string, unknown> = {};
  for (const each of groupsOf(bytes, slice)) {
    await nextTurn();
    if (each === 'pause') continue;
    const { slice: group, single } = each;
    if (isArray) {
      if (single) items.push(await parseSlice(bytes, group));
      // Between these brackets it is an array.
      else for (const item of parseNow(bytes, group, '[', ']') as unknown[]) items.push(item);
    } else if (single) {
      const colon = colonOf(bytes, group);
      const name = parseNow(bytes, { start: group.start, end: colon });
      if (typeof name !== 'string') throw new SyntaxError('the name of a member is no text');
      define(object, name, await parseSlice(bytes, { start: colon + 1, end: group.end }));
    } else
      for (const [name, value] of Object.entries(parseNow(bytes, group, '{', '}') as object))
        define(object, name, value);
  }
  return isArray ? items : object;
}

interface Group {
  readonly slice: Slice;
  /** One member that is large by itself. */
  readonly single: boolean;
}

/**
 * Neighbouring members of a container together, up to the size of a slice; a larger one by itself.
 */
function* groupsOf(bytes: Buffer, container: Slice): Generator<Group | 'pause'> {
  let group: Slice | undefined;
  for (const member of membersOf(bytes, container)) {
    if (member === 'pause') {
      yield member;
      continue;
    }
    if (trimmed(bytes, member).start === member.end) throw new SyntaxError('a value is missing');
    const isLarge = member.end - member.start > SLICE_BYTES;
    if (group && (isLarge || member.end - group.start > SLICE_BYTES)) {
      yield { slice: group, single: false };
      group = undefined;
    }
    if (isLarge) yield { slice: member, single: true };
    else group = { start: group?.start ?? member.start, end: member.end };
  }
  if (group) yield { slice: group, single: false };
}

function parseNow(bytes: Buffer, { start, end }: Slice, before = '', after = ''): unknown {
  return JSON.parse(`${before}${bytes.toString('utf8', start, end)}${after}`);
}

/** A name such as `__proto__` is a member like any other, as it is for `JSON.parse`. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function trimmed(bytes: Buffer, { start, end }: Slice): Slice {
  let [from, to] = [start, end];
  while (from < to && BLANKS.includes(bytes[from] ?? 0)) from += 1;
  while (to > from && BLANKS.includes(bytes[to - 1] ?? 0)) to -= 1;
  return from === to ? { start: end, end } : { start: from, end: to };
}
