import {
  entryPages,
  isInScope,
  type AccessScope,
  type AuditEntry,
  type AuditReader,
} from '@cloudpam/audit';
import { contains, parseAddress, type Cidr } from '@cloudpam/cidr';
import type { Pause } from '../past-tree';
import { PoolError } from '../pool-error';
import { InvalidCursor } from '../pool-store';
import type { AddressFacts } from './address-events';
import { hostOf } from './address-record';

/** Entries of one reading; more would keep other requests waiting. */
const PAGE = 500;
/** So many records are in memory at most. */
const MOST = 100_000;
/** So many entries of the log are read at most: each page of them is looked for anew. */
const MOST_ENTRIES = 200_000;

/** An address record as the audit log tells of it. */
export interface PastAddress {
  readonly id: number;
  readonly facts: AddressFacts;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Where they lay, and their name. */
export interface PastFilter {
  readonly vrfId: number;
  readonly cidr: Cidr;
  /** Exactly this one. */
  readonly name?: string | undefined;
}

/** A page: after so many records, or after the cursor of an earlier page. */
export interface PastPage {
  readonly size: number;
  readonly skip?: number;
  readonly after?: string | undefined;
}

/** A page of the address records of a time past, in address order. */
export interface PastAddressList {
  readonly items: readonly PastAddress[];
  readonly total: number;
  /** For the next page; null after the last. */
  readonly nextCursor: string | null;
}

/** Reads the address records of a time past. */
export class ReadPastAddresses {
  /** @param accessScope undefined without limits */
  constructor(
    private readonly reader: AuditReader,
    private readonly accessScope: AccessScope | undefined,
  ) {}

  /**
   * Those that lay in a CIDR of a VRF at a moment, that moment included. Reads all that ever happened to addresses
   * there until then.
   * @param pause called again and again
   * @throws PoolError `refused_range` where they are more than 100,000, or have more than 200,000 entries;
   *   InvalidCursor
   */
  async within(
    { name, ...place }: PastFilter,
    at: Date,
    { size, skip = 0, after }: PastPage,
    pause: Pause,
  ): Promise<PastAddressList> {
    const states = await this.statesIn(place, at, pause);
    const found = [...states.values()]
      .map((state) => ({ state, host: hostOfFacts(state.facts) }))
      .filter(
        ({ state, host }) =>
          (name === undefined || state.facts.name === name) && this.isVisible(state, host),
      )
      .sort((a, b) => (a.host.first < b.host.first ? -1 : a.host.first > b.host.first ? 1 : 0));
    const start =
      after === undefined ? skip : found.findIndex(({ state }) => String(state.id) === after) + 1;
    if (after !== undefined && start === 0) throw new InvalidCursor();
    const items = found.slice(start, start + size).map(({ state }) => state);
    const last = items.at(-1);
    return {
      items,
      total: found.length,
      nextCursor: last && start + size < found.length ? String(last.id) : null,
    };
  }

  private async statesIn(
    { vrfId, cidr }: { readonly vrfId: number; readonly cidr: Cidr },
    at: Date,
    pause: Pause,
  ): Promise<Map<number, PastAddress>> {
    const top = { vrfId, cidr, kind: 'container' };
    const filter = {
      entityType: 'address',
      until: new Date(at.getTime() + 1),
      accessScope: { accountIds: null, under: [top] },
    };
    const states = new Map<number, PastAddress>();
    let read = 0;
    for await (const entries of entryPages(this.reader, filter, PAGE)) {
      for (const entry of entries) {
        const id = Number(entry.entityId);
        const now = entry.place;
        const isHere = now?.vrfId === vrfId && now.cidr !== null && contains(cidr, now.cidr);
        // One that was moved here was told of in full before that.
        const before =
          states.get(id) ?? (isHere && entry.diff.before ? await this.before(entry) : undefined);
        const state = isHere ? stateAfter(before, entry) : undefined;
        if (state) states.set(id, state);
        else states.delete(id);
      }
      read += entries.length;
      if (states.size > MOST || read > MOST_ENTRIES)
        throw new PoolError(
          'refused_range',
          'Too much has happened to addresses there to tell: ask for those of a smaller pool.',
        );
      await pause();
    }
    return states;
  }

  /** What the record was before one of its events. */
  private async before({ id, entityId, at }: AuditEntry): Promise<PastAddress | undefined> {
    let state: PastAddress | undefined;
    const filter = { entityType: 'address', entityId, until: new Date(at.getTime() + 1) };
    for await (const entries of entryPages(this.reader, filter, PAGE))
      for (const entry of entries) if (entry.id < id) state = stateAfter(state, entry);
    return state;
  }

  private isVisible({ facts }: PastAddress, cidr: Cidr): boolean {
    const { account_id: accountId, vrf_id: vrfId } = facts;
    return (
      !this.accessScope || isInScope(this.accessScope, { accountId, vrfId, cidr, kind: 'address' })
    );
  }
}

/** The first event has all facts, later ones those that changed. */
function stateAfter(
  before: PastAddress | undefined,
  { entityId, at, diff }: AuditEntry,
): PastAddress | undefined {
  if (!diff.after) return undefined;
  const facts = { ...before?.facts, ...diff.after } as AddressFacts; // as the events tell them
  return { id: Number(entityId), facts, createdAt: before?.createdAt ?? at, updatedAt: at };
}

function hostOfFacts({ address }: AddressFacts): Cidr {
  const { family, value } = parseAddress(address);
  return hostOf(family, value);
}
