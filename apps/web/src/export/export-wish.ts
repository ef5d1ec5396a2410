import type { TextQuery } from '../api/query';

/** What can be exported, by the names that people read. */
export const DATASETS = {
  pools: 'Pools',
  addresses: 'Addresses',
  ranges: 'Ranges',
  accounts: 'Accounts',
  vrfs: 'VRFs',
  'vlan-groups': 'VLAN groups',
  vlans: 'VLANs',
  resources: 'Discovered resources',
  audit: 'Audit log',
} as const;
export type DatasetName = keyof typeof DATASETS;

/** What people keep by hand. */
export const STANDARD: readonly DatasetName[] = [
  'pools',
  'addresses',
  'ranges',
  'accounts',
  'vrfs',
  'vlan-groups',
  'vlans',
];

/** The kinds of files, as they are offered. */
export const FORMATS = {
  csv: { label: 'CSV', about: 'for spreadsheets, and to import again without loss' },
  jsonl: { label: 'JSON lines', about: 'for programs: a row on each line' },
  excel: { label: 'Excel', about: 'a workbook, up to 200,000 rows' },
  netbox: {
    label: 'NetBox',
    about: 'VRFs, VLANs with their groups and pools, for the import of NetBox 4',
  },
} as const;
export type FormatName = keyof typeof FORMATS;

/** A table of the page, as it is filtered and sorted. */
export interface ShownTable {
  readonly dataset: DatasetName;
  readonly query: TextQuery<'export'>;
}

/** What is to be exported. */
export interface ExportWish {
  readonly format: FormatName;
  readonly datasets: readonly DatasetName[];
  readonly query: TextQuery<'export'>;
}
