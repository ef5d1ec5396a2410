import { readTexts, rowsOf } from '../testing/read-texts';

const BLOCKS = `header-networkview,name*,comment
networkview,default,
networkview,lab,The lab
header-networkcontainer,address*,netmask*,network_view,comment,EA-Site,EAInherited-Site
networkcontainer,10.0.0.0,255.0.0.0,default,All,Berlin,INHERIT
HEADER-Network,address*,netmask*,network_view,comment,EA-Site,routers
network,10.1.0.0,16,lab,"Net, one",,10.1.0.1
network,10.2.0.1,255.255.0.0,lab,,,
network,10.3.0.0,255.0.255.0,lab,,,
header-ipv6network,address*,cidr*,network_view
ipv6network,2001:DB8::,32,default
header-ipv6networkcontainer,address*,cidr*,network_view
ipv6networkcontainer,2001:db8::,24,
header-hostrecord,fqdn*,addresses
hostrecord,a.example.com,10.0.0.1
header-dhcprange,start_address*,end_address*
dhcprange,10.0.0.1,10.0.0.9
header-zone,fqdn*
zone,example.com
`;

const ROWS = [
  '0:2 skip not_kept',
  '0:3 vrf {"name":"lab","description":"The lab"}',
  '1:5 pool 10.0.0.0/8 {"kind":"container","description":"All"} fresh=All/by_place these={"Site":"Berlin"}',
  '2:7 pool 10.1.0.0/16 vrf=lab() {"description":"Net, one"} fresh=Net, one/by_place these={}',
  '2:8 error host_bits address',
  '2:9 error invalid_prefix_length mask',
  '3:11 pool 2001:db8::/32 {} fresh=2001:db8::/32/by_place these={}',
  '4:13 error host_bits address',
  '5:15 address 10.0.0.1 {"dnsName":"a.example.com"} fresh=a.example.com these={}',
  '6:17 range 10.0.0.1-10.0.0.9 {"purpose":"dhcp"} fresh= these={}',
  '7:19 skip not_kept',
];

describe('a file of Infoblox', () => {
  it('is blocks, each with a header of its own', async () => {
    expect(await rowsOf(BLOCKS)).toEqual(ROWS);
    const { tables } = await readTexts({ a: BLOCKS });
    expect(tables.map(({ entity }) => entity)).toEqual([
      'vrf',
      'pool',
      'pool',
      'pool',
      'pool',
      'address',
      'range',
      null,
    ]);
    expect(tables[2]).toMatchObject({
      headerLine: 6,
      unknown: ['routers'],
      mapping: {
        address: 'address*',
        mask: 'netmask*',
        vrf: 'network_view',
        'tag:Site': 'EA-Site',
      },
    });
  });

  it.each([';', '\t', ' '])('may have %j between its cells', async (delimiter) => {
    const text = BLOCKS.replace('"Net, one"', '"Net~ one"')
      .replaceAll(',', delimiter)
      .replace('~', ',');
    expect(await rowsOf(text.replace('The lab', '"The lab"'))).toEqual(ROWS);
  });

  it('has hosts with several addresses, fixed addresses and ranges', async () => {
    const rows = await rowsOf(
      'header-hostrecord,fqdn*,addresses,ipv6_addresses,network_view,comment,EA-Site,EAInherited-Site\n' +
        'hostrecord,web.example.com,"10.0.0.1,10.0.0.2",2001:db8::1,lab,Web,Berlin,x\n' +
        'hostrecord,none.example.com,,,,,,\nhostrecord,bad.example.com,"10.0.0.9,x",,,,,\n' +
        'header-fixedaddress,ip_address*,mac_address,name\nfixedaddress,10.0.0.7,AABB.CCDD.EEFF,printer\n' +
        'header-hostaddress,address*,parent*,mac_address\nhostaddress,10.0.0.1,web.example.com,\n' +
        'header-dhcprange,start_address*,end_address*,name,comment\ndhcprange,10.0.0.20,10.0.0.29,clients,x\n',
    );
    const web = (address: string): string =>
      `0:2 address ${address} vrf=lab() {"description":"Web","dnsName":"web.example.com"} fresh=Web ` +
      'these={"Site":"Berlin"}';
    expect(rows).toEqual([
      web('10.0.0.1'),
      web('10.0.0.2'),
      web('2001:db8::1'),
      '0:3 error missing_value addresses',
      '0:4 error invalid_address addresses',
      '1:6 address 10.0.0.7 {"name":"printer","role":"dhcp","mac":"aa:bb:cc:dd:ee:ff"} fresh=printer these={}',
      '2:8 address 10.0.0.1 {"dnsName":"web.example.com"} fresh=web.example.com these={}',
      '3:10 range 10.0.0.20-10.0.0.29 {"name":"clients","description":"x","purpose":"dhcp"} fresh=clients these={}',
    ]);
  });
});
