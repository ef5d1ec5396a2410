import type { Digest, DigestStore } from '@cloudpam/digests';
import { StoredConflict } from '@cloudpam/pools';
import type { Tables } from './stores';

/** Digests over a Map. */
export class MemoryDigestStore implements DigestStore {
  constructor(private readonly tables: Tables) {}

  async all(): Promise<Digest[]> {
    return this.tables.digests.all().sort((a, b) => a.id - b.id);
  }

  async get(id: number): Promise<Digest | undefined> {
    return this.tables.digests.get(id);
  }

  async lock(id: number): Promise<Digest | undefined> {
    return this.tables.digests.get(id);
  }

  async insert(digest: Omit<Digest, 'id'>): Promise<Digest> {
    const stored = { ...digest, id: this.tables.digests.takeId() };
    this.check(stored);
    this.tables.digests.set(stored.id, stored);
    return stored;
  }

  async save(digest: Digest): Promise<void> {
    this.check(digest);
    this.tables.digests.update(digest.id, () => digest);
  }

  async remove(id: number): Promise<void> {
    this.tables.digests.delete(id);
  }

  private check({ id, name }: Digest): void {
    if (this.tables.digests.all().some((each) => each.id !== id && each.name === name))
      throw new StoredConflict('digest_name_unique');
  }
}
