import { readTexts, rowsOf } from '../testing/read-texts';

const HEADER =
  'Prefix,Status,Children,VRF,Utilization,Tenant,Scope,VLAN,Role,Description,ID,Scope Type,VLAN Group,Tags\r\n';

/** What is told of an active prefix beside what a test is about. */
const ACTIVE = '{"status":"active"} fresh=10.0.0.0/24/by_place';

describe('an export of NetBox', () => {
  it('is prefixes, with role, tenant, site and tags as tags', async () => {
    expect(
      await rowsOf(
        `${HEADER}10.0.0.0/24,Active,0,Lab (64512:1),0%,Sales,FRA1,mgmt (10),Prod,first,7,dcim.site,G1,legacy\r\n`,
      ),
    ).toEqual([
      '0:2 pool 10.0.0.0/24 vrf=Lab(64512:1) {"status":"active","description":"first"} ' +
        'fresh=first/by_place vlan=[10,"mgmt","G1"] ' +
        'these={"role":"Prod","tenant":"Sales","site":"FRA1","legacy":""} netbox:7',
    ]);
  });

  it('says by its statuses what a pool is', async () => {
    const cells = ['Container', 'Active', 'Reserved', 'Deprecated', 'Available', 'Odd'];
    const rows = cells.map((status, at) => `10.${at}.0.0/16,${status},,Global,,,,,,,,,,\n`);
    expect(await rowsOf(HEADER + rows.join(''))).toEqual([
      '0:2 pool 10.0.0.0/16 {"kind":"container","status":"active"} fresh=10.0.0.0/16/by_place vlan=none these={}',
      '0:3 pool 10.1.0.0/16 {"status":"active"} fresh=10.1.0.0/16/by_place vlan=none these={}',
      '0:4 pool 10.2.0.0/16 {"kind":"reservation","status":"planned"} fresh=10.2.0.0/16/by_place vlan=none these={}',
      '0:5 pool 10.3.0.0/16 {"status":"deprecated"} fresh=10.3.0.0/16/by_place vlan=none these={}',
      '0:6 skip free_space',
      '0:7 error unknown_word status',
    ]);
  });

  it.each([
    ['Lab', 'vrf=Lab()'],
    ['Lab (64512:1)', 'vrf=Lab(64512:1)'],
    ['"GCP, host (64512:400)"', 'vrf=GCP, host(64512:400)'],
    ['Lab (old)', 'vrf=Lab (old)()'],
    ['Lab (old) (192.0.2.1:7)', 'vrf=Lab (old)(192.0.2.1:7)'],
    ['R&amp;D &quot;sandbox&quot; &#x27;a&#x27;', `vrf=R&D "sandbox" 'a'()`],
    ['a&amp;quot;b', 'vrf=a&quot;b()'],
    ['Global Corp (64512:100)', 'vrf=Global Corp(64512:100)'],
  ])('names the VRF %s', async (cell, vrf) => {
    const rows = await rowsOf(`Prefix,Status,VRF\n10.0.0.0/24,Active,${cell}\n`);
    expect(rows).toEqual([`0:2 pool 10.0.0.0/24 ${vrf} ${ACTIVE} these={}`]);
  });

  it('has no VRF where the word for none stands, in any of its languages', async () => {
    for (const word of [
      'Global',
      'Weltweit',
      'Globale',
      'グローバル',
      '全局',
      'Глобальный',
      '—',
      '',
    ]) {
      const rows = await rowsOf(`Prefix,Status,VRF\n10.0.0.0/24,Active,${word}\n`);
      expect(rows).toEqual([`0:2 pool 10.0.0.0/24 ${ACTIVE} these={}`]);
    }
  });

  it('takes the name of a VRF from the VRFs of the same upload', async () => {
    const files = {
      'a.csv': 'Prefix,Status,VRF\n10.0.0.0/24,Active,Lab (1:2)\n10.0.0.0/24,Active,Odd (x y)\n',
      'b.csv': 'Name,RD,Tenant\nLab (1:2),,\nOdd,x y,\n',
    };
    expect(await rowsOf(files)).toEqual([
      `0:2 pool 10.0.0.0/24 vrf=Lab (1:2)() ${ACTIVE} these={}`,
      `0:3 pool 10.0.0.0/24 vrf=Odd(x y) ${ACTIVE} these={}`,
      '1:2 vrf {"name":"Lab (1:2)","rd":null}',
      '1:3 vrf {"name":"Odd","rd":"x y"}',
    ]);
  });

  it.each([
    ['mgmt (10)', '[10,"mgmt",null]'],
    ['"voice, phones (30)"', '[30,"voice, phones",null]'],
    ['"guest ""free"" wifi (40)"', String.raw`[40,"guest \"free\" wifi",null]`],
    ['a (b) (4094)', '[4094,"a (b)",null]'],
  ])('names the VLAN %s', async (cell, vlan) => {
    const rows = await rowsOf(`Prefix,Status,VLAN\n10.0.0.0/24,Active,${cell}\n`);
    expect(rows).toEqual([`0:2 pool 10.0.0.0/24 ${ACTIVE} vlan=${vlan} these={}`]);
  });

  it('cuts tags at commas, but for those that the tags of the same upload have in their names', async () => {
    const prefixes = 'Prefix,Status,VRF,Tags\n10.0.0.0/24,Active,Global,"PCI, DSS,Zürich,a, b"\n';
    const tags = 'Name,Items,Slug,Color\n"PCI, DSS",1,pci-dss,#f44336\nPCI,1,pci,#f44336\n';
    const alone = await rowsOf(prefixes);
    expect(alone).toEqual([
      `0:2 pool 10.0.0.0/24 ${ACTIVE} these={"PCI":"","DSS":"","Zürich":"","a":"","b":""}`,
    ]);
    const [pool] = await rowsOf({ 'a.csv': prefixes, 'b.csv': tags });
    expect(pool).toBe(
      `0:2 pool 10.0.0.0/24 ${ACTIVE} these={"PCI, DSS":"","Zürich":"","a":"","b":""}`,
    );
  });

  it('says scope where a prefix belongs to something that is no site', async () => {
    const rows = await rowsOf(
      'Prefix,Status,Scope,Scope Type\n' +
        '10.0.0.0/24,Active,FRA1,dcim.site\n10.0.0.0/24,Active,Europe,dcim.region\n',
    );
    expect(rows).toEqual([
      `0:2 pool 10.0.0.0/24 ${ACTIVE} these={"site":"FRA1"}`,
      `0:3 pool 10.0.0.0/24 ${ACTIVE} these={"scope":"Europe"}`,
    ]);
  });

  it('keeps line breaks, counts lines as an editor does, and names by the first line', async () => {
    const rows = await rowsOf(
      'Prefix,Status,VRF,Description\r\n10.0.0.0/24,Active,Global,"one\r\ntwo"\r\n10.0.1.0/24,Odd,,\r\n',
    );
    expect(rows).toEqual([
      String.raw`0:2 pool 10.0.0.0/24 {"status":"active","description":"one\r\ntwo"} fresh=one/by_place these={}`,
      '0:4 error unknown_word status',
    ]);
  });

  it('takes words of the request before its own', async () => {
    const map = {
      words: {
        status: { ODD: { status: 'planned' }, reserved: null },
        role: { loopback: 'reservation' },
        tenant: { sales: 'onprem:fra1' },
      },
      vrf: 'corp',
    } as const;
    const rows = await rowsOf(
      'Prefix,Status,VRF,Role,Tenant\n' +
        '10.0.0.0/24,odd,Global,Loopback,Sales\n10.0.1.0/24,Reserved,,,\n10.0.2.0/24,Active,red,,\n',
      { map },
    );
    expect(rows).toEqual([
      '0:2 pool 10.0.0.0/24 vrf=corp() {"kind":"reservation","status":"planned"} ' +
        'fresh=10.0.0.0/24/by_place account=onprem:fra1 these={"role":"Loopback"}',
      '0:3 skip not_kept',
      '0:4 pool 10.0.2.0/24 vrf=red() {"status":"active"} fresh=10.0.2.0/24/by_place these={}',
    ]);
  });

  it('has aggregates that are containers, unless a prefix is the same', async () => {
    const files = {
      'a.csv':
        'Aggregate,RIR,Tenant,Prefixes,Description\n10.0.0.0/8,RFC 1918,,3,all\n11.0.0.0/8,ARIN,,0,\n',
      'b.csv': 'Prefix,Status,VRF\n10.0.0.0/8,Container,Global\n11.0.0.0/8,Container,red\n',
    };
    expect((await rowsOf(files)).slice(0, 2)).toEqual([
      '0:2 skip same_as_another',
      '0:3 pool 11.0.0.0/8 {"kind":"container"} fresh=11.0.0.0/8/by_place these={"rir":"ARIN"}',
    ]);
  });

  it('has VLANs in their group, else in their site', async () => {
    const rows = await rowsOf(
      'VID,Name,Site,Group,Status,Description\n10,mgmt,FRA1,G1,Active,x\n' +
        '20,users,FRA1,,Active,\n30,a,,,Active,\n5000,b,,,Active,\n',
    );
    expect(rows).toEqual([
      '0:2 vlan {"vid":10,"name":"mgmt","group":"G1","description":"x"}',
      '0:3 vlan {"vid":20,"name":"users","group":"FRA1","description":""}',
      '0:4 vlan {"vid":30,"name":"a","group":"","description":""}',
      '0:5 error invalid_value vid',
    ]);
  });

  it('has VLAN groups with their ranges, and a site of what they are for', async () => {
    const header = 'Name,Scope Type,Scope,VLANs,VID Ranges,Description\n';
    const rows = 'G1,Site,FRA1,2,"1-99, 300",x\nG2,—,—,0,1-4094,\nG3,—,—,0,0-5,\n';
    expect(await rowsOf(header + rows)).toEqual([
      '0:2 vlan_group {"name":"G1","vidRanges":[[1,99],[300,300]],"site":"FRA1","description":"x"}',
      '0:3 vlan_group {"name":"G2","vidRanges":[[1,4094]],"description":""}',
      '0:4 error invalid_value vid_ranges',
    ]);
    expect(
      await rowsOf('name,slug,min_vid,max_vid\na,a,10,19\n,b,10,19\nc,c,,19\nd,d,,\n'),
    ).toEqual([
      '0:2 vlan_group {"name":"a","vidRanges":[[10,19]]}',
      '0:3 error missing_value name',
      '0:4 vlan_group {"name":"c","vidRanges":[[1,19]]}',
      '0:5 vlan_group {"name":"d"}',
    ]);
    expect(
      await rowsOf(
        '[{"name":"a","slug":"a","vid_ranges":[[1,9],[20,20]],"scope":{"name":"FRA1"},"description":"d"}]',
      ),
    ).toEqual([
      '0:1 vlan_group {"name":"a","vidRanges":[[1,9],[20,20]],"site":"FRA1","description":"d"}',
    ]);
  });

  it.each([
    ['Name,Status,Facility,Region,Group', 'not_kept'],
    ['Name,Prefixes,IP Ranges,VLANs,Weight', 'not_kept'],
    ['Name,Private,Aggregates,Description', 'not_kept'],
    ['Name,Group,Description,ID,Slug', 'not_kept'],
    ['Name,Items,Slug,Color', 'not_kept'],
  ])('leaves out %s', async (header, skip) => {
    const row = header.split(',').map((_, at) => `cell ${at}`);
    expect(await rowsOf(`${header}\n${row.join(',')}\n`)).toEqual([`0:2 skip ${skip}`]);
  });

  it('lists columns that mean nothing here, which become tags when that is asked', async () => {
    const text = 'Prefix,Status,VRF,Cost center,Notes,Depth\n10.0.0.0/24,Active,Global,4711,,2\n';
    const { tables } = await readTexts({ 'a.csv': text });
    expect(tables[0]?.unknown).toEqual(['Cost center', 'Notes']);
    for (const tags of ['all', ['cost center']] as const) {
      expect(await rowsOf(text, { map: { tags } })).toEqual([
        `0:2 pool 10.0.0.0/24 ${ACTIVE} these={"Cost center":"4711"}`,
      ]);
    }
  });
});

describe('an import file of NetBox', () => {
  it('names by accessors what an export has in one cell', async () => {
    const rows = await rowsOf(
      'prefix,vrf.rd,vrf.name,status,tenant,scope_type,scope_name,vlan_group,vlan,role,tags,description\n' +
        '10.0.0.0/24,65000:1,red,reserved,Sales,dcim.site,FRA1,G1,10,Prod,"a,b",x\n',
    );
    expect(rows).toEqual([
      '0:2 pool 10.0.0.0/24 vrf=red(65000:1) {"kind":"reservation","status":"planned","description":"x"} ' +
        'fresh=x/by_place vlan=[10,null,"G1"] these={"role":"Prod","tenant":"Sales","site":"FRA1","a":"","b":""}',
    ]);
  });

  it('does not name a VRF by an id of NetBox alone', async () => {
    expect(
      await rowsOf('prefix,vrf.id,status\n10.0.0.0/24,7,active\n10.1.0.0/24,,active\n'),
    ).toEqual([
      '0:2 error invalid_value vrf_id',
      '0:3 pool 10.1.0.0/24 {"status":"active"} fresh=10.1.0.0/24/by_place these={}',
    ]);
    expect(await rowsOf('[{"prefix":"10.0.0.0/24","vrf":7}]')).toEqual([
      '0:1 error invalid_value vrf',
    ]);
  });

  it('may name a VRF by its route distinguisher', async () => {
    expect(await rowsOf('prefix,vrf,status\n10.0.0.0/24,65000:1,active\n')).toEqual([
      `0:2 pool 10.0.0.0/24 vrf=(65000:1) ${ACTIVE} these={}`,
    ]);
  });

  it('has VLANs of a site in the group of that name', async () => {
    expect(await rowsOf('id,prefix,status,site,vlan\n7,10.0.0.0/24,active,FRA1,100\n')).toEqual([
      `0:2 pool 10.0.0.0/24 ${ACTIVE} vlan=[100,null,"FRA1"] these={"site":"FRA1"} netbox:7`,
    ]);
  });

  it('has VRFs and VLANs, and other tables that are left out', async () => {
    expect(await rowsOf('name,rd,enforce_unique\nred,65000:1,True\nblue,,True\n')).toEqual([
      '0:2 vrf {"name":"red","rd":"65000:1"}',
      '0:3 vrf {"name":"blue","rd":null}',
    ]);
    expect(await rowsOf('vid,name,site,group\n10,a,FRA1,\n')).toEqual([
      '0:2 vlan {"vid":10,"name":"a","group":"FRA1"}',
    ]);
  });
});

describe('addresses and ranges of NetBox', () => {
  it('are known in an export of all data', async () => {
    const rows = await rowsOf({
      'addresses.csv':
        'IP Address,VRF,Status,Role,Tenant,Assigned,DNS name,Description,ID,Tags,Interface,Parent\n' +
        '10.0.0.1/24,Global,Active,,Payments,1,A.Example.com.,,1,aws,eth0,app-00\n' +
        '10.0.0.2/24,lab (65000:1),DHCP,,,,,Printer,2,,,\n' +
        '10.0.0.3/24,Lab,Reserved,Anycast,,,not a name,,3,,,\n' +
        '2001:DB8::1/64,Global,SLAAC,Loopback,,,,,4,,,\n' +
        '10.0.0.256/24,Global,Active,,,,,,5,,,\n' +
        '10.0.0.4/24,Global,Broken,,,,,,6,,,\n',
      'ranges.csv':
        'Start address,End address,Size,VRF,Status,Role,Tenant,Description,ID,Marked Populated,Marked Utilized\n' +
        '10.0.0.100/24,10.0.0.119/24,20,Global,Active,DHCP clients,,x,1,False,True\n' +
        '10.0.4.0/24,10.0.4.9/24,20,Global,Deprecated,,,,2,True,False\n' +
        '10.0.4.9/24,10.0.4.0/24,20,Global,Active,,,,3,True,False\n',
    });
    expect(rows).toEqual([
      '0:2 address 10.0.0.1 {"status":"active","dnsName":"a.example.com"} fresh=app-00 ' +
        'these={"tenant":"Payments","device":"app-00","interface":"eth0","aws":""} netbox:1',
      '0:3 address 10.0.0.2 vrf=lab(65000:1) {"description":"Printer","status":"active","role":"dhcp"} ' +
        'fresh=Printer these={} netbox:2',
      '0:4 address 10.0.0.3 vrf=Lab() {"status":"reserved","role":"vip"} fresh= ' +
        'these={"role":"Anycast","hostname":"not a name"} netbox:3',
      '0:5 address 2001:db8::1 {"status":"active"} fresh= these={"role":"Loopback"} netbox:4',
      '0:6 error invalid_address address',
      '0:7 error unknown_word status',
      '1:2 range 10.0.0.100-10.0.0.119 {"description":"x","purpose":"dhcp","countsAsUsed":true} fresh=x ' +
        'these={"role":"DHCP clients"} netbox:1',
      '1:3 range 10.0.4.0-10.0.4.9 {"purpose":"excluded","countsAsUsed":false} fresh= ' +
        'these={"status":"Deprecated"} netbox:2',
      '1:4 error invalid_address end_address',
    ]);
  });

  it('are known in import files, whose statuses the request may explain', async () => {
    const files = {
      a:
        'id,address,vrf,tenant,status,role,dns_name,device,interface\n' +
        '9,192.0.2.1/32,65000:1,shop,lent,vrrp,,sw1,ge0\n',
      b: 'start_address,end_address,status,role\n192.0.2.4/24,192.0.2.9/24,active,clients\n',
    };
    const map = {
      words: { status: { lent: { status: 'planned' as const } }, tenant: { shop: 'aws:1' } },
    };
    expect(await rowsOf(files, { map })).toEqual([
      '0:2 address 192.0.2.1 vrf=(65000:1) {"status":"reserved","role":"vip"} fresh=sw1 account=aws:1 ' +
        'these={"role":"vrrp","device":"sw1","interface":"ge0"} netbox:9',
      '1:2 range 192.0.2.4-192.0.2.9 {"purpose":"reserved"} fresh= these={"role":"clients"}',
    ]);
  });

  it('are known as objects of the API', async () => {
    const address = {
      id: 7,
      family: { value: 4 },
      address: '10.0.0.1/24',
      vrf: null,
      status: { value: 'dhcp', label: 'DHCP' },
      role: { value: 'carp', label: 'CARP' },
      assigned_object: { name: 'eth0', device: { name: 'fw' } },
      dns_name: 'fw.example.com',
      tags: [{ name: 'b' }],
    };
    const range = {
      id: 8,
      start_address: '10.0.0.10/24',
      end_address: '10.0.0.19/24',
      status: { value: 'active' },
      role: { name: 'dhcp' },
      mark_utilized: true,
    };
    const files = { 'a.json': JSON.stringify([address]), 'b.json': JSON.stringify([range]) };
    expect(await rowsOf(files)).toEqual([
      '0:1 address 10.0.0.1 {"status":"active","role":"vip","dnsName":"fw.example.com"} fresh=fw ' +
        'these={"role":"carp","device":"fw","interface":"eth0","b":""} netbox:7',
      '1:1 range 10.0.0.10-10.0.0.19 {"purpose":"dhcp","countsAsUsed":true} fresh= ' +
        'these={"role":"dhcp"} netbox:8',
    ]);
  });
});

describe('objects of the API of NetBox', () => {
  const prefix = {
    id: 7,
    prefix: '10.0.0.0/24',
    vrf: { name: 'red', rd: '65000:1' },
    status: { value: 'active', label: 'Active' },
    scope_type: 'dcim.region',
    scope: { name: 'Europe' },
    vlan: { vid: 10, name: 'mgmt' },
    role: null,
    description: '',
    tags: [{ name: 'PCI, DSS' }],
    custom_fields: { cost: 7, env: { value: 'prod', label: 'Production' }, none: null },
  };
  const POOL =
    'pool 10.0.0.0/24 vrf=red(65000:1) {"status":"active"} fresh=10.0.0.0/24/by_place ' +
    'vlan=[10,"mgmt",null]';

  it('are prefixes, as a page, as a list or with more space in between', async () => {
    const page = { count: 1, next: null, results: [prefix] };
    for (const text of [
      JSON.stringify(page),
      JSON.stringify(page, null, 2),
      JSON.stringify([prefix]),
    ]) {
      expect(await rowsOf(text)).toEqual([
        `0:1 ${POOL} these={"scope":"Europe","PCI, DSS":""} netbox:7`,
      ]);
    }
  });

  it('have custom fields that become tags when that is asked', async () => {
    const { tables } = await readTexts({ a: JSON.stringify([prefix]) });
    expect(tables[0]?.unknown).toEqual([
      'custom_fields.cost',
      'custom_fields.env',
      'custom_fields.none',
    ]);
    expect(await rowsOf(JSON.stringify([prefix]), { map: { tags: 'all' } })).toEqual([
      `0:1 ${POOL} these={"scope":"Europe","PCI, DSS":"","cost":"7","env":"prod"} netbox:7`,
    ]);
  });

  it('are VRFs and VLANs too', async () => {
    expect(await rowsOf('[{"name":"red","rd":"65000:1","description":"x"}]')).toEqual([
      '0:1 vrf {"name":"red","rd":"65000:1","description":"x"}',
    ]);
    expect(await rowsOf('[{"vid":10,"name":"a","site":{"name":"FRA1"},"group":null}]')).toEqual([
      '0:1 vlan {"vid":10,"name":"a","group":"FRA1","description":""}',
    ]);
  });

  it('have numbers by which an error is found', async () => {
    expect(
      await rowsOf(`["x",${JSON.stringify(prefix)},{"prefix":"x"},{"prefix":"10.0.0.1/8"}]`),
    ).toEqual([
      '0:1 error unreadable -',
      `0:2 ${POOL} these={"scope":"Europe","PCI, DSS":""} netbox:7`,
      '0:3 error invalid_cidr cidr',
      '0:4 error host_bits cidr',
    ]);
  });
});
