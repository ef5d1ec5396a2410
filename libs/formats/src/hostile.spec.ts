import fc from 'fast-check';
import type { ImportSource } from '@cloudpam/import';
import { FormatError } from './format-error';
import { readTexts } from './testing/read-texts';
import { zipOf } from './testing/zip-of';

/** A file of each format, small enough to be changed at every place. */
const FILES: readonly string[] = [
  'id,name,cidr,kind,status,source,tags,rules,vrf_id,created_at,updated_at,version\n' +
    '7,"a ""b""",10.0.0.0/24,subnet,active,manual,"{""a"":""b""}",,1,' +
    '2026-01-01T00:00:00.000Z,2026-01-01T00:00:00.000Z,1\n',
  'prefix,vrf.rd,status,scope_type,scope_name,vlan,tags\n10.0.0.0/24,65000:1,active,dcim.site,FRA1,10,"a,b"\n',
  'Prefix,Status,VRF,VLAN,Tags,Description\r\n10.0.0.0/24,Active,Lab (1:2),a (10),"PCI, DSS","one\r\ntwo"\r\n',
  JSON.stringify({
    results: [{ prefix: '10.0.0.0/8', vrf: { name: 'a' }, tags: [{ name: 'b' }] }],
  }),
  'Section;Subnet;VLAN;VLAN Domain;VRF\nIT;10.0.0.0/8;NA;;red\nIT;x (folder);10;default;\n',
  'header-network,address*,netmask*,EA-Site\nnetwork,10.0.0.0,255.0.0.0,a\nheader-zone,fqdn\nzone,x\n',
  JSON.stringify({
    IpamResourceCidrs: [{ ResourceCidr: '10.0.0.0/8', ResourceTags: [{ Key: 'a' }] }],
  }),
  'Plan;;\nNetz;Maske;Status\n10.0.0.0;255.0.0.0;aktiv\n10.1.0.1;16;frei\nSumme;;2\n',
  'From\tTo\n10.0.0.0\t10.0.0.255\n2001:db8::\t2001:db8::ff\n',
];

/** Bytes that mean something to a reader. */
const SIGNS = [...'",;\t|\n\r{}[]:\\/(\'='].map((sign) => sign.charCodeAt(0));
const byte = fc.oneof(
  fc.constantFrom(...SIGNS, 0, 0xff, 0xfe, 0xef, 0xc3),
  fc.integer({ min: 0, max: 255 }),
);
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 12 }),
  put: fc.array(byte, { maxLength: 8 }),
});

/** A file with parts of it cut out, and others put in. */
const mutated = (files: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([file, changes]) =>
      changes.reduce((bytes, { at, cut, put }) => {
        const from = Math.floor(at * bytes.length);
        return Buffer.concat([
          bytes.subarray(0, from),
          Buffer.from(put),
          bytes.subarray(from + cut),
        ]);
      }, file),
    );

/** What is wrong with an answer. */
function faultsOf({ tables, rows }: ImportSource): string[] {
  return rows.flatMap(({ table, line, label, item }, at) => {
    const faults: string[] = [];
    if (!tables[table]) faults.push(`row ${at} is of no table`);
    if (!Number.isInteger(line) || line < 1) faults.push(`row ${at} has no line`);
    if (typeof label !== 'string') faults.push(`row ${at} has no label`);
    if ('error' in item && item.detail === '') faults.push(`row ${at} does not say what is wrong`);
    if ('error' in item && item.field === undefined) faults.push(`row ${at} names no field`);
    return faults;
  });
}

/** undefined: it was read, or refused as it should be. */
async function faultOf(files: Readonly<Record<string, Buffer>>): Promise<string | undefined> {
  try {
    const source = await readTexts(files, { map: { tags: 'all' }, fix: 'canonical', limit: 100 });
    return faultsOf(source)[0];
  } catch (error) {
    return error instanceof FormatError ? undefined : `it throws ${String(error)}`;
  }
}

describe('hostile files', () => {
  const files = FILES.map((file) => Buffer.from(file));

  it('are read or refused, whatever their bytes are', async () => {
    const nothing = fc.asyncProperty(mutated(files), async (bytes) => {
      expect(await faultOf({ a: bytes })).toBeUndefined();
    });
    await fc.assert(nothing, { numRuns: 3_000 });
  });

  it('are read or refused in UTF-16', async () => {
    const wide = FILES.map((file) => Buffer.from(`\ufeff${file}`, 'utf16le'));
    const nothing = fc.asyncProperty(mutated(wide), async (bytes) => {
      expect(await faultOf({ a: bytes })).toBeUndefined();
    });
    await fc.assert(nothing, { numRuns: 500 });
  });

  it('are read or refused as archives', async () => {
    const archive = await zipOf(Object.fromEntries(FILES.map((file, at) => [`${at}`, file])));
    const nothing = fc.asyncProperty(mutated([archive]), async (bytes) => {
      expect(await faultOf({ a: bytes })).toBeUndefined();
    });
    await fc.assert(nothing, { numRuns: 500 });
  });

  it('are found out by what looks at the answers', async () => {
    const good = await readTexts({ a: 'Subnet\n10.0.0.0/8\nx\n' });
    expect(faultsOf(good)).toEqual([]);
    const [first, second] = good.rows;
    if (!first || !second) throw new Error('there are two rows');
    expect(faultsOf({ ...good, rows: [{ ...first, line: 0 }] })).toEqual(['row 0 has no line']);
    expect(faultsOf({ ...good, rows: [{ ...first, table: 1 }] })).toEqual(['row 0 is of no table']);
    const silent = { ...second, item: { ...second.item, detail: '' } } as typeof second;
    expect(faultsOf({ ...good, rows: [silent] })).toEqual(['row 0 does not say what is wrong']);
  });

  it.each([
    ['10,000 columns', `${'x,'.repeat(10_000)}cidr\n${'y,'.repeat(10_000)}10.0.0.0/8\n`],
    ['a cell of 2 MB', `cidr,name\n10.0.0.0/8,${'a'.repeat(2_000_000)}\n`],
    ['a cell of 2 MB in quotes', `cidr,name\n10.0.0.0/8,"${'a\n'.repeat(1_000_000)}"\n`],
    ['a million delimiters', `cidr\n${','.repeat(1_000_000)}`],
    ['objects that are 100,000 deep', `[{"prefix":"10.0.0.0/8"},{"a":${'['.repeat(100_000)}`],
    ['one text of 2 MB', `[{"prefix":"10.0.0.0/8"},{"prefix":"${'a'.repeat(2_000_000)}"}]`],
    [
      'names that every object has',
      '[{"prefix":"10.0.0.0/8","__proto__":{"a":1},"constructor":1}]',
    ],
  ])('have %s', async (_what, text) => {
    expect(await faultOf({ a: Buffer.from(text) })).toBeUndefined();
  });

  it.each([
    ['a network of blanks', `Subnet\n10.0.0.0/8\n10.0.0.0${' '.repeat(900_000)}x\n`],
    ['a network of colons', `Subnet\n10.0.0.0/8\n${':'.repeat(900_000)}x\n`],
    ['a range of dashes', `Subnet\n10.0.0.0/8\n1${' –'.repeat(400_000)}\n`],
    ['columns of colons', `a,b\n${`${':'.repeat(20_000)}x,10.0.0.0/8\n`.repeat(3)}`],
    ['a VLAN of blanks', `Subnet,VLAN\n10.0.0.0/8,(${' '.repeat(900_000)}x\n`],
    ['a VRF of colons', `Prefix,Status,VRF\n10.0.0.0/8,Active,a (${'a:'.repeat(450_000)}\n`],
    ['tags of commas', `Prefix,Status,Tags\n10.0.0.0/8,Active,"a${',a'.repeat(5_000)}"\n`],
    [
      'a title of VLANs',
      `10.0.0.0/8 - a\nip address\n10.1.0.0/24 - ${' (vlan: 1 - '.repeat(80_000)}\n`,
    ],
  ])('are read in a time that their length bounds: %s', async (_what, text) => {
    expect(await faultOf({ a: Buffer.from(text) })).toBeUndefined();
  });

  it('end where a row of delimiters has no end, and not where lines are empty', async () => {
    const itemsOf = async (text: string): Promise<unknown[]> =>
      (await readTexts({ a: text })).rows.map(({ line, item }) => [
        line,
        'error' in item ? item.error : item,
      ]);
    expect(await itemsOf(`Subnet,b\n10.0.0.0/8,\n${','.repeat(3_000_000)}`)).toEqual([
      [2, expect.anything()],
      [3, 'unreadable'],
    ]);
    expect(await itemsOf(`Subnet,b\n${'\n'.repeat(1_500_000)}10.0.0.0/8,`)).toEqual([
      [1_500_002, expect.anything()],
    ]);
  });

  it('make no error for rows with more or fewer cells than the first', async () => {
    const made = jest.spyOn(Error, 'captureStackTrace');
    await readTexts({ a: `Subnet,b\n${'10.0.0.0/8\n10.0.0.0/8,x,y\n\n'.repeat(100)}` });
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });

  it('have columns without number, and a map that names as many', async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `c${at}`);
    const columns = Object.fromEntries(
      names.slice(0, 1_000).map((name, at) => [`tag:${at}`, `${name}!`]),
    );
    const text = `Subnet,${names.join()}\n10.0.0.0/8${',x'.repeat(10_000)}\n`;
    const { rows } = await readTexts({ a: text }, { map: { columns } });
    expect(rows[0]?.item).toMatchObject({ error: 'invalid_value', field: 'tags' });
  });

  it('leave no trace in what all objects have', async () => {
    await readTexts({ a: '__proto__,Subnet\nx,10.0.0.0/8\n' }, { map: { tags: 'all' } });
    await readTexts({ a: '{"results":[{"prefix":"10.0.0.0/8","__proto__":{"polluted":1}}]}' });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
