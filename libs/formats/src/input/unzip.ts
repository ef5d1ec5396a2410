import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { FormatError } from '../format-error';
import type { GivenFile } from '../reading-options';
import type { ByteSource } from './byte-source';

/** Entries of an archive beyond which it is refused. */
const MOST_ENTRIES = 1_000;
/** Bytes that all archives of a request may unpack to: 256 MB. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const PIECE = 16_384;
/** What some systems put beside the files: `__MACOSX/._pools.csv`, `.DS_Store`. */
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;

/** Counts what archives unpack to. */
export class UnpackedBytes {
  private count = 0;

  /** @throws FormatError `file_too_large` */
  add(bytes: number, file: string): void {
    this.count += bytes;
    if (this.count <= MOST_UNPACKED) return;
    throw new FormatError(
      'file_too_large',
      `What is packed has more than ${MOST_UNPACKED / 1024 / 1024} MB.`,
      file,
    );
  }
}

/** Whether bytes are a ZIP: it begins with an entry, or is an empty one. */
export function isZip(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/**
 * The files in a ZIP. Their bytes are unpacked as they are read.
 * @throws FormatError `unreadable_file`, `file_too_large`
 */
export async function unzipped(file: GivenFile): Promise<ByteSource[]> {
  const { name, bytes } = file;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sources: ByteSource[] = [];
  try {
    const zip = await fromBufferPromise(buffer, { autoClose: false, strictFileNames: false });
    if (zip.entryCount > MOST_ENTRIES) throw tooMany(name);
    let count = 0;
    for await (const entry of zip.eachEntry()) {
      if (++count > MOST_ENTRIES) throw tooMany(name);
      const { fileName } = entry;
      if (fileName.endsWith('/') || HIDDEN.test(fileName)) continue;
      if (fileName === '[Content_Types].xml') throw workbook(name);
      sources.push(entrySource(zip, entry, `${name}/${fileName}`));
    }
  } catch (error) {
    throw unreadable(error, name);
  }
  return sources;
}

function entrySource(zip: ZipFile, entry: Entry, name: string): ByteSource {
  return { name, pieces: () => unpacked(zip, entry, name) };
}

async function* unpacked(zip: ZipFile, entry: Entry, name: string): AsyncGenerator<Uint8Array> {
  try {
    if (entry.isEncrypted()) throw new FormatError('unreadable_file', 'It is encrypted.', name);
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
    }
  } catch (error) {
    throw unreadable(error, name);
  }
}

function unreadable(error: unknown, file: string): FormatError {
  if (error instanceof FormatError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new FormatError('unreadable_file', `It cannot be unpacked: ${why}.`, file);
}

function tooMany(file: string): FormatError {
  return new FormatError('file_too_large', `It has more than ${MOST_ENTRIES} files.`, file);
}

function workbook(file: string): FormatError {
  return new FormatError(
    'unknown_format',
    'It is a workbook of a spreadsheet. The page and the CLI read it; here its sheets must come as CSV.',
    file,
  );
}
