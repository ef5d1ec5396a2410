import type { Draw } from '../../limits/canaries/draws.fixture';

/** Cells that some reader, or some storage, has stumbled over. */
const CELLS = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '"',
    '""',
    '"a',
    "'",
    '=1+1',
    '\r',
    'a\nb',
    '\ufeff',
    '\ud800',
    '😀',
    'null',
    '-',
  ],
  ...[
    '10.0.0.0/33',
    '10.0.0.1/8',
    '0.0.0.0/0',
    '127.0.0.0/8',
    '::/0',
    '::1',
    '10.0.0.0/8',
    '10.8.0.0 0.0.255.255',
  ],
  ...[
    '0',
    '-1',
    '1e9',
    '4095',
    '2147483648',
    '99999999999999999999',
    '1.5',
    'NaN',
    '65000:1',
    '1:99999999999',
  ],
  ...[
    '0000-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00.000Z',
    'tomorrow',
  ],
  ...[
    '{}',
    '[]',
    '{',
    '[[[[',
    '{"a":{"b":1}}',
    '{"__proto__":"x"}',
    '["\\ud800"]',
    '{"a":"\\u0000"}',
  ],
  ...[
    '"{""a"":""\\u0000""}"',
    '"{""required_tags"":[""\\u0000""]}"',
    '"[""\\u0000""]"',
    '"{""\\ud800"":""""}"',
  ],
  ...[
    '__proto__',
    'constructor',
    'global',
    'aws:1',
    'gcp:',
    'vpc',
    'reservation',
    'x (folder)',
    'a (10)',
    'lab (x)',
  ],
  ...['x'.repeat(201), 'y'.repeat(3_000), 'z'.repeat(20_000)],
];
const DELIMITERS = [',', ';', '\t', '|'];
const BYTES = [0, 0x0a, 0x0d, 0x22, 0x2c, 0x3b, 0x27, 0x5b, 0x7b, 0xc3, 0xef, 0xfe, 0xff];

type Mutation = (file: Buffer, draw: Draw) => Buffer;

const between = (length: number, draw: Draw): [number, number] => {
  const [a, b] = [draw.below(length + 1), draw.below(length + 1)];
  return [Math.min(a, b), Math.max(a, b)];
};
const spliced = (file: Buffer, from: number, to: number, put: Buffer): Buffer =>
  Buffer.concat([file.subarray(0, from), put, file.subarray(to)]);

/** What is done with the lines of a text. */
const withLines =
  (change: (lines: string[], draw: Draw) => void): Mutation =>
  (file, draw) => {
    const lines = file.toString().split('\n');
    change(lines, draw);
    return Buffer.from(lines.join('\n'));
  };

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  flip: (file, draw) => {
    const bytes = Buffer.from(file);
    for (let n = 1 + draw.below(4); n > 0 && bytes.length > 0; n--)
      bytes[draw.below(bytes.length)] = draw.below(2) === 0 ? draw.of(BYTES) : draw.below(256);
    return bytes;
  },
  insert: (file, draw) => {
    const at = draw.below(file.length + 1);
    return spliced(
      file,
      at,
      at,
      Buffer.from(Array.from({ length: 1 + draw.below(3) }, () => draw.of(BYTES))),
    );
  },
  cut: (file, draw) => file.subarray(0, draw.below(file.length + 1)),
  remove: (file, draw) => spliced(file, ...between(file.length, draw), Buffer.alloc(0)),
  repeat: (file, draw) => {
    const [from, to] = between(file.length, draw);
    return spliced(file, to, to, file.subarray(from, to));
  },
  swapLines: withLines((lines, draw) => {
    const [a, b] = [draw.below(lines.length), draw.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  }),
  doubleLine: withLines((lines, draw) => {
    const at = draw.below(lines.length);
    lines.splice(draw.below(lines.length + 1), 0, lines[at] ?? '');
  }),
  removeLine: withLines((lines, draw) => void lines.splice(draw.below(lines.length), 1)),
  cell: withLines((lines, draw) => {
    const at = draw.below(lines.length);
    const cells = (lines[at] ?? '').split(/([,;\t|])/);
    const cell = draw.below(Math.ceil(cells.length / 2)) * 2;
    // Of a text in JSON the quotes stay.
    const text = draw.of(CELLS);
    cells[cell] = (cells[cell] ?? '').replace(
      /^("[^"]*":)?("?).*$/s,
      (_, key = '', quote = '') => `${key as string}${quote as string}${text}${quote as string}`,
    );
    if (draw.below(2) === 0) cells[cell] = text;
    lines[at] = cells.join('');
  }),
  delimiter: (file, draw) => {
    const [from, to] = [draw.of(DELIMITERS), draw.of(DELIMITERS)];
    const isAll = draw.below(2) === 0;
    return Buffer.from(
      file.toString().replaceAll(from, () => (isAll || draw.below(2) === 0 ? to : from)),
    );
  },
  encoding: (file, draw) => {
    const text = file.toString();
    return draw.of([
      () => Buffer.from(`\ufeff${text}`),
      () => Buffer.from(`\ufeff${text}`, 'utf16le'),
      () => Buffer.from(text, 'utf16le'),
      () => Buffer.from(`\ufeff${text}`, 'utf16le').subarray(1),
      () => Buffer.from(text, 'latin1'),
      () => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text)]),
    ])();
  },
};

/** A file with one to three things done to it, and what. */
export function mutated(file: Buffer, draw: Draw): { bytes: Buffer; done: string[] } {
  let bytes = file;
  const done: string[] = [];
  for (let n = 1 + draw.below(3); n > 0; n--) {
    const name = draw.of(Object.keys(MUTATIONS));
    bytes = MUTATIONS[name]?.(bytes, draw) ?? bytes;
    done.push(name);
  }
  return { bytes, done };
}
