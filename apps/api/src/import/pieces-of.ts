import { compareCidrs } from '@cloudpam/cidr';
import type { ImportEntity, ImportRow, ImportSource, ImportedPool } from '@cloudpam/import';

type PoolRow = ImportRow & { readonly item: ImportedPool };

/**
 * Rows in pieces that can be imported one after the other: records first, then pools by VRF and address, so that
 * what lies in each other stays together as far as that goes, then the ranges and the addresses that lie in them. One
 * piece where they are no more than `size`.
 */
export function* piecesOf({ tables, rows }: ImportSource, size: number): Generator<ImportSource> {
  if (rows.length <= size) {
    yield { tables, rows };
    return;
  }
  const others = rows.filter((row) => !isPool(row) && !isOf(row, 'range') && !isOf(row, 'address'));
  const pools = rows
    .filter(isPool)
    .sort((a, b) => compareTexts(vrfOf(a), vrfOf(b)) || compareCidrs(a.item.cidr, b.item.cidr));
  const ordered: readonly ImportRow[] = [
    ...others,
    ...pools,
    ...rows.filter((row) => isOf(row, 'range')),
    ...rows.filter((row) => isOf(row, 'address')),
  ];
  for (let start = 0; start < ordered.length; start += size)
    yield { tables, rows: ordered.slice(start, start + size) };
}

function isPool(row: ImportRow): row is PoolRow {
  return isOf(row, 'pool');
}

function isOf({ item }: ImportRow, entity: ImportEntity): boolean {
  return 'entity' in item && item.entity === entity;
}

function vrfOf({ item: { vrf } }: PoolRow): string {
  return vrf ? `${vrf.rd ?? ''} ${vrf.name ?? ''}` : '';
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
