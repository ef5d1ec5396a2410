import {
  isInScope,
  type AuditEntry,
  type AuditStore,
  type Diff,
  type AccessScope,
} from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';

type Facts = NonNullable<Diff['before']>;

/** What was known of a pool around an entry about it. */
interface Around {
  readonly before: Facts;
  readonly after: Facts;
}

const PAGE = 1_000;

/**
 * Entries as someone with limits may read them. A pool that lies in the access scope now may have lain
 * beyond it when the entry was written: that side is left out, as the past is told without it.
 */
export class VisibleEntries {
  private readonly histories = new Map<string, Promise<ReadonlyMap<number, Around>>>();

  constructor(
    private readonly audit: Pick<AuditStore, 'scan'>,
    private readonly accessScope: AccessScope,
  ) {}

  async redacted(entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
    const redacted: AuditEntry[] = [];
    for (const entry of entries)
      redacted.push(entry.entityType === 'pool' ? await this.ofPool(entry) : entry);
    return redacted.map(withoutParent);
  }

  private async ofPool(entry: AuditEntry): Promise<AuditEntry> {
    const { before, after } = entry.diff;
    // What makes or ends a pool tells all of it; the rest tells what changed.
    const around =
      before && after ? (await this.historyOf(entry.entityId)).get(entry.id) : undefined;
    const [was, is] = [around?.before ?? before, around?.after ?? after];
    const [wasSeen, isSeen] = [was !== null && this.isSeen(was), is !== null && this.isSeen(is)];
    if ((was === null || wasSeen) && (is === null || isSeen)) return entry;
    if (!wasSeen && !isSeen) return { ...entry, diff: { before: null, after: null }, reason: null };
    return { ...entry, diff: { before: wasSeen ? was : null, after: isSeen ? is : null } };
  }

  private historyOf(pool: string): Promise<ReadonlyMap<number, Around>> {
    const known = this.histories.get(pool) ?? this.read(pool);
    this.histories.set(pool, known);
    return known;
  }

  private async read(pool: string): Promise<ReadonlyMap<number, Around>> {
    const states = new Map<number, Around>();
    let facts: Facts = {};
    for (let beyond: number | undefined; ;) {
      const from = { order: 'oldest', ...(beyond === undefined ? {} : { beyond }) } as const;
      const entries = await this.audit.scan({ entityType: 'pool', entityId: pool }, from, PAGE);
      for (const { id, diff } of entries) {
        const before = { ...facts, ...diff.before };
        facts = { ...before, ...diff.after };
        states.set(id, { before, after: facts });
      }
      if (entries.length < PAGE) return states;
      beyond = entries.at(-1)?.id;
    }
  }

  private isSeen({ account_id: accountId, vrf_id: vrfId, cidr, kind }: Facts): boolean {
    if (typeof cidr !== 'string') return false;
    const place = {
      accountId: typeof accountId === 'number' ? accountId : null,
      vrfId: Number(vrfId),
      cidr: parseCidr(cidr),
      kind: String(kind),
    };
    return isInScope(this.accessScope, place);
  }
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
