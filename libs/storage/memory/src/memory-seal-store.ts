import type { AuditEntry, AuditSeal, SealedEntry, SealStore, Unsealed } from '@cloudpam/audit';
import { StoredConflict } from '@cloudpam/pools';
import type { Tables } from './stores';

/** The chain over Maps. */
export class MemorySealStore implements SealStore {
  constructor(private readonly tables: Tables) {}

  /** Runs go one at a time. */
  async tryLock(): Promise<boolean> {
    return true;
  }

  async head(): Promise<AuditSeal | undefined> {
    return this.tables.seals.get(this.tables.seals.size);
  }

  async waiting(limit: number): Promise<AuditEntry[]> {
    return this.tables.audit
      .getMany(this.tables.unsealed.all())
      .sort((a, b) => a.id - b.id)
      .slice(0, limit);
  }

  async append(seals: readonly AuditSeal[]): Promise<void> {
    for (const seal of seals) {
      if (this.tables.seals.has(seal.seq)) throw new StoredConflict('audit_seal_pkey');
      if (!this.tables.unsealed.delete(seal.entryId)) throw new StoredConflict('audit_seal_entry');
      this.tables.seals.set(seal.seq, seal);
    }
  }

  async sealed(afterSeq: number, limit: number): Promise<SealedEntry[]> {
    const seqs = Array.from(
      { length: Math.min(limit, Math.max(this.tables.seals.size - afterSeq, 0)) },
      (_, at) => afterSeq + 1 + at,
    );
    return this.tables.seals
      .getMany(seqs)
      .map((seal) => ({ seal, entry: this.tables.audit.get(seal.entryId) }));
  }

  async missingGuards(): Promise<string[]> {
    return [];
  }

  /** Nothing but this adapter reaches the Maps. */
  async unsealed(): Promise<Unsealed> {
    return {
      waiting: this.tables.unsealed.size,
      withoutSeal: null,
      withoutEntry: null,
      copied: null,
    };
  }
}
