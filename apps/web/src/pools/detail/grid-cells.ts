import type { Schemas } from '@cloudpam/api-client';
import {
  familyBits,
  formatAddress,
  formatCidr,
  nthSubnet,
  parseCidr,
  tryParseCidr,
} from '@cloudpam/cidr';

/** What is the matter with an address, or with a block of several. */
export const CELL_STATES = {
  free: { label: 'Free', mark: '' },
  record: { label: 'Address record', mark: '' },
  observed: { label: 'In the cloud, no record', mark: '◦' },
  pool: { label: 'Child pool', mark: '' },
  range: { label: 'Range', mark: '' },
  nobody: { label: 'Nobody gets it', mark: '×' },
  partial: { label: 'Used in part', mark: '' },
  taken: { label: 'Taken', mark: '' },
} as const;
export type CellState = keyof typeof CELL_STATES;

/** An address of the grid, or a block of its prefix length. */
export interface GridCell {
  readonly cidr: string;
  readonly state: CellState;
  /** What it is, for people: address, state, names. */
  readonly text: string;
  /** What is written in it: the last part of the address. */
  readonly label: string;
  /** The page on which it is looked at, or taken. */
  readonly to: string | undefined;
}

/** Cells of a row and of a whole grid. */
export const GRID_SIZE = 256;
const GRID_BITS = 8;
const WINDOW_LENGTH = 24;
/** A pool with a shorter prefix is shown by blocks: nobody pages through more windows of addresses. */
const SHORTEST = 16;

/** What a grid shows of a pool. */
export interface GridShape {
  /** The prefix length of its cells. */
  readonly length: number;
  /** Whether its cells are single addresses. */
  readonly hasAddresses: boolean;
  /** How many grids the pool takes, one after the other. */
  readonly windows: number;
}

/** Addresses of a /24 of IPv4, window by window; else 256 blocks that the pool divides into. */
export function gridShape(cidr: string): GridShape {
  const { family, prefixLength } = parseCidr(cidr);
  const bits = familyBits(family);
  if (family === 4 && prefixLength >= SHORTEST)
    return {
      length: bits,
      hasAddresses: true,
      windows: 1 << Math.max(WINDOW_LENGTH - prefixLength, 0),
    };
  const length = Math.min(prefixLength + GRID_BITS, bits);
  return { length, hasAddresses: length === bits, windows: 1 };
}

/** The block that one window of a grid shows. @param index from 0 */
export function gridWindow(cidr: string, index: number): string {
  const pool = parseCidr(cidr);
  const { windows } = gridShape(cidr);
  return windows === 1 ? cidr : formatCidr(nthSubnet(pool, WINDOW_LENGTH, BigInt(index)));
}

/** The window that has an address; undefined for one that the pool has not. */
export function windowOf(cidr: string, address: string): number | undefined {
  const pool = parseCidr(cidr);
  const one = hostIn(address, pool.family);
  if (one === undefined || one < pool.first || one > pool.last) return undefined;
  const { windows } = gridShape(cidr);
  return windows === 1 ? 0 : Number((one - pool.first) / BigInt(GRID_SIZE));
}

/** What is known of the addresses of a window. */
export interface GridFacts {
  readonly blocks: readonly Schemas['Block'][];
  readonly records: readonly Schemas['Address'][];
  readonly observed: readonly Schemas['ObservedAddress'][];
  readonly ranges: readonly Schemas['Range'][];
  readonly forbidden: readonly Schemas['ForbiddenAddress'][];
}

/** The cells of a window: who has an address counts before what keeps it, and that before what is free. */
export function gridCells(
  pool: Pick<Schemas['Pool'], 'id' | 'cidr' | 'vrf_id'>,
  { blocks, records, observed, ranges, forbidden }: GridFacts,
): GridCell[] {
  const { family } = parseCidr(pool.cidr);
  const recordAt = new Map(records.map((record) => [record.address, record]));
  const keptAt = new Map(forbidden.map(({ address, reason }) => [address, reason]));
  const seen = observed.map((use) => ({ use, block: parseCidr(use.cidr) }));
  const spans = ranges.map((range) => ({
    range,
    first: hostIn(range.start_address, family) ?? 0n,
    last: hostIn(range.end_address, family) ?? -1n,
  }));
  return blocks.map((block): GridCell => {
    const { first, last } = parseCidr(block.cidr);
    const address = formatAddress(family, first);
    const of = (state: CellState, about: string, to?: string): GridCell => {
      const name = first === last ? address : block.cidr;
      return { cidr: block.cidr, state, text: `${name}, ${about}`, label: labelOf(name), to };
    };
    if (block.pool_id !== null && block.pool_id !== pool.id)
      return of(
        block.status === 'partial' ? 'partial' : 'pool',
        `pool ${block.pool_name ?? ''}`,
        `/pools/${block.pool_id}`,
      );
    if (first !== last)
      return block.status === 'free' ? of('free', 'free') : of('partial', 'used in part');
    const record = recordAt.get(address);
    if (record)
      return of('record', recordText(record), `?tab=addresses&q=${encodeURIComponent(address)}`);
    const use = seen.find(({ block: each }) => each.first <= first && last <= each.last)?.use;
    if (use)
      return of(
        'observed',
        `${use.gone_at === null ? 'used' : 'held, used until lately'} by ${use.attached_to ?? use.external_id}`,
        recordLink(pool.vrf_id, address, use.name),
      );
    const reason = keptAt.get(address);
    if (reason) return of('nobody', `nobody gets it: ${reason.replace('_', ' ')}`);
    const span = spans.find((each) => each.first <= first && first <= each.last);
    if (span) return of('range', `range ${span.range.purpose} ${span.range.name}`, '?tab=ranges');
    return block.status === 'free'
      ? of('free', 'free', recordLink(pool.vrf_id, address))
      : of('taken', 'taken');
  });
}

/** How many cells there are of each state, for the legend. */
export function countStates(cells: readonly GridCell[]): [CellState, number][] {
  const states = Object.keys(CELL_STATES) as CellState[]; // its keys are the states
  return states.flatMap((state): [CellState, number][] => {
    const count = cells.filter((cell) => cell.state === state).length;
    return count === 0 ? [] : [[state, count]];
  });
}

function recordText({ name, dns_name, role, status }: Schemas['Address']): string {
  return [name || 'record', dns_name, role, status].filter(Boolean).join(', ');
}

/** The dialog in which the address is recorded. */
function recordLink(vrfId: number, address: string, name = ''): string {
  const filled = { 'new.address': address, 'new.vrf_id': String(vrfId), 'new.name': name };
  return `/addresses?${new URLSearchParams(filled)}`;
}

function labelOf(name: string): string {
  return name.split('/')[0]?.split(/[.:]/).filter(Boolean).at(-1) ?? name;
}

function hostIn(address: string, family: 4 | 6): bigint | undefined {
  const cidr = tryParseCidr(`${address}/${familyBits(family)}`);
  return cidr?.family === family ? cidr.first : undefined;
}
