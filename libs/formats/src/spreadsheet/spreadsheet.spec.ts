import { FormatError } from '../format-error';
import { readTexts, rowsOf } from '../testing/read-texts';

/** Every quirk of a table that somebody made: the text, then its rows. */
const QUIRKS: readonly (readonly [quirk: string, text: string, rows: readonly string[]])[] = [
  [
    'CIDRs',
    'CIDR,Name\n10.0.0.0/8,a\n2001:DB8:0000::/32,b\n',
    [
      '0:2 pool 10.0.0.0/8 {"name":"a"} fresh=a/by_place these={}',
      '0:3 pool 2001:db8::/32 {"name":"b"} fresh=b/by_place these={}',
    ],
  ],
  [
    'a network and its mask in two columns',
    'Netz;Maske\n10.0.0.0;255.0.0.0\n10.1.0.0;16\n10.2.0.0;/16\n10.3.0.0;255.0.255.0\n10.4.0.0;\n',
    [
      '0:2 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={}',
      '0:3 pool 10.1.0.0/16 {} fresh=10.1.0.0/16/by_place these={}',
      '0:4 pool 10.2.0.0/16 {} fresh=10.2.0.0/16/by_place these={}',
      '0:5 error invalid_prefix_length mask',
      '0:6 error invalid_cidr address',
    ],
  ],
  [
    'an address and a prefix length',
    'IP address,Prefix length,VLAN\n10.0.0.0,24,10\n2001:db8::,32,NA\n',
    [
      '0:2 pool 10.0.0.0/24 {} fresh=10.0.0.0/24/by_place vlan=[10,null,null] these={}',
      '0:3 pool 2001:db8::/32 {} fresh=2001:db8::/32/by_place vlan=none these={}',
    ],
  ],
  [
    'masks and ranges in one cell',
    'Network,Name\n10.0.0.0/255.0.0.0,a\n10.1.0.0 255.255.0.0,b\n10.2.0.0 - 10.2.255.255,c\n' +
      '10.3.0.0–10.3.0.9,d\n10.4.0.0 / 16,e\n',
    [
      '0:2 pool 10.0.0.0/8 {"name":"a"} fresh=a/by_place these={}',
      '0:3 pool 10.1.0.0/16 {"name":"b"} fresh=b/by_place these={}',
      '0:4 pool 10.2.0.0/16 {"name":"c"} fresh=c/by_place these={}',
      '0:5 error invalid_cidr cidr',
      '0:6 pool 10.4.0.0/16 {"name":"e"} fresh=e/by_place these={}',
    ],
  ],
  [
    'a first and a last address',
    'From\tTo\tName\n10.0.0.0\t10.0.0.255\ta\n10.0.1.0\t10.0.1.9\tb\n10.0.2.0\t10.0.1.0\tc\n',
    [
      '0:2 pool 10.0.0.0/24 {"name":"a"} fresh=a/by_place these={}',
      '0:3 error invalid_cidr first',
      '0:4 error invalid_cidr first',
    ],
  ],
  [
    'titles above, an empty line, a heading, a merged header, sums below',
    'Network plan 2024, Berlin;;;\n;;;\nNetwork;;Location;Owner\n10.0.0.0;24;Berlin;Ann\n\n' +
      'Branch offices;;;\n10.0.1.0;24;"Berlin; Mitte";"Bob\nsecond"\n10.0.2.0;24;;\nTotal;;3;\n',
    [
      '0:4 pool 10.0.0.0/24 {} fresh=10.0.0.0/24/by_place these={"site":"Berlin"}',
      '0:6 skip no_data',
      '0:7 pool 10.0.1.0/24 {} fresh=10.0.1.0/24/by_place these={"site":"Berlin; Mitte"}',
      '0:9 pool 10.0.2.0/24 {} fresh=10.0.2.0/24/by_place these={}',
      '0:10 skip no_data',
    ],
  ],
  [
    'no header',
    '10.0.0.0/8|a\n10.1.0.0/16|b\n',
    [
      '0:1 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={}',
      '0:2 pool 10.1.0.0/16 {} fresh=10.1.0.0/16/by_place these={}',
    ],
  ],
  [
    'one column',
    'networks\n10.0.0.0/8\nx\n10.1.0.0/16',
    [
      '0:2 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={}',
      '0:3 error invalid_cidr cidr',
      '0:4 pool 10.1.0.0/16 {} fresh=10.1.0.0/16/by_place these={}',
    ],
  ],
  [
    'a header nobody knows, found by the cells below it',
    'zone x,range y\nA,10.0.0.0/8\nB,10.1.0.0/16\n',
    [
      '0:2 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={}',
      '0:3 pool 10.1.0.0/16 {} fresh=10.1.0.0/16/by_place these={}',
    ],
  ],
  [
    'a network that is a name, beside a column of CIDRs',
    'Network,CIDR block\noffice,10.0.0.0/8\nlab,10.1.0.0/16\n',
    [
      '0:2 pool 10.0.0.0/8 {"name":"office"} fresh=office/by_place these={}',
      '0:3 pool 10.1.0.0/16 {"name":"lab"} fresh=lab/by_place these={}',
    ],
  ],
  [
    'statuses and kinds in words',
    'Subnet,Status,Type\n10.0.0.0/8,In Use,Container\n10.1.0.0/16,Geplant,VPC\n10.2.0.0/16,frei,\n' +
      '10.3.0.0/16,Réservé,\n10.4.0.0/16,broken,\n',
    [
      '0:2 pool 10.0.0.0/8 {"kind":"container","status":"active"} fresh=10.0.0.0/8/by_place these={}',
      '0:3 pool 10.1.0.0/16 {"kind":"vpc","status":"planned"} fresh=10.1.0.0/16/by_place these={}',
      '0:4 skip free_space',
      '0:5 pool 10.3.0.0/16 {"kind":"reservation","status":"planned"} fresh=10.3.0.0/16/by_place these={}',
      '0:6 error unknown_word status',
    ],
  ],
  [
    'a type and a status that say something else',
    'Subnet,Type,State\n10.0.0.0/8,Wifi,Bavaria\n10.1.0.0/16,LAN,Hesse\n',
    [
      '0:2 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={}',
      '0:3 pool 10.1.0.0/16 {} fresh=10.1.0.0/16/by_place these={}',
    ],
  ],
  [
    'the header again, and rows that are longer or shorter',
    'Subnet,Name,VRF\n10.0.0.0/8,a,red\nSubnet,Name,VRF\n10.1.0.0/16\n10.2.0.0/16,b,,,\n10.3.0.0/16,c,,x\n',
    [
      '0:2 pool 10.0.0.0/8 vrf=red() {"name":"a"} fresh=a/by_place these={}',
      '0:3 skip no_data',
      '0:4 pool 10.1.0.0/16 {} fresh=10.1.0.0/16/by_place these={}',
      '0:5 pool 10.2.0.0/16 {"name":"b"} fresh=b/by_place these={}',
      '0:6 error column_count -',
    ],
  ],
  [
    'quotes inside cells, and formulas, which stay text',
    'Subnet,Name\n10.0.0.0/8,12" rack\n10.1.0.0/16,"=HYPERLINK(""x"")"\n10.2.0.0/16,\'=1\n',
    [
      String.raw`0:2 pool 10.0.0.0/8 {"name":"12\" rack"} fresh=12" rack/by_place these={}`,
      String.raw`0:3 pool 10.1.0.0/16 {"name":"=HYPERLINK(\"x\")"} fresh==HYPERLINK("x")/by_place these={}`,
      `0:4 pool 10.2.0.0/16 {"name":"'=1"} fresh='=1/by_place these={}`,
    ],
  ],
  [
    'a quote that is not closed: what is before it is read',
    'Subnet,Name\n10.0.0.0/8,a\n10.1.0.0/16,"b\n10.2.0.0/16,c\n',
    ['0:2 pool 10.0.0.0/8 {"name":"a"} fresh=a/by_place these={}', '0:3 error unreadable -'],
  ],
  [
    'leading zeros, which IPv4 does not have',
    'Subnet,Name\n010.0.0.0/8,a\n10.0.0.0/08,b\n',
    ['0:2 error invalid_cidr cidr', '0:3 error invalid_cidr cidr'],
  ],
  [
    'addresses without a mask and networks that are missing',
    'Subnet,Name,VRF\n10.0.0.1,a,\n,b,red\n10.0.0.0/33,c,\n',
    [
      '0:2 error invalid_cidr cidr',
      '0:3 error missing_value cidr',
      '0:4 error invalid_prefix_length cidr',
    ],
  ],
  [
    'a delimiter that Excel says',
    'sep=;\r\nSubnet;Name\r\n10.0.0.0/8;a, b, c\r\n',
    ['0:3 pool 10.0.0.0/8 {"name":"a, b, c"} fresh=a, b, c/by_place these={}'],
  ],
  [
    'names that every object has',
    '__proto__,Subnet,constructor\nx,10.0.0.0/8,y\n',
    ['0:2 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={}'],
  ],
];

describe('a spreadsheet', () => {
  it.each(QUIRKS)('has %s', async (_quirk, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
  });

  it.each(QUIRKS)('has %s, with Windows line endings', async (_quirk, text, rows) => {
    const windows = text.replace(/\r?\n/g, '\r\n');
    expect(await rowsOf(windows)).toEqual(rows);
  });

  it('says the canonical form of a network with host bits, or takes it when that is asked', async () => {
    const text = 'Subnet,Name\n10.0.0.1/8,a\n';
    const { rows } = await readTexts({ a: text });
    expect(rows[0]?.item).toEqual({
      error: 'host_bits',
      field: 'cidr',
      detail: '10.0.0.1/8 is not canonical; did you mean 10.0.0.0/8?',
    });
    expect(await rowsOf(text, { fix: 'canonical' })).toEqual([
      '0:2 pool 10.0.0.0/8 {"name":"a"} fresh=a/by_place these={} from=10.0.0.1/8',
    ]);
  });

  it('shows how it was read', async () => {
    const text = 'Plan\n\nSubnet;;Name;Ticket\n10.0.0.0;24;a;T-1\n';
    const { tables } = await readTexts({ 'plan.csv': text });
    expect(tables).toEqual([
      {
        file: 'plan.csv',
        format: 'spreadsheet',
        because: expect.any(String),
        entity: 'pool',
        encoding: 'utf-8',
        delimiter: ';',
        headerLine: 3,
        columns: ['Subnet', 'Column 2', 'Name', 'Ticket'],
        fields: expect.arrayContaining(['cidr', 'vlan_group', 'source_id']),
        mapping: { address: 'Subnet', mask: 'Column 2', name: 'Name' },
        unknown: ['Ticket'],
        sample: [['10.0.0.0', '24', 'a', 'T-1']],
      },
    ]);
  });

  it('shows ten rows', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => `10.${at}.0.0/16\n`);
    const { tables } = await readTexts({ a: `net\n${rows.join('')}` });
    expect(tables[0]?.sample).toHaveLength(10);
  });

  it('has one error where no column has networks, and is shown for a map', async () => {
    const text = 'a,b\n1,2\n3,4\n';
    const { tables, rows } = await readTexts({ x: text });
    expect(rows.map(({ line, item }) => [line, item])).toEqual([
      [1, expect.objectContaining({ error: 'missing_value', field: 'cidr' })],
    ]);
    expect(tables[0]).toMatchObject({ columns: ['a', 'b'], unknown: ['a', 'b'] });
  });
});

describe('a map', () => {
  const TEXT = 'Where,What,Net\nFRA1,a,10.0.0.0/8\n';

  it('says which column is what, and which become tags', async () => {
    const map = { columns: { name: 'what', 'tag:place': 'Where' } };
    expect(await rowsOf(TEXT, { map })).toEqual([
      '0:2 pool 10.0.0.0/8 {"name":"a"} fresh=a/by_place these={"place":"FRA1"}',
    ]);
    expect(await rowsOf(TEXT, { map: { tags: 'all' } })).toEqual([
      '0:2 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={"Where":"FRA1","What":"a"}',
    ]);
  });

  it('says that no column is a field', async () => {
    const text = 'Subnet,Name\n10.0.0.0/8,a\n';
    const { tables, rows } = await readTexts({ x: text }, { map: { columns: { name: null } } });
    expect(tables[0]).toMatchObject({ mapping: { cidr: 'Subnet' }, unknown: ['Name'] });
    expect(rows[0]?.item).toMatchObject({ set: {} });
  });

  it.each([
    [{ columns: { name: 'Missing' } }],
    [{ columns: { nothing: 'What' } }],
    [{ columns: { 'tag:': 'What' } }],
    [{ tags: ['Missing'] }],
  ])('is refused where it names what is not there: %j', async (map) => {
    await expect(readTexts({ x: TEXT }, { map })).rejects.toMatchObject({
      constructor: FormatError,
      code: 'invalid_map',
    });
  });
});
