import type { ImportFormat } from '@cloudpam/import';
import { vlanOf, vrfOf } from '../rows/record-parts';
import { readNetwork } from '../rows/network';
import { poolOf, tenantOf, vidOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { skipped } from '../rows/row-problem';
import { leftOut } from '../tables/left-out';
import {
  columnsOf,
  headerAmong,
  type Dialect,
  type ReadItem,
  type TableKind,
} from '../tables/table-kind';
import { foldWord } from '../text/fold-word';
import { HOST_FIELDS, hosts } from './hosts';
import { hostsSheet } from './hosts-sheet';
import { HEADERS } from './words';

const FORMAT: ImportFormat = 'phpipam';

/** `DMZ (folder)`: it holds subnets and has no addresses of its own. */
const FOLDER = /\((folder)\)$/i;
/** What stands where there is no VLAN. */
const NO_VLAN = 'NA';

/** A sheet of phpIPAM's export, in any of its languages. */
export const phpipam: Dialect = (lines) => {
  const kind = hostsSheet(lines);
  return kind ? { at: -1, kind } : headerAmong(lines, 1, kindOf);
};

function kindOf(cells: readonly string[]): TableKind | undefined {
  const headers = cells.map((cell) => HEADERS.get(foldWord(cell)));
  const has = new Set<string | undefined>(headers);
  const some = (least: number, ...these: string[]): boolean =>
    these.filter((each) => has.has(each)).length >= least;
  const table = (
    what: string,
    fields: Readonly<Record<string, string | null>>,
    rest: Pick<TableKind, 'entity' | 'reader' | 'order' | 'needs'>,
  ): TableKind => ({
    format: FORMAT,
    because: `Its header has the columns of ${what} as phpIPAM exports them.`,
    fields: Object.values(fields).flatMap((field) => field ?? []),
    ...columnsOf(cells, (_cell, at) => fields[headers[at] ?? '']),
    loose: true,
    ...rest,
  });
  const left = (what: string, field: string, detail: string) =>
    table(
      what,
      { [field]: field },
      { entity: null, reader: leftOut({ skip: 'not_kept', detail }, field) },
    );

  if (
    has.has('address') &&
    some(1, 'hostname', 'mac') &&
    some(2, 'hostname', 'mac', 'owner', 'device')
  )
    return table('IP addresses', HOST_FIELDS, { entity: 'address', reader: hosts });
  if (
    has.has('subnet') &&
    some(1, 'section', 'domain', 'master', 'requests', 'host_check', 'discover')
  )
    return table('subnets', SUBNET_FIELDS, { entity: 'pool', reader: subnets });
  if (has.has('name') && has.has('number'))
    return table('VLANs', VLAN_FIELDS, { entity: 'vlan', reader: vlans });
  const only = (...these: string[]): boolean =>
    has.size === these.length && these.every((each) => has.has(each));
  if (only('name', 'rd', 'description') || only('name', 'rd'))
    return table('VRFs', VRF_FIELDS, { entity: 'vrf', reader: vrfs });
  if (only('name', 'description', 'parent')) {
    const detail = 'Sections are not kept: their names become the tag section of their subnets.';
    return left('sections', 'name', detail);
  }
  if (only('name', 'description')) {
    const detail = 'VLAN domains are not kept: their names become the groups of their VLANs.';
    return left('VLAN domains', 'name', detail);
  }
  return undefined;
}

/** null: it says nothing that is kept here, and is of phpIPAM itself. */
const SUBNET_FIELDS: Readonly<Record<string, string | null>> = {
  section: 'section',
  subnet: 'cidr',
  description: 'description',
  vlan: 'vlan',
  domain: 'vlan_group',
  vrf: 'vrf',
  customer: 'tenant',
  master: null,
  requests: null,
  host_check: null,
  discover: null,
};
const VLAN_FIELDS = {
  name: 'name',
  number: 'vid',
  domain: 'group',
  description: 'description',
} as const;
const VRF_FIELDS = { name: 'name', rd: 'rd', description: 'description' } as const;

function subnets(row: Row, reading: Reading): () => ReadItem {
  const { interned } = reading;
  return () => {
    const subnet = row.get('cidr') ?? '';
    if (FOLDER.test(subnet))
      throw skipped(
        'folder',
        'A folder has no addresses: what is in it finds its place by itself.',
      );
    const network = readNetwork(subnet, reading.fix);
    const vlan = row.get('vlan');
    const vrf = row.text('vrf');
    const tenant = tenantOf(row.text('tenant'), reading);
    const group = row.text('vlan_group');
    const none = vlan === '' || vlan === NO_VLAN;
    return {
      label: subnet,
      item: poolOf(
        {
          network,
          vrf: vrf === null ? null : interned.vrf(vrf, null),
          description: row.text('description'),
          account: tenant.account,
          ...(vlan === undefined
            ? {}
            : { vlan: none ? null : interned.vlan(vidOf(vlan, 'vlan'), null, group) }),
          tags: [['section', row.text('section')], ['tenant', tenant.tag], ...row.tags()],
        },
        reading,
      ),
    };
  };
}

function vlans(row: Row): () => ReadItem {
  return () =>
    vlanOf(
      vidOf(row.get('vid') ?? '', 'vid'),
      row.text('name'),
      row.text('group'),
      row.get('description'),
    );
}

function vrfs(row: Row): () => ReadItem {
  return () => vrfOf(row.text('name'), row.text('rd'), row.get('description'));
}
