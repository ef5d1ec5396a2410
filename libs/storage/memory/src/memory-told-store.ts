import type {
  DueWarning,
  FindingKey,
  FindingsThere,
  FindingSubject,
  ToldFinding,
  ToldRound,
  ToldStore,
} from '@cloudpam/reconciliation';
import { StoredConflict } from '@cloudpam/pools';
import { joined } from './lookup';
import type { Tables } from './stores';

const ONLY = 1;
const DAY_MS = 86_400_000;

/** What the log was told, over Maps. */
export class MemoryToldStore implements ToldStore {
  constructor(private readonly tables: Tables) {}

  async of(subject: FindingSubject, subjectIds: readonly number[]): Promise<ToldFinding[]> {
    const asked = new Set(subjectIds);
    return this.ofSubject(subject).filter(({ facts }) => asked.has(facts.subject_id));
  }

  async subjectsAfter(subject: FindingSubject, id: number, limit: number): Promise<number[]> {
    const ids = new Set(this.ofSubject(subject).map(({ facts }) => facts.subject_id));
    return [...ids]
      .filter((each) => each > id)
      .sort((a, b) => a - b)
      .slice(0, limit);
  }

  async keep(findings: readonly ToldFinding[]): Promise<void> {
    for (const finding of findings) {
      const { subject, subject_id, type } = finding.facts;
      const key = joined(subject, subject_id, type);
      if (this.tables.toldFindings.has(key)) throw new StoredConflict('told_finding_pkey');
      this.tables.toldFindings.set(key, finding);
    }
  }

  async forget(keys: readonly FindingKey[]): Promise<void> {
    for (const { subject, subjectId, type } of keys)
      this.tables.toldFindings.delete(joined(subject, subjectId, type));
  }

  async counts(): Promise<FindingsThere> {
    const counts = new Map<string, number>();
    for (const { facts } of this.tables.toldFindings.all())
      counts.set(facts.type, (counts.get(facts.type) ?? 0) + 1);
    return Object.fromEntries(counts);
  }

  async lastRound(): Promise<ToldRound | undefined> {
    return this.tables.toldRound.get(ONLY);
  }

  async keepRound(round: ToldRound): Promise<void> {
    this.tables.toldRound.set(ONLY, round);
  }

  async dueWarnings(at: Date, days: readonly number[], limit: number): Promise<DueWarning[]> {
    const ascending = [...days].sort((a, b) => a - b);
    const found: DueWarning[] = [];
    const add = (lease: Omit<DueWarning, 'endsAt' | 'days'>, endsAt: Date | null): void => {
      if (endsAt === null || endsAt <= at) return;
      const left = endsAt.getTime() - at.getTime();
      const within = ascending.find((n) => left <= n * DAY_MS);
      if (within === undefined) return;
      const last = this.tables.leaseWarnings.get(joined(lease.leaseOf, lease.id));
      if (last && last.endsAt.getTime() === endsAt.getTime() && last.days <= within) return;
      found.push({ ...lease, endsAt, days: within });
    };
    for (const { id, vrfId, accountId, kind, name, cidr, expiresAt } of this.tables.pools.all())
      add({ leaseOf: 'pool', id, vrfId, accountId, kind, name, span: spanOf(cidr) }, expiresAt);
    for (const { id, vrfId, accountId, name, cidr, expiresAt } of this.tables.addresses.all()) {
      const place = { id, vrfId, accountId, name, span: spanOf(cidr) };
      add({ leaseOf: 'address', kind: 'address', ...place }, expiresAt);
    }
    for (const { id, vrfId, accountId, name, span, until } of this.tables.ranges.all()) {
      const place = { id, vrfId, accountId, name, span: spanOf(span) };
      add({ leaseOf: 'range', kind: 'range', ...place }, until);
    }
    return found.slice(0, limit);
  }

  async keepWarnings(warnings: readonly DueWarning[]): Promise<void> {
    for (const { leaseOf, id, endsAt, days } of warnings)
      this.tables.leaseWarnings.set(joined(leaseOf, id), { endsAt, days });
  }

  async forgetWarnings(endedBefore: Date, limit: number): Promise<number> {
    const old = this.tables.leaseWarnings
      .entries()
      .filter(([, { endsAt }]) => endsAt < endedBefore)
      .slice(0, limit);
    for (const [key] of old) this.tables.leaseWarnings.delete(key);
    return old.length;
  }

  private ofSubject(subject: FindingSubject): ToldFinding[] {
    return this.tables.toldFindings.all().filter(({ facts }) => facts.subject === subject);
  }
}

function spanOf({ family, first, last }: DueWarning['span']): DueWarning['span'] {
  return { family, first, last };
}
