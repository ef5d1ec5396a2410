import { isUtf8 } from 'node:buffer';
import { isStorableText } from '@cloudpam/audit';
import type { FastifyRequest } from 'fastify';
import { SchemaError, UNSTORABLE } from './schema';

const REASON_LENGTH = 1_000;

/**
 * Why a change is made, cut at 1,000 characters: from `X-Change-Reason`, whose bytes are UTF-8, or
 * from `X-Change-Reason*`, which carries any text in ASCII (RFC 8187: `UTF-8''` and percent-encoded
 * bytes) and goes first.
 * @throws SchemaError for what is neither
 */
export function changeReason(headers: FastifyRequest['headers']): string | undefined {
  const refuse = (field: string, detail: string): SchemaError =>
    new SchemaError([{ field, code: 'invalid_field', detail }]);
  const extended = headers['x-change-reason*'];
  let text: string;
  if (typeof extended === 'string') {
    const [, value] =
      /^utf-8'[a-z0-9-]*'((?:[\w!#$&+.^`|~-]|%[0-9a-f]{2})*)$/i.exec(extended) ?? [];
    if (value === undefined)
      throw refuse(
        'X-Change-Reason*',
        "must be written as UTF-8'' and percent-encoded bytes (RFC 8187)",
      );
    try {
      text = decodeURIComponent(value);
    } catch {
      throw refuse('X-Change-Reason*', 'must be UTF-8');
    }
  } else {
    const plain = headers['x-change-reason'];
    if (typeof plain !== 'string') return undefined;
    // Node gives the bytes of a header as Latin-1.
    const bytes = Buffer.from(plain, 'latin1');
    if (!isUtf8(bytes)) throw refuse('X-Change-Reason', 'must be UTF-8');
    text = bytes.toString('utf8');
  }
  if (!isStorableText(text)) throw refuse('X-Change-Reason', UNSTORABLE);
  return text.length > REASON_LENGTH ? [...text].slice(0, REASON_LENGTH).join('') : text;
}
