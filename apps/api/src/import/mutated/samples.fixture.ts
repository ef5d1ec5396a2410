const SINCE = '2026-01-01T00:00:00.000Z,2026-02-01T00:00:00.000Z,3';

/** A right file of each format, by the name that it is sent with. */
export const SAMPLES: Readonly<Record<string, string>> = {
  'pools.csv': [
    'id,name,cidr,kind,status,source,external_id,external_vpc,region,sync_status,last_sync_at,description,' +
      'tags,expires_at,rules,key,key_request,vrf,vrf_rd,account,vlan_group,vlan_vid,created_at,updated_at,version',
    `1,"corp, ""all""",10.0.0.0/8,container,active,manual,,,,,,"two\nlines","{""a"":""b""}",,` +
      `"{""min_prefix_length"":16,""required_tags"":[""a""]}",,,global,,,,,${SINCE}`,
    `2,,10.1.0.0/16,vpc,active,discovered,vpc-1,vpc-1,eu-west-1,synced,2026-03-01T00:00:00.000Z,,{},,,,,lab,` +
      `65000:1,aws:123456789012,,,${SINCE}`,
    `3,'=1,10.1.0.0/16,subnet,active,discovered,subnet-1,vpc-1,eu-west-1,drift,2026-03-01T00:00:00.000Z,,{},,,,,` +
      `lab,65000:1,aws:123456789012,,,${SINCE}`,
    `4,held,2001:db8::/48,reservation,planned,manual,,,,,,,{},2027-01-01T00:00:00.000Z,,k-1,` +
      `"{""count"":1}",global,,,fra,10,${SINCE}`,
  ].join('\n'),
  'accounts.csv': [
    'id,key,name,provider,external_id,platform,tier,environment,regions,description,discovery_policy,' +
      'discovery_interval,created_at,updated_at,version',
    `5,aws:123456789012,Pay,aws,123456789012,web,gold,,"[""eu-west-1""]",,auto,3600,${SINCE}`,
  ].join('\n'),
  'vrfs.csv': `id,name,rd,description,created_at,updated_at,version\n9,lab,65000:1,x,${SINCE}\n`,
  'vlans.csv':
    'id,vid,name,group,description,created_at,updated_at,version\n' +
    `4,10,mgmt,fra,x,${SINCE}\n7,11,user,,y,${SINCE}\n`,
  'addresses.csv': [
    'id,address,vrf_id,pool_id,range_id,name,status,role,dns_name,mac,account_id,description,tags,expires_at,' +
      'created_at,updated_at,version,vrf,vrf_rd,account',
    `1,10.1.0.5,1,2,,db,active,host,db.example.com,02:00:5e:00:53:01,,"a, b","{""a"":""b""}",,${SINCE},global,,`,
    `2,10.40.0.6,1,,3,,reserved,gateway,,,,,{},2027-01-01T00:00:00.000Z,${SINCE},lab,65000:1,aws:123456789012`,
    `3,2001:db8::7,1,,,'=1,deprecated,vip,,,,,{},,${SINCE},global,,`,
  ].join('\n'),
  'own-ranges.csv': [
    'id,start_address,end_address,vrf_id,pool_id,name,purpose,counts_as_used,account_id,description,tags,until,' +
      'held_by,created_at,updated_at,version,vrf,vrf_rd,account',
    `1,10.41.0.4,10.41.0.9,1,,clients,dhcp,true,,,"{""a"":""b""}",,,${SINCE},global,,`,
    `2,10.41.0.20,10.41.0.29,1,,,excluded,false,,x,{},,,${SINCE},lab,65000:1,aws:123456789012`,
    `3,10.41.0.40,10.41.0.40,1,,,quarantine,false,,x,{},2027-01-01T00:00:00.000Z,ada,${SINCE},global,,`,
  ].join('\n'),
  'ip-addresses.csv':
    'IP Address,VRF,Status,Role,Tenant,Assigned,DNS name,Description,ID,Tags,Interface,Parent\r\n' +
    '10.42.0.1/24,Global,Active,,Shop,1,a.example.com,,1,"PCI, DSS",eth0,app-00\r\n' +
    '10.42.0.2/24,lab (65000:1),DHCP,VRRP,,,,"one\r\ntwo",2,,,\r\n' +
    '2001:db8:42::1/64,Global,SLAAC,,,,,,3,,,\r\n',
  'ip-ranges.csv':
    'start_address,end_address,vrf,status,role,mark_utilized,description\n' +
    '10.43.0.10/24,10.43.0.19/24,,active,dhcp,true,x\n10.43.0.30/24,10.43.0.39/24,65000:1,reserved,,,\n',
  'hosts.csv':
    'IP Address;Hostname;Description;VRF;Subnet;MAC;Owner;Device;Tag;Gateway\n' +
    '10.44.0.1;gw.example.com;Büro;lab;;00-11-22-aa-bb-cc;netops;sw1;Used;Yes\n10.44.0.2;x;;;;;;;DHCP;No\n',
  'infoblox-hosts.csv':
    'header-hostrecord,fqdn*,addresses,network_view,EA-Site\n' +
    'hostrecord,web.example.com,"10.45.0.1,10.45.0.2",lab,Berlin\n' +
    'header-dhcprange,start_address*,end_address*,name\ndhcprange,10.45.0.20,10.45.0.29,clients\n',
  'prefixes.csv':
    'prefix,vrf,status,tenant,scope_type,scope_name,vlan_group,vlan,role,tags,description\n' +
    '10.2.0.0/16,65000:1,container,shop,dcim.site,FRA1,fra,10,web,"a,b",all\n' +
    '10.2.1.0/24,65000:1,active,,,,,,,,"one, two"\n10.2.1.0/25,,reserved,,,,,,,,\n',
  'export.csv':
    'Prefix,Status,VRF,Tenant,Scope,VLAN,Role,Description,ID,Scope Type,VLAN Group,Tags\r\n' +
    '10.3.0.0/16,Container,lab (65000:1),,FRA1,,Web,,1,DCIM > Site,,\r\n' +
    '10.3.1.0/24,Active,Global,Shop,,mgmt (10),,"one\r\ntwo",2,,fra,"PCI, DSS"\r\n',
  'api.json': JSON.stringify({
    count: 2,
    results: [
      { id: 3, prefix: '10.4.0.0/16', vrf: { name: 'lab', rd: '65000:1' }, tags: [{ name: 'b' }] },
      {
        id: 4,
        prefix: '10.4.1.0/24',
        status: { value: 'active' },
        vlan: { vid: 10, name: 'mgmt' },
      },
    ],
  }),
  'phpipam.csv':
    'Section;Subnet;Description;VLAN;VLAN Domain;VRF;Master Subnet;Requests\n' +
    'IT;10.5.0.0/16;Büro;10;fra;lab;;0\nIT;x (folder);;;;;;\nIT;10.5.1.0/24;;NA;;;10.5.0.0/16;1\n',
  'infoblox.csv':
    'header-networkview,name*,comment\nnetworkview,default,\nnetworkview,view,The lab\n' +
    'header-networkcontainer,address*,netmask*,network_view,comment,EA-Site\n' +
    'networkcontainer,10.6.0.0,255.255.0.0,default,All,Berlin\n' +
    'header-network,address*,netmask*,network_view\nnetwork,10.6.1.0,24,view\nheader-zone,fqdn\nzone,x\n',
  'ipam.json': JSON.stringify({
    IpamResourceCidrs: [
      {
        ResourceRegion: 'eu-west-1',
        ResourceOwnerId: '123456789012',
        ResourceId: 'vpc-9',
        ResourceName: 'main',
        ResourceCidr: '10.7.0.0/16',
        ResourceType: 'vpc',
        ResourceTags: [{ Key: 'env', Value: 'prod' }],
      },
      { ResourceCidr: '10.7.0.0/24', ResourceType: 'subnet' },
    ],
  }),
  'sheet.csv':
    'Plan 2026;;;\nNetz;Maske;Status;VLAN\n10.8.0.0;255.255.0.0;aktiv;10\n10.8.1.0;24;frei;\n' +
    '10.8.2.0;24;reserved;\nSumme;;3;\n',
  'ranges.csv': 'From\tTo\tName\n10.9.0.0\t10.9.0.255\ta\n2001:db9::\t2001:db9::ff\tb\n',
};
