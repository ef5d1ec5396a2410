import {
  canonicalJson,
  sealedFields,
  type AuditEntry,
  type AuditSeal,
  type DiffValue,
} from '@cloudpam/audit';
import type { ForwardFormat, ForwardTarget } from '../../config/forward-target';

/** What fits into one datagram, with room for headers. */
const DATAGRAM_BYTES = 60_000;
/** Facility 13, log audit; severity 6, informational (RFC 5424 section 6.2.1). */
const PRIORITY = 13 * 8 + 6;

/**
 * A sealed entry as it leaves the server: the record that was hashed, its place in the chain, and
 * its hash.
 */
export function sealedRecord(
  seal: AuditSeal,
  entry: AuditEntry,
): { readonly [field: string]: DiffValue } {
  return { ...sealedFields(entry), seq: seal.seq, hash: seal.hash };
}

/** One entry as bytes for the target, framed as it needs it. */
export function forwardedText(
  format: ForwardFormat,
  target: ForwardTarget['kind'],
  hostname: string,
  seal: AuditSeal,
  entry: AuditEntry,
): string {
  const record = sealedRecord(seal, entry);
  const whole = messageOf(format, hostname, entry, record);
  // A datagram that is too large would never leave. The hash tells that something is missing.
  const message =
    target === 'udp' && Buffer.byteLength(whole) > DATAGRAM_BYTES
      ? messageOf(format, hostname, entry, {
          ...record,
          diff: { before: null, after: null },
          truncated: true,
        })
      : whole;
  if (target === 'udp') return message;
  // Octet counting (RFC 6587 section 3.4.1): a message may have a line feed in it. A file is read
  // by lines.
  return format === 'syslog' && target !== 'file'
    ? `${Buffer.byteLength(message)} ${message}`
    : `${message}\n`;
}

function messageOf(
  format: ForwardFormat,
  hostname: string,
  entry: AuditEntry,
  record: { readonly [field: string]: DiffValue },
): string {
  const json = canonicalJson(record);
  return format === 'jsonl'
    ? json
    : `<${PRIORITY}>1 ${entry.at.toISOString()} ${word(hostname, 255)} cloudpam - ${word(entry.type, 32)} - ${json}`;
}

/** A header field: visible ASCII without spaces (RFC 5424 section 6). */
function word(text: string, length: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, length) || '-';
}
