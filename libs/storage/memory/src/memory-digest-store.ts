import type { Digest, DigestStore } from '@cloudpam/digests';
import { MemoryNamedStore } from './memory-named-store';
import type { Tables } from './stores';

/** Digests over a Map. */
export class MemoryDigestStore extends MemoryNamedStore<Digest> implements DigestStore {
  constructor(tables: Tables) {
    super(tables.digests, 'digest_name_unique');
  }
}
