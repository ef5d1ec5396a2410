import {
  RESOURCE_BYTES,
  type ListedPart,
  type PartedListing,
  type PartStore,
} from '@cloudpam/reconciliation';
import type { PartRow, Tables } from './stores';

/** Parts over a Map. */
export class MemoryPartStore implements PartStore {
  constructor(private readonly tables: Tables) {}

  async keep(listing: PartedListing, number: number, part: ListedPart, at: Date): Promise<void> {
    const text = Buffer.byteLength(
      JSON.stringify(part, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    );
    const bytes = text + RESOURCE_BYTES * (part.resources.length + (part.addresses?.length ?? 0));
    this.tables.parts.set(rowKey(listing, number), { listing, number, part, bytes, keptAt: at });
  }

  async numbers(listing: PartedListing): Promise<number[]> {
    return this.of(listing)
      .map(({ number }) => number)
      .sort((a, b) => a - b);
  }

  async part(listing: PartedListing, number: number): Promise<ListedPart | undefined> {
    return this.tables.parts.get(rowKey(listing, number))?.part;
  }

  async bytesOf(deliverer: string): Promise<number> {
    return this.tables.parts
      .all()
      .reduce((sum, { listing, bytes }) => sum + (listing.deliverer === deliverer ? bytes : 0), 0);
  }

  async drop(listing: PartedListing, othersBefore: Date): Promise<void> {
    const ofScope = this.tables.parts
      .entries()
      .filter(([, row]) => isOfScope(row.listing, listing))
      .filter(([, row]) => row.listing.runId === listing.runId || row.keptAt < othersBefore);
    for (const [key] of ofScope) this.tables.parts.delete(key);
  }

  async purge(before: Date): Promise<number> {
    const old = this.tables.parts.entries().filter(([, { keptAt }]) => keptAt < before);
    for (const [key] of old) this.tables.parts.delete(key);
    return old.length;
  }

  private of(listing: PartedListing): PartRow[] {
    return this.tables.parts.all().filter((row) => rowKey(row.listing, 0) === rowKey(listing, 0));
  }
}

function isOfScope(one: PartedListing, other: PartedListing): boolean {
  return rowKey({ ...one, runId: '' }, 0) === rowKey({ ...other, runId: '' }, 0);
}

function rowKey(
  { deliverer, runId, provider, account, region }: PartedListing,
  number: number,
): string {
  return JSON.stringify([deliverer, runId, provider, account, region, number]);
}
