import { utils, write, type BookType, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvsOfWorkbook, MAX_ROWS, workbookOf, WorkbookError, type CellValue } from '.';

const bytesOf = (book: WorkBook, bookType: BookType = 'xlsx'): Uint8Array =>
  new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
const bookOf = (sheets: Readonly<Record<string, WorkSheet>>): WorkBook => {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  return book;
};
const textOf = (sheet: WorkSheet, bookType?: BookType): string | undefined =>
  csvsOfWorkbook('b', bytesOf(bookOf({ Sheet: sheet }), bookType))[0]?.text;
const read = (text = ''): string[][] =>
  parse(text, { relax_column_count: true, skip_empty_lines: false });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof WorkbookError) return error.code;
    throw error;
  }
  return 'read';
};

describe.each(['xlsx', 'xls', 'xlsb'] as const)('a workbook of Excel, .%s', (bookType) => {
  it('is one CSV for each visible sheet that has cells', () => {
    const book = bookOf({
      Subnets: utils.aoa_to_sheet([['Subnet'], ['10.0.0.0/8']]),
      Nothing: utils.aoa_to_sheet([]),
      Hidden: utils.aoa_to_sheet([['secret']]),
      'Größe & co': utils.aoa_to_sheet([['vid'], [120]]),
    });
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 0 }, { Hidden: 1 }, { Hidden: 0 }] };
    expect(csvsOfWorkbook('plan.xlsx', bytesOf(book, bookType))).toEqual([
      { name: 'plan.xlsx/Subnets', text: 'Subnet\n10.0.0.0/8\n' },
      { name: 'plan.xlsx/Größe & co', text: 'vid\n120\n' },
    ]);
  });

  it('has numbers, dates and formulas by their values, as programs write them', () => {
    const sheet = utils.aoa_to_sheet([
      ['n', 'big', 'tenth', 'id', 'share', 'day', 'time', 'sum', 'is'],
    ]);
    const cells = {
      A2: { t: 'n', v: 1234567, z: '#,##0' },
      B2: { t: 'n', v: 111122223333 },
      C2: { t: 'n', v: 0.1 + 0.2 },
      D2: { t: 'n', v: 12345, z: '000000000000' },
      E2: { t: 'n', v: 0.12, z: '0%' },
      F2: { t: 'n', v: 46053, z: 'dd.mm.yyyy' },
      G2: { t: 'n', v: 46053.5, z: 'm/d/yy h:mm' },
      H2: { t: 'n', v: 3, f: '1+2' },
      I2: { t: 'b', v: true },
    };
    Object.assign(sheet, cells, { '!ref': 'A1:I2' });
    expect(read(textOf(sheet, bookType))[1]).toEqual([
      '1234567',
      '111122223333',
      '0.3',
      '000000012345',
      '0.12',
      '2026-01-31',
      '2026-01-31T12:00:00Z',
      '3',
      'TRUE',
    ]);
  });

  it('keeps the numbers of its lines, and begins with the first column that has a cell', () => {
    const sheet = utils.aoa_to_sheet([[]]);
    utils.sheet_add_aoa(sheet, [['Subnet', 'Name'], [], ['10.0.0.0/8']], { origin: 'C3' });
    expect(textOf(sheet, bookType)).toBe('\n\nSubnet,Name\n\n10.0.0.0/8,\n');
  });

  it('tells a cell that is merged over rows in each of them, over columns in the first', () => {
    const sheet = utils.aoa_to_sheet([
      ['Site', 'Network', null],
      [null, 'Subnet', 'VLAN'],
      ['Berlin', '10.0.0.0/24', 1],
      [null, '10.0.1.0/24', 2],
    ]);
    sheet['!merges'] = ['A1:A2', 'B1:C1', 'A3:A9'].map((range) => utils.decode_range(range));
    expect(read(textOf(sheet, bookType))).toEqual([
      ['Site', 'Network', ''],
      ['Site', 'Subnet', 'VLAN'],
      ['Berlin', '10.0.0.0/24', '1'],
      ['Berlin', '10.0.1.0/24', '2'],
    ]);
  });
});

describe('a workbook of our own', () => {
  // What XML and CSV have trouble with; Excel has no lone surrogates.
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          '_x0041_',
          '\r',
          '\n',
          '\t',
          ' ',
          '"',
          ',',
          '=',
          "'",
          '\u0001',
          '&lt;',
          '<',
          '1',
        ),
      )
      .map((parts) => parts.join('')),
  );

  it('comes back as it was, also texts that look like something else', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { minLength: 1, maxLength: 5 }), (rows) => {
        const [csv] = csvsOfWorkbook('b', workbookOf([{ name: 's', columns: ['a', 'b'], rows }]));
        const back = read(csv?.text)
          .slice(1)
          .map((cells) => cells.map(withoutApostrophe));
        const empty = ([a, b]: readonly string[]): boolean => a === '' && b === '';
        expect(back.filter((row) => !empty(row) && row.length > 1)).toEqual(
          rows.filter((row) => !empty(row)).map((row) => row.map(asExcelBreaksLines)),
        );
      }),
    );
    const rows: CellValue[][] = [['=1+1', '010', 'TRUE', '2026-01-31', '1e5', null, 7, false]];
    const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const [csv] = csvsOfWorkbook('b', workbookOf([{ name: 's', columns, rows }]));
    expect(csv?.text).toBe(`${columns.join(',')}\n=1+1,010,TRUE,2026-01-31,1e5,,7,FALSE\n`);
  });

  it('has several sheets, and cuts what Excel cannot hold', () => {
    const csvs = csvsOfWorkbook(
      'b',
      workbookOf([
        { name: 'pools', columns: ['name'], rows: [['x'.repeat(40_000)]] },
        { name: 'vlans', columns: ['vid'], rows: [] },
      ]),
    );
    expect(csvs.map(({ name }) => name)).toEqual(['b/pools', 'b/vlans']);
    expect(csvs[0]?.text).toBe(`name\n${'x'.repeat(32_766)}…\n`);
  });

  it('is refused with more rows than can be read back', () => {
    const rows = Array<CellValue[]>(MAX_ROWS + 1).fill([1]);
    expect(codeOf(() => workbookOf([{ name: 's', columns: ['a'], rows }]))).toBe('too_large');
  });

  function asExcelBreaksLines(text: string): string {
    return text.replaceAll('\r\n', '\n');
  }

  /** As the reader of our CSV does it. */
  function withoutApostrophe(cell: string): string {
    return /^'+[\s\p{Cc}\p{Cf}=+\-@＝＋－＠]/u.test(cell) ? cell.slice(1) : cell;
  }
});
