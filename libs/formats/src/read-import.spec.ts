import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { FormatError } from './format-error';
import { OPTIONS, readTexts, rowsOf } from './testing/read-texts';
import { zipOf } from './testing/zip-of';
import { readImport } from './read-import';

const TEXT = 'Subnet,Name\r\n10.0.0.0/8,Zürich\r\n10.1.0.0/16,b\r\n';
const ROWS = [
  '0:2 pool 10.0.0.0/8 {"name":"Zürich"} fresh=Zürich/by_place these={}',
  '0:3 pool 10.1.0.0/16 {"name":"b"} fresh=b/by_place these={}',
];

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('the encoding', () => {
  it.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
    ['utf-16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['utf-16be', utf16be(`\ufeff${TEXT}`)],
    ['utf-16le', Buffer.from(TEXT, 'utf16le')],
    ['utf-16be', utf16be(TEXT)],
    ['windows-1252', Buffer.from(TEXT, 'latin1')],
  ])('is %s', async (encoding, bytes) => {
    const { tables } = await readTexts({ a: bytes });
    expect(tables[0]).toMatchObject({ encoding, delimiter: ',' });
    expect(await rowsOf({ a: bytes })).toEqual(ROWS);
  });

  it('is told by all of a file, and not by its beginning', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `10.${at >> 8}.${at & 255}.0/24,plain\n`,
    );
    const bytes = Buffer.concat([
      Buffer.from(`Subnet,Name\n${rows.join('')}11.0.0.0/8,`),
      Buffer.from([0xfc]),
    ]);
    const { tables, rows: read } = await readTexts({ a: bytes }, { limit: 100_000 });
    expect(tables[0]?.encoding).toBe('windows-1252');
    expect(read.at(-1)?.item).toMatchObject({ set: { name: 'ü' } });
  });
});

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'])('is %j', async (delimiter) => {
    const { tables } = await readTexts({ a: TEXT.replaceAll(',', delimiter) });
    expect(tables[0]?.delimiter).toBe(delimiter);
  });

  it('is none of those in quotes, where quotes are in them too', async () => {
    const text =
      'Subnet,Name\n10.0.0.0/8,"{""a;b;c"":"""",""d;e"":""|""}"\n10.1.0.0/16,"{""a;b;c"":""x;""}"\n';
    const { tables } = await readTexts({ a: text });
    expect(tables[0]?.delimiter).toBe(',');
  });

  it('is one that stands in each line, whatever is in quotes or in texts', async () => {
    const text = 'Subnet;Name;Note\n10.0.0.0/8;"a, b, c, d | e";x, y\n10.1.0.0/16;"a;b,c\nd,e";z\n';
    const { tables, rows } = await readTexts({ a: text });
    expect(tables[0]?.delimiter).toBe(';');
    expect(rows.map(({ line }) => line)).toEqual([2, 3]);
  });
});

describe('several files', () => {
  it('are told apart, each by what is in it', async () => {
    const files = {
      'z.csv': TEXT,
      'y.csv': 'prefix,status\n10.2.0.0/16,active\n',
      'x.json': '[{"vid":1,"name":"a"}]',
    };
    const { tables } = await readTexts(files);
    expect(tables.map(({ file, format, entity }) => [file, format, entity])).toEqual([
      ['z.csv', 'spreadsheet', 'pool'],
      ['y.csv', 'netbox', 'pool'],
      ['x.json', 'netbox_api', 'vlan'],
    ]);
  });

  it('may be empty, but for one', async () => {
    expect(await rowsOf({ a: '', b: TEXT })).toEqual(ROWS);
    await expect(readTexts({ a: '', b: 'Subnet,Name\n' })).rejects.toMatchObject({
      code: 'no_rows',
    });
    await expect(readTexts({})).rejects.toMatchObject({ code: 'no_rows' });
  });
});

describe('a format that is asked for', () => {
  it('is taken where it fits, and refused where it does not', async () => {
    const text = 'prefix,status\n10.0.0.0/8,active\n';
    const { tables } = await readTexts({ a: text }, { format: 'spreadsheet' });
    expect(tables[0]?.format).toBe('spreadsheet');
    for (const format of [
      'netbox_export',
      'cloudpam',
      'infoblox',
      'aws_ipam',
      'netbox_api',
    ] as const) {
      await expect(readTexts({ 'a.csv': text }, { format })).rejects.toMatchObject({
        constructor: FormatError,
        code: 'unknown_format',
        file: 'a.csv',
      });
    }
  });
});

describe('a limit', () => {
  it('of rows holds over all files, and says where it was passed', async () => {
    expect(await rowsOf({ a: TEXT, b: TEXT }, { limit: 4 })).toHaveLength(4);
    await expect(readTexts({ a: TEXT, b: TEXT }, { limit: 3 })).rejects.toMatchObject({
      code: 'too_many_rows',
      file: 'b',
      line: 3,
    });
  });

  it('of files in a ZIP', async () => {
    const files = Array.from({ length: 1_001 }, (_, at) => [`${at}.csv`, TEXT]);
    const zip = await zipOf(Object.fromEntries(files) as Record<string, string>);
    await expect(readTexts({ a: zip })).rejects.toMatchObject({ code: 'file_too_large' });
  });

  it('of what a ZIP unpacks to, whatever it says of itself', async () => {
    const zip = new ZipFile();
    const megabyte = Buffer.alloc(1024 * 1024, 'cidr,name\n');
    zip.addReadStream(Readable.from(Array.from({ length: 257 }, () => megabyte)), 'bomb.csv');
    zip.end();
    const bytes = await buffer(zip.outputStream);
    expect(bytes.length).toBeLessThan(2 * 1024 * 1024);
    await expect(readTexts({ a: bytes }, { limit: 1e9 })).rejects.toMatchObject({
      code: 'file_too_large',
    });
  });

  it('gives others their turn every few hundred rows', async () => {
    let turns = 0;
    const rows = Array.from({ length: 10_000 }, (_, at) => `10.${at >> 8}.${at & 255}.0/24\n`);
    const pause = (): Promise<void> => {
      turns++;
      return Promise.resolve();
    };
    const file = { name: 'a', bytes: Buffer.from(`net\n${rows.join('')}`) };
    await readImport([file], { ...OPTIONS, limit: 20_000, pause });
    expect(turns).toBeGreaterThan(10_000 / 500);
  });
});

describe('what cannot be read at all', () => {
  it.each([
    ['a ZIP that is none', Buffer.from('PK\x03\x04 and more'), 'unreadable_file'],
    ['a workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'unknown_format'],
    ['bytes', Buffer.from(Array.from({ length: 300 }, (_, at) => at % 32)), 'unknown_format'],
    ['JSON of something else', Buffer.from('{"a":[{"b":1}]}'), 'unknown_format'],
    ['JSON that is too deep', Buffer.from('['.repeat(100_000)), 'unknown_format'],
    ['a quote that nobody closes', Buffer.from('"Subnet,Name\n10.0.0.0/8,a\n'), 'unreadable_file'],
  ])('is %s', async (_what, bytes, code) => {
    await expect(readTexts({ 'a.csv': bytes })).rejects.toMatchObject({
      constructor: FormatError,
      code,
      file: 'a.csv',
    });
  });

  it('is an Excel workbook, or an archive, in a ZIP', async () => {
    const inner = await zipOf({ 'a.csv': TEXT });
    const outer = [await zipOf({ '[Content_Types].xml': '<x/>' }), await zipOf({ 'a.zip': inner })];
    for (const zip of outer) {
      await expect(readTexts({ a: zip })).rejects.toMatchObject({
        code: 'unknown_format',
      });
    }
  });

  it('is not a file beside others that systems put into archives', async () => {
    const zip = await zipOf({ 'a/b.csv': TEXT, '__MACOSX/a/._b.csv': '\0\0\0', '.DS_Store': '\0' });
    expect(await rowsOf({ 'x.zip': zip })).toEqual(ROWS);
  });
});
