import { rowsOf } from '../testing/read-texts';

const HEADER =
  'Prefix,Status,Children,VRF,Utilization,Tenant,Scope,VLAN,Role,Description,ID,Scope Type,VLAN Group,Tags\r\n';

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
});
