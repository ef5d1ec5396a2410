import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvCell, csvPages, type Row } from './csv-pages';

/** What a spreadsheet may run, or take for more than a text. */
const DANGEROUS = /^[\s\p{Cc}\p{Cf}=+\-@＝＋－＠]/u;

/** The way back, as whoever reads such a file goes it: one apostrophe is taken away. */
function readBack(cell: string): string {
  return /^'+[\s\p{Cc}\p{Cf}=+\-@＝＋－＠]/u.test(cell) ? cell.slice(1) : cell;
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom("'", '=', '+', '-', '@', '＝', ' ', '\t', '\r', '\n', '\ufeff', 'a', '"'),
    )
    .map((parts) => parts.join('')),
);

async function written(rows: readonly Row[]): Promise<string> {
  const pieces: string[] = [];

  const pages = async function* (): AsyncGenerator<readonly Row[]> {
    yield rows;
  };
  for await (const piece of csvPages(pages())) pieces.push(piece);
  return pieces.join('');
}

describe('cells of a CSV', () => {
  it('begin with nothing that a spreadsheet runs', () => {
    fc.assert(fc.property(texts, (text) => !DANGEROUS.test(csvCell(text))));
  });

  it('give back every text, without the one apostrophe that was put in front', () => {
    fc.assert(fc.property(texts, (text) => readBack(csvCell(text)) === text));
    for (const text of ["'=1", "''=1", "'a", "'", '=1', 'plain', ''])
      expect(readBack(csvCell(text))).toBe(text);
  });

  it('are quoted where some reader would end a line or a cell', async () => {
    const text = await written([{ a: 'x\ry', b: 'x\ny', c: 'x,y', d: 'x"y', e: 'x;y' }]);
    expect(text).toBe('a,b,c,d,e\n"x\ry","x\ny","x,y","x""y",x;y\n');
  });

  it('come back through a reader of CSV', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1 }), async (cells) => {
        const rows = cells.map((text, n) => ({ n, text }));
        const read = parse(await written(rows), { relax_column_count: false });
        expect(read.slice(1).map(([, cell]) => readBack(cell ?? ''))).toEqual(cells);
      }),
    );
  });
});
