import { createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  SnapshotFileError,
  readSnapshotFile,
  snapshotFileName,
  writeSnapshotFile,
  type SnapshotFileHeader,
} from './snapshot-file';

const KEY = createHmac('sha256', createHash('sha256').update('secret').digest())
  .update('cloudpam snapshot file v1')
  .digest();
const sign = (bytes: Uint8Array): string => createHmac('sha256', KEY).update(bytes).digest('hex');

const HEADER: SnapshotFileHeader = {
  token: 'abcdefghij27',
  runId: '3f1e7f0c-54a1-4a5e-9d0e-0c8a3c1c2b11',
  sequence: 7,
  writtenAt: new Date('2026-01-02T03:04:05.678Z'),
};
const PAYLOAD = gzipSync('{"run_id":"x"}');
const LINE_END = 0x0a;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

/** What becomes of changed bytes: the code of the error, or whether the signature still fits. */
function verdict(bytes: Uint8Array): string {
  try {
    const { signedBytes, signature } = readSnapshotFile(bytes);
    return sign(signedBytes) === signature ? 'genuine' : 'wrong signature';
  } catch (error) {
    if (error instanceof SnapshotFileError) return error.code;
    throw error;
  }
}

const headers = fc.record({
  token: fc.stringMatching(/^[a-z2-7]{12}$/),
  runId: fc.uuid(),
  sequence: fc.integer({ min: 1, max: 999_999 }),
  writtenAt: fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2999-01-01'),
    noInvalidDate: true,
  }),
});

describe('a snapshot file', () => {
  it('gives back what was written, and its signature fits', () => {
    fc.assert(
      fc.property(headers, fc.uint8Array({ maxLength: 400 }), (header, content) => {
        const payload = gzipSync(content);
        const read = readSnapshotFile(writeSnapshotFile(header, payload, sign));
        expect(read.header).toEqual(header);
        expect(Buffer.from(read.payload)).toEqual(payload);
        expect(sign(read.signedBytes)).toBe(read.signature);
      }),
    );
  });

  it('has a header that any tool can read, and signs its fields in their order', () => {
    const bytes = writeSnapshotFile(HEADER, PAYLOAD, sign);
    const signed = Buffer.concat([
      Buffer.from(
        `cloudpam-snapshot/1\nabcdefghij27\n${HEADER.runId}\n7\n2026-01-02T03:04:05.678Z\n`,
      ),
      PAYLOAD,
    ]);
    expect(text(bytes).split('\n')[0]).toBe(
      `{"format":"cloudpam-snapshot/1","token":"abcdefghij27","run_id":"${HEADER.runId}","sequence":7,` +
        `"written_at":"2026-01-02T03:04:05.678Z","signature":"${sign(signed)}"}`,
    );
    expect(bytes.subarray(bytes.indexOf(LINE_END) + 1)).toEqual(new Uint8Array(PAYLOAD));
  });

  it('notices every changed byte', () => {
    const bytes = writeSnapshotFile(HEADER, PAYLOAD, sign);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(verdict(changed)).not.toBe('genuine');
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['the token', '"token":"abcdefghij27"', '"token":"abcdefghij22"', 'wrong signature'],
    ['the run', HEADER.runId, HEADER.runId.replace('3f', '4f'), 'wrong signature'],
    ['the sequence', '"sequence":7', '"sequence":8', 'wrong signature'],
    ['the time', '05.678Z', '05.679Z', 'wrong signature'],
    ['the signature', '"signature":"', '"signature":"00', 'malformed_header'],
    ['the format', 'snapshot/1', 'snapshot/2', 'unknown_format'],
    ['a field more', '"sequence":7', '"sequence":7,"account":"x"', 'malformed_header'],
    ['a field twice', '"sequence":7', '"sequence":9,"sequence":7', 'malformed_header'],
    ['a line break in a field', 'abcdefghij27', 'abcdefghi\\n27', 'malformed_header'],
    ['a sequence below 1', '"sequence":7', '"sequence":0', 'malformed_header'],
    ['a time that is none', '2026-01-02T03', 'yesterday', 'malformed_header'],
    ['white space', '"sequence":7', '"sequence": 7', 'malformed_header'],
  ])('notices %s', (_title, from, to, expected) => {
    const bytes = writeSnapshotFile(HEADER, PAYLOAD, sign);
    expect(verdict(bytesOf(text(bytes).replace(from, to)))).toBe(expected);
  });

  it('notices the payload of another file', () => {
    const bytes = writeSnapshotFile(HEADER, PAYLOAD, sign);
    const header = bytes.subarray(0, bytes.indexOf(LINE_END) + 1);
    expect(verdict(Buffer.concat([header, gzipSync('{"run_id":"y"}')]))).toBe('wrong signature');
  });

  it.each([
    ['an empty file', '', 'truncated', 'the file is empty'],
    [
      'a file that ends within its header',
      '{"format":"cloudpam-sna',
      'truncated',
      'the file ends within its header',
    ],
    [
      'a text',
      'hello\nworld',
      'not_a_snapshot_file',
      'the file does not begin with the header of a snapshot file',
    ],
    [
      'an image',
      '\x89PNG\r\n',
      'not_a_snapshot_file',
      'the file does not begin with the header of a snapshot file',
    ],
    [
      'other JSON',
      '{"a":1}\n',
      'not_a_snapshot_file',
      'the header names no format of snapshot files',
    ],
    ['broken JSON', '{"a":\n', 'not_a_snapshot_file', 'the first line is not a header in JSON'],
    [
      'one long line',
      '{'.padEnd(2_000, ' '),
      'not_a_snapshot_file',
      'the first line is longer than 1000 bytes',
    ],
  ])('is not %s', (_title, content, code, message) => {
    expect(() => readSnapshotFile(bytesOf(content))).toThrow(
      expect.objectContaining({ name: 'SnapshotFileError', code, message }),
    );
  });

  it('is refused when its payload is missing or not gzip', () => {
    const [line = ''] = text(writeSnapshotFile(HEADER, PAYLOAD, sign)).split('\n');
    expect(verdict(bytesOf(`${line}\n`))).toBe('truncated');
    expect(verdict(bytesOf(`${line}\n{"run_id":"x","scopes":[]}`))).toBe('malformed_payload');
  });

  it('is not written with a header that could not be read again', () => {
    expect(() => writeSnapshotFile({ ...HEADER, token: 'A' }, PAYLOAD, sign)).toThrow(
      'token is not the public id of a token',
    );
    expect(() => writeSnapshotFile({ ...HEADER, writtenAt: new Date('x') }, PAYLOAD, sign)).toThrow(
      'written_at is not a time',
    );
  });
});

describe('snapshotFileName', () => {
  it('sorts as the runs began, then by sequence', () => {
    const starts = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2999-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        starts,
        starts,
        fc.integer({ min: 1, max: 999_999 }),
        fc.integer({ min: 1, max: 999_999 }),
        (first, second, one, two) => {
          const [a, b] = [
            snapshotFileName(first, HEADER.runId, one),
            snapshotFileName(second, HEADER.runId, two),
          ];
          const order = first.getTime() - second.getTime() || one - two;
          expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
        },
      ),
    );
    expect(snapshotFileName(new Date('2026-01-02T03:04:05.678Z'), HEADER.runId, 7)).toBe(
      `20260102T030405678Z-${HEADER.runId}-000007.cloudpam`,
    );
  });
});
