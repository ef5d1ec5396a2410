import {
  isInScope,
  isLocated,
  type AccessScope,
  type AuditEntry,
  type AuditFilter,
  type AuditStore,
  type Diff,
  type Place,
} from '@cloudpam/audit';
import { readPoolEvent } from '@cloudpam/pools';

type Facts = NonNullable<Diff['before']>;

/** What was known of a pool, address or range around an entry about it. */
interface Around {
  readonly before: Facts;
  readonly after: Facts;
}

const PAGE = 1_000;

/**
 * Events of an access scope as someone with limits may read them: of one that brought a pool, address
 * or range into it, or took it out, the side that lies in it, with all that was known of it there.
 */
export class VisibleEntries {
  private readonly histories = new Map<string, Promise<ReadonlyMap<number, Around>>>();

  constructor(
    private readonly audit: Pick<AuditStore, 'scan'>,
    private readonly accessScope: AccessScope,
  ) {}

  /** @param entries of the access scope */
  async redacted(entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
    const redacted: AuditEntry[] = [];
    for (const entry of entries) redacted.push(withoutParent(await this.withinScope(entry)));
    return redacted;
  }

  private async withinScope(entry: AuditEntry): Promise<AuditEntry> {
    const { place, formerPlace } = entry;
    if (entry.entityType === 'finding') return withoutOthers(entry);
    if (!formerPlace) return entry;
    const [was, is] = [this.isVisible(formerPlace), this.isVisible(place)];
    if (was && is) return entry;
    const around = (await this.historyOf(entry)).get(entry.id);
    return {
      ...entry,
      place: is ? place : formerPlace,
      formerPlace: null,
      // It may say where that went, or came from.
      reason: null,
      diff: {
        before: was ? (around?.before ?? null) : null,
        after: is ? (around?.after ?? null) : null,
      },
    };
  }

  private historyOf({ entityType, entityId }: AuditEntry): Promise<ReadonlyMap<number, Around>> {
    const about = `${entityType}/${entityId}`;
    const known = this.histories.get(about) ?? this.read({ entityType, entityId });
    this.histories.set(about, known);
    return known;
  }

  private async read(about: AuditFilter): Promise<ReadonlyMap<number, Around>> {
    const states = new Map<number, Around>();
    let facts: Facts = {};
    for (let beyond: number | undefined; ;) {
      const from = { order: 'oldest', ...(beyond === undefined ? {} : { beyond }) } as const;
      const entries = await this.audit.scan(about, from, PAGE);
      for (const entry of entries) {
        const told = entry.entityType === 'pool' ? readPoolEvent(entry) : entry.diff;
        const before = { ...facts, ...told.before };
        facts = { ...before, ...told.after };
        states.set(entry.id, { before, after: facts });
      }
      if (entries.length < PAGE) return states;
      beyond = entries.at(-1)?.id;
    }
  }

  private isVisible(place: Place | null): boolean {
    return place !== null && isLocated(place) && isInScope(this.accessScope, place);
  }
}

/** A finding without the pools, networks and regions beyond the access scope that it may name. */
function withoutOthers(entry: AuditEntry): AuditEntry {
  const without = (facts: Facts | null): Facts | null => {
    if (!facts || facts['subject'] === 'pool') return facts;
    const { pool_id: _pool, pool_name: _name, detail: _detail, region, ...rest } = facts;
    // Of an address record it is that of the scope that was listed.
    return facts['subject'] === 'address' ? rest : { ...rest, region: region ?? null };
  };
  return {
    ...entry,
    diff: { before: without(entry.diff.before), after: without(entry.diff.after) },
  };
}

function withoutParent(entry: AuditEntry): AuditEntry {
  const without = (facts: Facts | null): Facts | null => {
    if (!facts) return facts;
    const { parent_id: _, ...rest } = facts;
    return rest;
  };
  return {
    ...entry,
    diff: { before: without(entry.diff.before), after: without(entry.diff.after) },
  };
}
