import { CFB, utils, write, type WorkSheet } from '@e965/xlsx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { csvsOfWorkbook, MAX_ROWS, workbookOf, WorkbookError } from '.';

/** `read`, or why not. @throws whatever is no WorkbookError */
function codeOf(bytes: Uint8Array): string {
  try {
    csvsOfWorkbook('b', bytes);
    return 'read';
  } catch (error) {
    if (error instanceof WorkbookError) return error.code;
    throw error;
  }
}

function compound(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const file = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(file, name, content);
  return new Uint8Array(CFB.write(file, { type: 'array' }) as unknown as ArrayBuffer);
}

const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>';
const small = workbookOf([
  {
    name: 'Subnets',
    columns: ['Subnet', 'VLAN'],
    rows: [
      ['10.0.0.0/8', 1],
      ['10.1.0.0/16', 2],
    ],
  },
]);
const bytesOf = (sheet: WorkSheet, bookType: 'xls' | 'xlsx'): Uint8Array => {
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'Subnets');
  return new Uint8Array(write(book, { type: 'array', bookType, compression: true }) as ArrayBuffer);
};

/** The workbook with its sheet written anew. */
function withSheet(xml: string): Uint8Array {
  return zipSync({ ...unzipSync(small), 'xl/worksheets/sheet1.xml': strToU8(xml) });
}

describe('a workbook that is not read', () => {
  // The library tells there what it does not know.
  beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
  afterAll(() => jest.restoreAllMocks());

  it.each([
    ['nothing', new Uint8Array(), 'no_workbook'],
    ['a CSV', strToU8('a,b\n1,2\n'), 'no_workbook'],
    ['a page that is called .xls', strToU8('<html><table><tr><td>1'), 'no_workbook'],
    ['a ZIP of something else', zipSync({ 'a.txt': strToU8('a') }), 'no_workbook'],
    ['a spreadsheet of another kind', zipSync({ 'content.xml': strToU8('<a/>') }), 'no_workbook'],
    [
      'a document of Word',
      zipSync({ '[Content_Types].xml': strToU8(TYPES), 'word/a.xml': strToU8('<a/>') }),
      'no_workbook',
    ],
    ['half a ZIP', small.subarray(0, small.length / 2), 'broken'],
    [
      'one with a password, .xlsx',
      compound({ EncryptionInfo: new Uint8Array(64), EncryptedPackage: new Uint8Array(512) }),
      'encrypted',
    ],
    [
      'one with a password, .xls',
      // BOF of BIFF8, then FILEPASS: RC4
      compound({
        Workbook: Uint8Array.of(
          ...[0x09, 8, 16, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          ...[0x2f, 0, 54, 0, 1, 0, 1, 0, 1, 0, ...Array<number>(48).fill(7)],
        ),
      }),
      'encrypted',
    ],
    ['more bytes than are taken', new Uint8Array(32 * 1024 * 1024 + 1), 'too_large'],
  ])('is refused: %s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('is refused when it would unpack to too much, whatever its ZIP says of that', () => {
    const bomb = zipSync({
      ...unzipSync(small),
      'xl/sharedStrings.xml': [new Uint8Array(257 * 1024 * 1024), { level: 1 }],
    });
    expect(bomb.length).toBeLessThan(4 * 1024 * 1024);
    expect(codeOf(bomb)).toBe('too_large');
    // The same with a few bytes of it told in the directory and before the part.
    const lying = bomb.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at + 46 < lying.length; at++) {
      const mark = view.getUint32(at, true);
      const size = mark === 0x04034b50 ? at + 22 : mark === 0x02014b50 ? at + 24 : undefined;
      if (size !== undefined && view.getUint32(size, true) > 1_000_000)
        view.setUint32(size, 100, true);
    }
    const before = process.memoryUsage().arrayBuffers;
    expect(['read', 'broken']).toContain(codeOf(lying));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('is refused with more rows or cells than are taken, also when few say so', () => {
    const sheet = (rows: string): Uint8Array =>
      withSheet(
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
          `<sheetData>${rows}</sheetData></worksheet>`,
      );
    const row = (n: number, cell: string): string =>
      `<row r="${n}"><c r="${cell}${n}"><v>1</v></c></row>`;
    expect(codeOf(sheet(row(1, 'A') + row(MAX_ROWS, 'A')))).toBe('read');
    expect(codeOf(sheet(row(1, 'A') + row(MAX_ROWS + 1, 'A')))).toBe('too_large');
    expect(codeOf(sheet(row(1, 'A') + row(100_000, 'XFD')))).toBe('too_large');
  });

  it('is refused when a sheet of it cannot be read, not read without it', () => {
    expect(codeOf(withSheet(''))).toBe('broken');
  });

  it('is refused when its cells are merged over more than it has', () => {
    const merged = utils.aoa_to_sheet([['a', 'b'], ...Array<number[]>(10_000).fill([1, 2])]);
    merged['!merges'] = Array(2_000).fill(utils.decode_range('A1:A10001'));
    expect(codeOf(bytesOf(merged, 'xlsx'))).toBe('too_large');
  });

  it.each(['xls', 'xlsx', 'sheet'] as const)(
    'is refused or read, and nothing else, whatever is broken in it: %s',
    (kind) => {
      const sheet = utils.aoa_to_sheet([
        ['Subnet', 'VLAN', 'Day'],
        ['10.0.0.0/8', 1, 46053],
        ['ü', 2.5, 1],
      ]);
      const whole = bytesOf(sheet, kind === 'xls' ? 'xls' : 'xlsx');
      const parts = unzipSync(bytesOf(sheet, 'xlsx'));
      const random = seeded(15);
      const codes = new Map<string, number>();
      for (let n = 0; n < 400; n++) {
        const path = [...Object.keys(parts)].filter((each) =>
          /sheet1|shared|book|styles/.test(each),
        );
        const one = path[random(path.length)] ?? '';
        const bytes =
          kind === 'sheet'
            ? zipSync({ ...parts, [one]: mutated(parts[one] ?? new Uint8Array(), random) })
            : mutated(whole, random);
        const code = codeOf(bytes);
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      expect(codes.get('read')).toBeGreaterThan(10);
      if (kind !== 'sheet') expect(codes.get('broken')).toBeGreaterThan(10);
    },
  );
});

/** Bytes that are changed, cut out or doubled at a few places. */
function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let copy = bytes.slice();
  for (let n = 1 + random(8); n > 0 && copy.length > 1; n--) {
    const at = random(copy.length);
    const length = 1 + random(40);
    switch (random(4)) {
      case 0:
        copy = Uint8Array.of(...copy.subarray(0, at), ...copy.subarray(at + length));
        break;
      case 1:
        copy = Uint8Array.of(...copy.subarray(0, at + length), ...copy.subarray(at));
        break;
      default:
        copy[at] = random(256);
    }
  }
  return copy;
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
