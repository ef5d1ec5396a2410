/** How a text is written. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What the first bytes tell of a text. */
export interface EncodingMark {
  /** undefined: UTF-8 where all of it is, else windows-1252. */
  readonly encoding: TextEncoding | undefined;
  /** Bytes of the byte order mark. */
  readonly markLength: number;
}

const SAMPLE = 4_096;
/** Of the bytes at one place of their pairs, so many must be zero to be one half of UTF-16. */
const ZERO_SHARE = 0.2;

/** @param head the first bytes of a file */
export function encodingMark(head: Uint8Array): EncodingMark {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  return { encoding: utf16Of(head), markLength: 0 };
}

/** UTF-16 without a mark: in each pair of bytes the same one is often zero, and the other never. */
function utf16Of(head: Uint8Array): TextEncoding | undefined {
  const length = Math.min(head.length, SAMPLE) & ~1;
  const zeros: [number, number] = [0, 0];
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[(at & 1) as 0 | 1]++;
  const enough = (length / 2) * ZERO_SHARE;
  if (length === 0 || Math.max(...zeros) < enough || Math.min(...zeros) > 0) return undefined;
  return zeros[1] > 0 ? 'utf-16le' : 'utf-16be';
}

/** Tells whether bytes that come in pieces are strict UTF-8 (RFC 3629). */
export class Utf8Check {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Whether all up to here was, but for a last character that is cut. */
  valid = true;

  add(piece: Uint8Array): void {
    if (this.valid) this.decode(piece);
  }

  /** Whether all of it was UTF-8, and its last character is whole. */
  end(): boolean {
    if (this.valid) this.decode();
    return this.valid;
  }

  private decode(piece?: Uint8Array): void {
    try {
      this.decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      this.valid = false;
    }
  }
}

/** Text out of bytes that come in pieces; what is none becomes U+FFFD. */
export async function* decoded(
  pieces: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
