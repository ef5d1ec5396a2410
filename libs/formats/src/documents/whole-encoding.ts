import { Utf8Check, type TextEncoding } from '../text/encoding';
import type { Session } from './document';
import type { TextSource } from './open-document';

/**
 * How all of a text is written: as its mark says, in UTF-8 where all of it is, else in windows-1252.
 * Goes through all of its bytes once.
 * @param unpacked counts them
 */
export async function wholeEncoding(
  text: TextSource,
  session: Session,
  unpacked: (bytes: number) => void,
): Promise<TextEncoding> {
  const check = new Utf8Check();
  for await (const piece of text.pieces()) {
    unpacked(piece.length);
    check.add(piece);
    await session.rows.pause();
  }
  return text.mark.encoding ?? (check.end() ? 'utf-8' : 'windows-1252');
}
