import { utils, write } from '@e965/xlsx';
import { bytesText, partsOf, readGiven, withFiles } from './given-files';

function workbook(type: 'xls' | 'xlsx', sheets: Readonly<Record<string, unknown[][]>>): File {
  const book = utils.book_new();
  for (const [name, cells] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(cells), name);
  const bytes = write(book, { type: 'array', bookType: type }) as ArrayBuffer;
  return new File([bytes], `plan.${type}`);
}

it.each(['xls', 'xlsx'] as const)('reads the sheets of an .%s that have cells', async (type) => {
  const given = await readGiven([
    workbook(type, {
      IPv4: [
        ['Netz', 'Büro'],
        ['10.0.0.0/8', 'a;b'],
      ],
      Empty: [],
      IPv6: [['x']],
    }),
  ]);
  const texts = await Promise.all(partsOf(given).map((part) => part.text()));
  expect(texts.map((text) => text.trim())).toEqual(['Netz,Büro\n10.0.0.0/8,a;b', 'x']);
  expect(given[0]?.note).toContain('2 sheets');
});

it('says of a workbook that is none why it cannot be read, and sends nothing of it', async () => {
  const [given] = await readGiven([new File(['PK\u0003\u0004 broken'], 'x.xlsx')]);
  expect(given?.parts).toEqual([]);
  expect(given?.fault).toBe('The workbook is damaged: it cannot be read.');
});

it('sends other files as they are, and tells those of one name apart', async () => {
  const file = (text: string): File => new File([text], 'a.csv');
  const first = await readGiven([file('1'), file('2')]);
  const all = withFiles(withFiles([], first), await readGiven([file('3')]));
  expect(partsOf(all).map(({ name }) => name)).toEqual(['a.csv', 'a (2).csv', 'a (3).csv']);
  expect(await Promise.all(partsOf(all).map((part) => part.text()))).toEqual(['1', '2', '3']);
});

it.each([
  [512, '512 B'],
  [1_536, '1.5 kB'],
  [32 * 1_048_576, '32 MB'],
])('writes %i bytes as %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));
