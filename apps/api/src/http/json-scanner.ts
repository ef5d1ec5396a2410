import type { BodyLimits } from './body-limits';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What of a body is too much. */
export class BodyTooComplex extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'BodyTooComplex';
  }
}

/**
 * Counts, while a JSON text arrives in pieces, how deep it nests and how many values it holds. It
 * does not check the syntax.
 */
export class JsonScanner {
  private inString = false;
  private escaped = false;
  /**
   * An escape such as \u0000 or \ud800 can write what storages cannot keep; UTF-8 without escapes
   * cannot.
   */
  hasUnicodeEscapes = false;
  private values = 0;
  /** Commas of each container that is open. */
  private readonly open: number[] = [];

  constructor(private readonly limits: BodyLimits) {}

  /** @throws BodyTooComplex as soon as a limit is passed */
  read(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (this.inString) {
        if (this.escaped) {
          this.escaped = false;
          if (byte === LETTER_U) this.hasUnicodeEscapes = true;
        } else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inString = false;
      } else if (byte === QUOTE) this.inString = true;
      else if (byte === COMMA) this.member();
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.enter();
      else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.open.pop();
    }
  }

  private enter(): void {
    this.open.push(0);
    if (this.open.length > this.limits.depth)
      throw new BodyTooComplex(`nests more than ${this.limits.depth} deep`);
    this.count();
  }

  private member(): void {
    const last = this.open.length - 1;
    const members = (this.open[last] ?? 0) + 1;
    this.open[last] = members;
    if (members >= this.limits.members)
      throw new BodyTooComplex(
        `has an object or array of more than ${this.limits.members} members`,
      );
    this.count();
  }

  private count(): void {
    this.values += 1;
    if (this.values > this.limits.values)
      throw new BodyTooComplex(`holds more than ${this.limits.values} values`);
  }
}

/** A part of a JSON text, by its bytes. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

const PAUSE_BYTES = 524_288;

/**
 * The members of the object or array that a slice holds, without the commas between them; an empty
 * one means that the text is no JSON. `pause` comes now and then, where others can have their turn.
 * @throws SyntaxError where the slice does not end with what closes the container
 */
export function* membersOf(bytes: Uint8Array, { start, end }: Slice): Generator<Slice | 'pause'> {
  let inString = false;
  let depth = 0;
  let from = start + 1;
  let pauseAt = start + PAUSE_BYTES;
  for (let at = start; at < end; at += 1) {
    if (at >= pauseAt) {
      pauseAt = at + PAUSE_BYTES;
      yield 'pause';
    }
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth += 1;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      depth -= 1;
      if (depth > 0) continue;
      if (at !== end - 1 || byte !== (bytes[start] === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT))
        break;
      yield { start: from, end: at };
      return;
    } else if (byte === COMMA && depth === 1) {
      yield { start: from, end: at };
      from = at + 1;
    }
  }
  throw new SyntaxError('a bracket is not closed, or closed too early');
}

/** Where the colon of a member stands. @throws SyntaxError where there is none */
export function colonOf(bytes: Uint8Array, { start, end }: Slice): number {
  let inString = false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === COLON) return at;
  }
  throw new SyntaxError('a member has no value');
}
