/** A file, or an entry of an archive, that can be read more than once. */
export interface ByteSource {
  /** As its sender names it; of a ZIP `archive.zip/pools.csv`. */
  readonly name: string;
  /** Its bytes from the first one on, in pieces that are small enough to be worked on at once. */
  pieces(): AsyncGenerator<Uint8Array>;
}

/** Bytes that are looked at to tell what a file is. */
export const HEAD = 131_072;
const PIECE = 16_384;

/** @returns a source over bytes that are there */
export function sourceOf(name: string, bytes: Uint8Array): ByteSource {
  return { name, pieces: () => inPieces(bytes) };
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** The first bytes of a source. */
export async function headOf(source: ByteSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source.pieces()) {
    pieces.push(piece);
    length += piece.length;
    if (length >= HEAD) break;
  }
  return Buffer.concat(pieces);
}

/** A source without its first bytes: a byte order mark. */
export async function* piecesAfter(source: ByteSource, skip: number): AsyncGenerator<Uint8Array> {
  let left = skip;
  for await (const piece of source.pieces()) {
    const cut = Math.min(left, piece.length);
    left -= cut;
    if (cut < piece.length) yield piece.subarray(cut);
  }
}
