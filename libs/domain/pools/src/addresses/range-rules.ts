import type { Change } from '@cloudpam/audit';
import { addressCount, contains, formatCidr, type AddressRange, type Cidr } from '@cloudpam/cidr';
import { PoolError } from '../pool-error';
import { hostOf } from './address-record';
import { formatSpan, type RangeRecord, type RangeStore } from './range-record';

/** The error for a range that is not there, or that the caller may not know of. */
export function rangeNotFound(id: number, field?: string): PoolError {
  return new PoolError(
    'range_not_found',
    `There is no range ${id}.`,
    field === undefined ? {} : { field },
  );
}

/** The error for space that a range keeps. */
export function rangeTaken(wanted: string, range: RangeRecord, field: string): PoolError {
  const { id, name, purpose, until } = range;
  const named = `range ${id}${name === '' ? '' : `, ${name}`} (${formatSpan(range.span)})`;
  if (purpose === 'quarantine')
    return new PoolError(
      'quarantined',
      `${wanted} was in use until lately: ${named} keeps it until ${until?.toISOString() ?? 'it is released'}. ` +
        'Choose another one, or have an administrator release it.',
      { field, ranges: [range] },
    );
  return new PoolError(
    'range_taken',
    `${wanted} lies in ${named}, which is kept apart. Choose another one` +
      `${purpose === 'excluded' ? '.' : ', or ask for an address of that range by range_id.'}`,
    { field, ranges: [range] },
  );
}

/**
 * The ranges that pools would cut or lie in, by the pool's place in the list. One that lies within a pool is no
 * obstacle to it, but where both ends of the pool are kept apart, one at least in quarantine: a pool of that CIDR was
 * deleted, or something wider, and what is left of it is not free between.
 * @param by gets back what it holds itself, so that this is not in the way
 */
export async function crossedRanges(
  { ranges }: { readonly ranges: Pick<RangeStore, 'at'> },
  vrfId: number,
  cidrs: readonly Cidr[],
  by?: Change,
): Promise<Map<number, RangeRecord>> {
  const ends = cidrs.flatMap(({ family, first, last }) => [
    hostOf(family, first),
    hostOf(family, last),
  ]);
  const found = await ranges.at(vrfId, ends);
  const crossed = new Map<number, RangeRecord>();
  for (const [at, cidr] of cidrs.entries()) {
    const atEnds = [found[2 * at], found[2 * at + 1]].filter((range) => range !== undefined);
    const others = atEnds.filter((range) => !by || !isHeldBy(range, by));
    const cut = others.find(({ span }) => !contains(cidr, span));
    const held = atEnds.length === 2 ? others.find(isInQuarantine) : undefined;
    const inTheWay = cut ?? held;
    if (inTheWay) crossed.set(at, inTheWay);
  }
  return crossed;
}

/** Whether a range is in quarantine and may be taken back by whoever makes the change. */
export function isHeldBy(range: RangeRecord, { actor }: Change): boolean {
  const { holder } = range;
  return isInQuarantine(range) && holder?.type === actor.type && holder.id === actor.id;
}

/** Whether what was there was deleted lately. */
export function isInQuarantine({ purpose }: Pick<RangeRecord, 'purpose'>): boolean {
  return purpose === 'quarantine';
}

/** Checks that no range is in the way of a pool. @throws PoolError `range_taken` | `quarantined` */
export async function checkNoRange(
  stores: { readonly ranges: Pick<RangeStore, 'at'> },
  vrfId: number,
  cidr: Cidr,
): Promise<void> {
  const [range] = (await crossedRanges(stores, vrfId, [cidr])).values();
  if (range) throw rangeTaken(formatCidr(cidr), range, 'cidr');
}

/** What a range adds to what is used of its pool. */
export function usedBy({ countsAsUsed, span }: Pick<RangeRecord, 'countsAsUsed' | 'span'>): bigint {
  return countsAsUsed ? addressCount(span) : 0n;
}

/** What is left of a range without a block of it. */
export function spansWithout(span: AddressRange, block: AddressRange): AddressRange[] {
  const { family, first, last } = span;
  return [
    { family, first, last: block.first - 1n },
    { family, first: block.last + 1n, last },
  ].filter((each) => each.first <= each.last);
}

/** Whether addresses of a range can be somebody's. */
export function givesOut({ purpose }: Pick<RangeRecord, 'purpose'>): boolean {
  return purpose === 'dhcp' || purpose === 'reserved';
}
