import { FormatError } from '../format-error';
import { headOf, type ByteSource } from '../input/byte-source';
import { encodingMark, type EncodingMark, type TextEncoding } from '../text/encoding';
import { openCsv } from './csv-document';
import type { Document, Session } from './document';
import { openJson } from './json-document';

/** A text of which it is known how it is written. */
export interface TextSource extends ByteSource {
  readonly mark: EncodingMark;
  /** Its first bytes, with the mark: `HEAD` of them, or all. */
  readonly head: Uint8Array;
}

/** A table may begin with a bracket too, but not so. */
const JSON_BEGINS = /^[[{]\s*["[{\]}]/;
/** Of the first bytes, so many may be control characters of no text. */
const CONTROL_SHARE = 0.1;

/**
 * Tells what a file is.
 * @param unpacked counts its bytes as they are read, where it comes out of an archive
 * @returns undefined where it is empty
 * @throws FormatError
 */
export async function openDocument(
  source: ByteSource,
  session: Session,
  unpacked: (bytes: number) => void,
): Promise<Document | undefined> {
  const head = await headOf(source);
  const mark = encodingMark(head);
  refuseBinary(source.name, head, mark.encoding);
  const text: TextSource = { name: source.name, pieces: () => source.pieces(), mark, head };
  const first = headText(text, mark.encoding ?? 'utf-8').trimStart();
  if (first === '') return undefined;
  return JSON_BEGINS.test(first)
    ? openJson(text, session, unpacked)
    : openCsv(text, session, unpacked);
}

/** The beginning of a text, without its mark. */
export function headText({ head, mark }: TextSource, encoding: TextEncoding): string {
  return new TextDecoder(encoding).decode(head.subarray(mark.markLength));
}

function refuseBinary(file: string, head: Uint8Array, encoding: TextEncoding | undefined): void {
  const refuse = (detail: string): FormatError => new FormatError('unknown_format', detail, file);
  const [a, b, c, d] = head;
  if (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0) {
    throw refuse(
      'It is a workbook of a spreadsheet (.xls). The page and the CLI read it; here its sheets must come as CSV.',
    );
  }
  if (a === 0x50 && b === 0x4b && c === 3) throw refuse('It is an archive in an archive.');
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return;
  const { length } = head;
  const controls = head.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  if (controls > length * CONTROL_SHARE) throw refuse('It is no text.');
}

function isControl(byte: number): boolean {
  return byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13;
}
