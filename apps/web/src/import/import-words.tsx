import type { Schemas } from '@cloudpam/api-client';
import type { ImportProgress } from '../api/import';

interface ActionWord {
  readonly label: string;
  /** One sign, so that colour is not the only one. */
  readonly mark: string;
  readonly color: string;
  readonly about: string;
  readonly done: string;
}

/** What people read for what is done with a row. */
export const ACTIONS = {
  create: {
    label: 'Create',
    mark: '+',
    color: 'teal',
    about: 'Is not here yet and is made',
    done: 'Created',
  },
  update: {
    label: 'Update',
    mark: '~',
    color: 'blue',
    about: 'Is here and is changed',
    done: 'Updated',
  },
  unchanged: {
    label: 'Unchanged',
    mark: '=',
    color: 'gray',
    about: 'Is here just so',
    done: 'Unchanged',
  },
  skip: {
    label: 'Skip',
    mark: '–',
    color: 'gray',
    about: 'Is left out, and that is no mistake',
    done: 'Skipped',
  },
  error: {
    label: 'Error',
    mark: '!',
    color: 'red',
    about: 'Cannot be taken as it is',
    done: 'Not taken',
  },
} as const satisfies Record<Schemas['ImportAction'], ActionWord>;

/** The actions in the order in which they are told. */
export const ACTION_NAMES = Object.keys(ACTIONS) as readonly Schemas['ImportAction'][]; // The keys are these.

/** What people read for what a row becomes. */
export const ENTITIES = {
  pool: { one: 'pool', many: 'Pools', goTo: 'pools', path: '/pools' },
  range: { one: 'range', many: 'Ranges', goTo: 'addresses', path: '/addresses' },
  address: { one: 'address', many: 'Addresses', goTo: 'addresses', path: '/addresses' },
  vrf: { one: 'VRF', many: 'VRFs', goTo: 'VRFs', path: '/vrfs' },
  account: { one: 'account', many: 'Accounts', goTo: 'accounts', path: '/accounts' },
  vlan_group: {
    one: 'VLAN group',
    many: 'VLAN groups',
    goTo: 'VLAN groups',
    path: '/vlan-groups',
  },
  vlan: { one: 'VLAN', many: 'VLANs', goTo: 'VLANs', path: '/vlans' },
} as const satisfies Record<Schemas['ImportEntity'], object>;

/** What people read for rows that become nothing here. */
export const NOT_KEPT = 'Not kept here';

/** What people read for a format. */
export const FORMATS = {
  cloudpam: 'CloudPAM export',
  netbox: 'NetBox import CSV',
  netbox_export: 'NetBox export of all data',
  netbox_api: 'NetBox API (JSON)',
  phpipam: 'phpIPAM export',
  infoblox: 'Infoblox CSV',
  aws_ipam: 'AWS IPAM (JSON of the CLI)',
  spreadsheet: 'Spreadsheet',
} as const satisfies Record<Schemas['ReadFormat'], string>;

/** What people read for a stage of the work. */
export const STAGES = {
  reading: 'Reading the files',
  planning: 'Planning',
  applying: 'Writing',
} as const satisfies Record<ImportProgress['stage'], string>;

/** The sign of an action. Its name is told too, and stands on hover, unless it stands beside it. */
export function ActionMark({
  action,
  hasLabel = true,
}: {
  action: Schemas['ImportAction'];
  hasLabel?: boolean;
}) {
  const { label, mark, color, about } = ACTIONS[action];
  return (
    <span
      title={`${label}: ${about}`}
      className="mono"
      style={{ color: `var(--mantine-color-${color}-text)`, fontWeight: 700 }}
    >
      <span aria-hidden>{mark}</span>
      {hasLabel && <span className="hidden">{label}</span>}
    </span>
  );
}
