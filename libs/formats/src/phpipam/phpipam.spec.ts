import { readTexts, rowsOf } from '../testing/read-texts';

describe('a sheet of phpIPAM', () => {
  it('is subnets, whose folders are left out', async () => {
    const rows = await rowsOf(
      'Section,Subnet,Description,VLAN,VLAN Domain,VRF,Master Subnet,Requests\n' +
        'Customers,10.10.0.0/16,Zürich,NA,,,/,0\n' +
        'Customers,DMZ (folder),DMZ,NA,,,/,0\n' +
        'Customers,FD13:6d20:29dc:cf27:0000::/64,v6,100,default,red,DMZ [folder],1\n' +
        'Customers,10.10.0.1/16,,5000,,,,\n' +
        'Customers,10.11.0.0/16,,4095,,,,\n',
    );
    expect(rows).toEqual([
      '0:2 pool 10.10.0.0/16 {"description":"Zürich"} fresh=Zürich/by_place vlan=none these={"section":"Customers"}',
      '0:3 skip folder',
      '0:4 pool fd13:6d20:29dc:cf27::/64 vrf=red() {"description":"v6"} fresh=v6/by_place ' +
        'vlan=[100,null,"default"] these={"section":"Customers"}',
      '0:5 error host_bits cidr',
      '0:6 error invalid_value vlan',
    ]);
  });

  it('has custom fields, which become tags when that is asked', async () => {
    const text = 'Section,Subnet,Requests,Cost center\nIT,10.0.0.0/8,0,4711\n';
    expect((await readTexts({ a: text })).tables[0]?.unknown).toEqual(['Cost center']);
    expect(await rowsOf(text, { map: { tags: ['Cost center'] } })).toEqual([
      '0:2 pool 10.0.0.0/8 {} fresh=10.0.0.0/8/by_place these={"section":"IT","Cost center":"4711"}',
    ]);
  });

  it.each([
    ['de', 'Sektion;Subnetz;Beschreibung;VLAN;VRF'],
    ['de with entities', 'Sektion;Subnetz;Beschreibung;VLAN;VRF;&Uuml;bergeordnetes Subnetz'],
    ['fr', 'Section;Sous-réseau;Description;VLAN;VRF'],
    ['es', 'Sección;Subred;Descripción;VLAN;VRF'],
    ['nl', 'Sectie;Subnet;Omschrijving;VLAN;VRF'],
    ['ru', 'Раздел;Подсеть;Описание;VLAN;VRF'],
    ['cs', 'Sekce;Podsíť;Popis;VLAN;VRF'],
    ['it', 'Sezione;Sottorete;Descrizione;VLAN;VRF'],
    ['pt', 'Seção;Subrede;Descrição;VLAN;VRF'],
    ['ja', 'セクション;サブネット;説明;VLAN;VRF'],
    ['zh', '区域;子网;描述;VLAN;VRF'],
  ])('is read in %s', async (_language, header) => {
    expect(await rowsOf(`${header}\nIT;10.0.0.0/8;x;NA;red\n`)).toEqual([
      '0:2 pool 10.0.0.0/8 vrf=red() {"description":"x"} fresh=x/by_place vlan=none these={"section":"IT"}',
    ]);
  });

  it('is VLANs in their domain, and VRFs', async () => {
    const files = {
      vlans: 'Name,Number,Domain,Description\nusers,20,default,x\n,21,default,\n',
      vrfs: 'Name,RD,Description\nred,65000:1,x\n',
    };
    expect(await rowsOf(files)).toEqual([
      '0:2 vlan {"vid":20,"name":"users","group":"default","description":"x"}',
      '0:3 vlan {"vid":21,"name":"VLAN 21","group":"default","description":""}',
      '1:2 vrf {"name":"red","rd":"65000:1","description":"x"}',
    ]);
  });

  it('is addresses, with what phpIPAM calls their tag', async () => {
    const rows = await rowsOf(
      'IP Address,Hostname,Description,VRF,Subnet,MAC,Owner,Device,Note,Tag,Gateway,Rack\n' +
        '10.0.0.1,gw.example.com,Gateway,red,10.0.0.0/24,00-11-22-AA-BB-CC,netops,sw1,n,Used,Yes,4\n' +
        '10.0.0.2,printer,,,,,,,,DHCP,No,\n10.0.0.3,,,,,x,,,,constructor,,\n10.0.0.1/33x,,,,,,,,,,,\n',
      { map: { tags: ['Rack'] } },
    );
    expect(rows).toEqual([
      '0:2 address 10.0.0.1 vrf=red() {"name":"gw.example.com","description":"Gateway\\nn","status":"active",' +
        '"role":"gateway","dnsName":"gw.example.com","mac":"00:11:22:aa:bb:cc"} fresh=gw.example.com ' +
        'these={"owner":"netops","device":"sw1","Rack":"4"}',
      '0:3 address 10.0.0.2 {"name":"printer","status":"active","role":"dhcp"} fresh=printer these={}',
      '0:4 address 10.0.0.3 {} fresh= these={"state":"constructor","mac":"x"}',
      '0:5 error invalid_address address',
    ]);
  });

  it('is sections or domains, which are left out', async () => {
    expect(await rowsOf('Name,Description,Parent\nIT,,/\n')).toEqual(['0:2 skip not_kept']);
    expect(await rowsOf('Name,Description\ndefault,x\n')).toEqual(['0:2 skip not_kept']);
  });

  it('is all of a section, whose subnets stand above their addresses', async () => {
    const rows = await rowsOf(
      '"10.0.0.0/24 - office (vlan: 10 - users)",,\nip address,ip state,description\n10.0.0.1,Used,a\n,,\n' +
        '2001:db8::/64 - v6,,\nip address,ip state,description\nNo hosts,,\n',
    );
    expect(rows).toEqual([
      '0:1 pool 10.0.0.0/24 {"description":"office"} fresh=office/by_place vlan=[10,"users",null] these={}',
      '0:2 skip no_data',
      '0:3 address 10.0.0.1 {"description":"a","status":"active"} fresh=a these={}',
      '0:5 pool 2001:db8::/64 {"description":"v6"} fresh=v6/by_place vlan=none these={}',
      '0:6 skip no_data',
      '0:7 skip no_data',
    ]);
  });
});
