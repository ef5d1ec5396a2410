import { createHash } from 'node:crypto';
import { formatCidr, parseAddress, parseCidr, parseRange } from '@cloudpam/cidr';
import { hostOf, parseVidRanges } from '@cloudpam/pools';
import { change, type Planning } from '@cloudpam/pools/testing';
import {
  ApplyImport,
  PlanImport,
  type ImportedAddress,
  type ImportedPool,
  type ImportedRange,
  type ImportedVlan,
  type ImportedVlanGroup,
  type ImportedVrf,
  type ImportPlan,
  type ImportRow,
  type ImportRun,
  type ImportSource,
  type ImportTable,
  type ImportWish,
} from './index';

const TABLE: ImportTable = {
  file: 'pools.csv',
  format: 'spreadsheet',
  because: 'a test says so',
  entity: 'pool',
  encoding: 'utf-8',
  delimiter: ',',
  headerLine: 1,
  columns: ['cidr'],
  fields: ['cidr'],
  mapping: { cidr: 'cidr' },
  unknown: [],
  sample: [],
};

/** A run that waits for nobody. */
export const RUN: ImportRun = {
  pause: () => Promise.resolve(),
  digest: () => {
    const hash = createHash('sha256');
    return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
  },
};

/** A pool as a row of a spreadsheet tells it. */
export function pool(cidr: string, fields: Partial<ImportedPool> = {}): ImportedPool {
  return {
    entity: 'pool',
    cidr: parseCidr(cidr),
    vrf: null,
    set: {},
    fresh: { name: cidr, kind: 'by_place' },
    tags: { values: {}, are: 'these' },
    sourceId: null,
    ...fields,
  };
}

/** A pool that NetBox calls by an id. */
export function netbox(id: number, cidr: string, fields: Partial<ImportedPool> = {}): ImportedPool {
  return pool(cidr, { sourceId: { system: 'netbox', id: String(id) }, ...fields });
}

/** A range as a row of a spreadsheet tells it: `10.0.0.4-10.0.0.9`. */
export function range(text: string, fields: Partial<ImportedRange> = {}): ImportedRange {
  return { entity: 'range', span: parseRange(text), ...leaf(fields) };
}

/** An address as a row of a spreadsheet tells it. */
export function address(text: string, fields: Partial<ImportedAddress> = {}): ImportedAddress {
  const { family, value } = parseAddress(text);
  return { entity: 'address', cidr: hostOf(family, value), ...leaf(fields) };
}

function leaf<Fields extends object>(fields: Fields) {
  return {
    vrf: null,
    set: {},
    fresh: { name: '' },
    tags: { values: {}, are: 'these' as const },
    sourceId: null,
    ...fields,
  };
}

export function vrf(name: string, rd?: string | null): ImportedVrf {
  return { entity: 'vrf', set: { name, ...(rd === undefined ? {} : { rd }) } };
}

export function vlan(vid: number, name: string, group = ''): ImportedVlan {
  return { entity: 'vlan', set: { vid, name, group } };
}

export function vlanGroup(
  name: string,
  ranges?: string,
  fields: Partial<ImportedVlanGroup> = {},
): ImportedVlanGroup {
  const vidRanges = ranges === undefined ? {} : { vidRanges: parseVidRanges(ranges) };
  return { entity: 'vlan_group', ...fields, set: { name, ...vidRanges, ...fields.set } };
}

/** Items as the rows of one file, from line 2 on. */
export function source(...items: readonly ImportRow['item'][]): ImportSource {
  return {
    tables: [TABLE],
    rows: items.map((item, at) => ({
      table: 0,
      line: at + 2,
      label: 'cidr' in item ? formatCidr(item.cidr) : 'name' in item ? String(item.name) : '',
      item,
    })),
  };
}

type Storage = Pick<Planning, 'unitOfWork'>;

export function planOf({ unitOfWork }: Storage, given: ImportSource): Promise<ImportPlan> {
  return new PlanImport(unitOfWork).execute(given, RUN);
}

export function apply(
  { unitOfWork }: Storage,
  given: ImportSource,
  wish: ImportWish = { mode: 'all' },
  minutes = 1,
): Promise<ImportPlan> {
  return new ApplyImport(unitOfWork).execute(change(minutes), given, wish, RUN);
}

/** What becomes of each row: `2 create`, `3 error host_bits`. */
export function told({ rows }: ImportPlan): string[] {
  return rows.map(({ line, action, code }) => [line, action, code ?? ''].join(' ').trim());
}
