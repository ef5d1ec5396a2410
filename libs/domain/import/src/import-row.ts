import type { AddressRange, Cidr } from '@cloudpam/cidr';
import {
  RECORDS,
  type Account,
  type AddressFields,
  type AllocationRules,
  type LiveKey,
  type PoolKind,
  type PoolSource,
  type PoolStatus,
  type RangeFields,
  type RecordEntity,
  type SyncStatus,
  type Tags,
  type Vlan,
  type VlanGroup,
  type Vrf,
} from '@cloudpam/pools';

/** What a row can become: a record of any kind, a pool, an address record or a range. */
export type ImportEntity = RecordEntity | 'pool' | 'address' | 'range';
/** Each `ImportEntity`. */
export const IMPORT_ENTITIES: readonly ImportEntity[] = [
  ...Object.values(RECORDS).map(({ entity }) => entity),
  'pool',
  'range',
  'address',
];

/** The ways in which others, and we, write down networks. */
export const IMPORT_FORMATS = [
  'cloudpam',
  'netbox',
  'netbox_export',
  'netbox_api',
  'phpipam',
  'infoblox',
  'aws_ipam',
  'spreadsheet',
] as const;
/** One of `IMPORT_FORMATS`. */
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/**
 * One table of what was given: a CSV file, a block of rows with a header of its own, a list in a JSON
 * document.
 */
export interface ImportTable {
  /** The file as its sender names it; of a ZIP `archive.zip/pools.csv`. */
  readonly file: string;
  readonly format: ImportFormat;
  /** Why it was taken for that format, as a sentence. */
  readonly because: string;
  /** What its rows become; null for what is not kept here. */
  readonly entity: ImportEntity | null;
  /** As read: `utf-8`, `utf-16le`, `windows-1252`. */
  readonly encoding: string;
  /** `,`, `;`, `|` or a tab; null where it is JSON. */
  readonly delimiter: string | null;
  /** The line of its header, from 1; null where there is none. */
  readonly headerLine: number | null;
  /** Its columns in their order, as they are written; of JSON the keys of its objects. */
  readonly columns: readonly string[];
  /** Fields that a column can be mapped to; none of JSON. */
  readonly fields: readonly string[];
  /** Which column says what: a field of the entity (`cidr`, `vrf`, `tag:site`), then the column. */
  readonly mapping: Readonly<Record<string, string>>;
  /** Columns that mean nothing here, and are not kept unless that is asked for. */
  readonly unknown: readonly string[];
  /** The first rows under the header, cell by cell, for a preview. */
  readonly sample: readonly (readonly string[])[];
}

/** A VRF as a row names it. At least one of the two. */
export interface VrfName {
  readonly name: string | null;
  readonly rd: string | null;
}

/** A VLAN as a row names it: a vid or a name at least. */
export interface VlanName {
  readonly vid: number | null;
  readonly name: string | null;
  /** null: of whichever group has it. */
  readonly group: string | null;
}

/** What another system calls a thing, by which a later file finds it again. */
export interface SourceId {
  /** `netbox`: the tag is `netbox:id`. */
  readonly system: string;
  readonly id: string;
}

/** When and how often something was written, as our own export tells it. Taken where it is made. */
export interface KeptHistory {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** What a cloud says of a pool, as our own export tells it. Taken where the pool is made. */
export interface KeptCloudFacts {
  readonly source: PoolSource;
  readonly externalId: string | null;
  readonly externalVpc: string | null;
  readonly syncStatus: SyncStatus | null;
  readonly lastSyncAt: Date | null;
  readonly liveKey: LiveKey | null;
}

/** A pool as a row tells it. What is absent is not told: it stays, or is as a new pool has it. */
export interface ImportedPool {
  readonly entity: 'pool';
  readonly cidr: Cidr;
  /** null: the VRF `global`. */
  readonly vrf: VrfName | null;
  readonly set: {
    readonly name?: string;
    readonly kind?: PoolKind;
    readonly status?: PoolStatus;
    readonly region?: string | null;
    readonly description?: string;
    readonly expiresAt?: Date | null;
    readonly rules?: AllocationRules | null;
  };
  /** Where the pool is made and `set` does not say it. */
  readonly fresh: {
    readonly name: string;
    /** `by_place`: a container where rows of the import lie inside it, else a subnet. */
    readonly kind: PoolKind | 'by_place';
    readonly status?: PoolStatus;
  };
  /** Key, name or cloud id of the account; null: it has none. */
  readonly account?: string | null;
  /** null: it has none. */
  readonly vlan?: VlanName | null;
  /** `all`: these and no others. `these`: others stay. */
  readonly tags: { readonly values: Tags; readonly are: 'all' | 'these' };
  readonly sourceId: SourceId | null;
  /** The CIDR as it was written, where host bits were set and it was asked to take them away. */
  readonly fixedFrom?: string;
  readonly cloud?: KeptCloudFacts;
  readonly history?: KeptHistory;
}

/** What rows of address records and of ranges tell in the same way. */
interface ImportedLeaf {
  /** null: the VRF `global`. */
  readonly vrf: VrfName | null;
  /** What it is called where it is made and `set` does not say it. */
  readonly fresh: { readonly name: string };
  /** Key, name or cloud id of the account; null: it has none. Not told, a new one has that of its pool. */
  readonly account?: string | null;
  readonly tags: ImportedPool['tags'];
  readonly sourceId: SourceId | null;
  readonly history?: KeptHistory;
}

/** An address record as a row tells it. What is absent stays, or is as a new one has it. */
export interface ImportedAddress extends ImportedLeaf {
  readonly entity: 'address';
  /** The address as a block of one. */
  readonly cidr: Cidr;
  readonly set: Partial<Omit<AddressFields, 'accountId' | 'tags'>>;
  /** That a range has it, whatever the range is for, is told by the row. */
  readonly isOfRange?: boolean;
  /** Several have such an address at once (anycast, VRRP): a second row of it is no mistake. */
  readonly isShared?: boolean;
}

/** A range as a row tells it. What is absent stays, or is as a new one has it. */
export interface ImportedRange extends ImportedLeaf {
  readonly entity: 'range';
  readonly span: AddressRange;
  readonly set: Partial<Omit<RangeFields, 'accountId' | 'tags'>>;
}

/** A VRF as a row describes it. What is absent stays, or is as a new VRF has it. */
export interface ImportedVrf {
  readonly entity: 'vrf';
  readonly set: Partial<Pick<Vrf, 'rd' | 'reachabilityDomain' | 'description'>> & Pick<Vrf, 'name'>;
  readonly history?: KeptHistory;
}

/** An account as a row describes it. What is absent stays, or is as a new account has it. */
export interface ImportedAccount {
  readonly entity: 'account';
  readonly set: Partial<
    Omit<Account, 'id' | 'createdAt' | 'updatedAt' | 'version' | 'key' | 'provider' | 'externalId'>
  > &
    Pick<Account, 'key' | 'provider' | 'externalId'>;
  readonly history?: KeptHistory;
}

/** A VLAN as a row describes it. What is absent stays, or is as a new VLAN has it. */
export interface ImportedVlan {
  readonly entity: 'vlan';
  readonly set: Partial<Pick<Vlan, 'description'>> & Pick<Vlan, 'vid' | 'name' | 'group'>;
  readonly history?: KeptHistory;
}

/** A VLAN group as a row describes it. What is absent stays, or is as a new group has it. */
export interface ImportedVlanGroup {
  readonly entity: 'vlan_group';
  readonly set: Partial<Pick<VlanGroup, 'description' | 'vidRanges' | 'site'>> &
    Pick<VlanGroup, 'name'>;
  /** Key, name or cloud id of the account; null: it has none. */
  readonly account?: string | null;
  readonly history?: KeptHistory;
}

/** A record as a row describes it. */
export type ImportedRecord = ImportedVrf | ImportedAccount | ImportedVlanGroup | ImportedVlan;

/** A row that is not taken, for a reason that is no mistake: a total, a folder, a thing not kept here. */
export interface SkippedRow {
  readonly skip: SkipCode;
  readonly detail: string;
}

/** Why a row is not taken. */
export const SKIP_CODES = [
  'not_kept',
  'folder',
  'free_space',
  'same_as_another',
  'no_data',
] as const;
/** One of `SKIP_CODES`. */
export type SkipCode = (typeof SKIP_CODES)[number];

/** A row that cannot be read. */
export interface WrongRow {
  readonly error: RowErrorCode;
  readonly detail: string;
  /** The field, as in `ImportTable.mapping`; null where it is the whole row. */
  readonly field: string | null;
}

/** What can be wrong with a row. */
export const ROW_ERROR_CODES = [
  'missing_value',
  'invalid_value',
  'invalid_cidr',
  'invalid_address',
  'host_bits',
  'invalid_prefix_length',
  'refused_range',
  'invalid_rules',
  'unknown_word',
  'duplicate_row',
  'pool_overlap',
  'range_taken',
  'quarantined',
  'address_reserved',
  'address_in_use',
  'cloud_owned',
  'ambiguous_pool',
  'ambiguous_vrf',
  'ambiguous_vlan',
  'ambiguous_account',
  'vrf_taken',
  'vid_outside_group',
  'account_not_found',
  'vlan_not_found',
  'column_count',
  'unreadable',
] as const;
/** One of `ROW_ERROR_CODES`. */
export type RowErrorCode = (typeof ROW_ERROR_CODES)[number];

/** One row of what was given, as its format reads it. */
export interface ImportRow {
  /** Index among the tables. */
  readonly table: number;
  /** Where the row begins, from 1; of JSON the number of the object in its list. */
  readonly line: number;
  /** How a person knows it: its CIDR, its name. */
  readonly label: string;
  readonly item:
    ImportedPool | ImportedAddress | ImportedRange | ImportedRecord | SkippedRow | WrongRow;
}

/** What was given, read. */
export interface ImportSource {
  readonly tables: readonly ImportTable[];
  readonly rows: readonly ImportRow[];
}
