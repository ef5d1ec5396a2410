import { utils, write } from '@e965/xlsx';

/** A file as a browser gives it. */
export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A file of lines. */
export const text = (name: string, ...lines: string[]): Upload => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(`${lines.join('\r\n')}\r\n`),
});

function workbook(name: string, type: 'xls' | 'xlsx', cells: unknown[][]): Upload {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(cells), 'Subnets');
  const bytes = write(book, { type: 'array', bookType: type }) as ArrayBuffer;
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

/** A spreadsheet that somebody made, with a network whose host bits are set. */
export const SHEET = text(
  'sites.csv',
  'Netz;Standort;Zweck;Raum',
  '10.20.0.0/16;FRA1;Büro Frankfurt;R1',
  '10.20.1.0/24;FRA1;Drucker;R1',
  '10.20.2.7/24;FRA1;Telefone;R2',
  ';;;',
  'Summe;3;;',
);

/** What a system writes, what the page calls it, and how many tables and pools come of it. */
interface Format {
  readonly files: readonly Upload[];
  readonly word: string;
  readonly tables: number;
  readonly pools: number;
}

export const FORMATS: Readonly<Record<string, Format>> = {
  netbox: {
    word: 'NetBox import CSV',
    tables: 2,
    pools: 2,
    files: [
      text('vrfs.csv', 'name,rd,enforce_unique,description', 'blue,65000:1,true,shop'),
      text(
        'prefixes.csv',
        'prefix,vrf,status,role,description',
        '10.30.0.0/16,blue,container,,shop',
        '10.30.1.0/24,blue,active,web,"front, doors"',
      ),
    ],
  },
  netbox_export: {
    word: 'NetBox export of all data',
    tables: 1,
    pools: 2,
    files: [
      text(
        'netbox_prefixes.csv',
        'Prefix,Status,Children,VRF,Utilization,Tenant,Scope,VLAN,Role,Description,ID,Tags',
        '10.40.0.0/16,Container,1,Global,1%,,,,,campus,1,',
        '10.40.1.0/24,Active,0,Global,0%,,FRA1,mgmt (10),Production,lab,2,"a,b"',
      ),
    ],
  },
  netbox_api: {
    word: 'NetBox API (JSON)',
    tables: 1,
    pools: 1,
    files: [
      {
        name: 'prefixes.json',
        mimeType: 'application/json',
        buffer: Buffer.from(
          JSON.stringify({
            count: 1,
            next: null,
            previous: null,
            results: [
              {
                id: 5,
                url: 'http://netbox/api/ipam/prefixes/5/',
                display: '10.50.0.0/16',
                family: { value: 4, label: 'IPv4' },
                prefix: '10.50.0.0/16',
                vrf: null,
                status: { value: 'active', label: 'Active' },
                role: null,
                tenant: null,
                vlan: null,
                description: 'by the API',
                tags: [],
                custom_fields: {},
              },
            ],
          }),
        ),
      },
    ],
  },
  infoblox: {
    word: 'Infoblox CSV',
    tables: 2,
    pools: 2,
    files: [
      text(
        'infoblox.csv',
        'header-networkcontainer,address*,netmask*,network_view,comment,EA-Site',
        'networkcontainer,10.80.0.0,255.255.0.0,default,campus,FRA1',
        'header-network,address*,netmask*,network_view,comment,EA-Site',
        'network,10.80.1.0,255.255.255.0,default,lab,FRA1',
      ),
    ],
  },
  aws_ipam: {
    word: 'AWS IPAM (JSON of the CLI)',
    tables: 1,
    pools: 1,
    files: [
      text(
        'get-ipam-resource-cidrs.json',
        JSON.stringify({
          IpamResourceCidrs: [
            {
              IpamScopeId: 'ipam-scope-01',
              ResourceRegion: 'eu-west-1',
              ResourceOwnerId: '123456789012',
              ResourceId: 'vpc-1',
              ResourceName: 'main',
              ResourceCidr: '10.90.0.0/16',
              ResourceType: 'vpc',
              ResourceTags: [{ Key: 'env', Value: 'prod' }],
            },
          ],
        }),
      ),
    ],
  },
  phpipam: {
    word: 'phpIPAM export',
    tables: 1,
    pools: 2,
    files: [
      workbook('phpipam_subnets.xls', 'xls', [
        ['Section', 'Subnet', 'Description', 'VLAN', 'VLAN Domain', 'VRF', 'Master Subnet'],
        ['Kunden', '10.60.0.0/16', 'München', 'NA', 'default', '', '/'],
        ['Kunden', '10.60.1.0/24', 'Server', 'NA', 'default', '', '10.60.0.0/16'],
      ]),
    ],
  },
};
