import { FIRST_HASH, sealHash, type Sha256 } from './audit-record';
import type { SealStore } from './seal-store';
import type { UnitOfWork } from './unit-of-work';

const BATCH = 500;

/** What sealing asks of a storage. */
export interface SealingStores {
  readonly seals: SealStore;
}

/**
 * Appends committed entries to the chain. Writers know nothing of it and never wait for it: one
 * server process at a time seals what all of them have written, in the order in which it finds it.
 */
export class SealAudit {
  constructor(
    private readonly unitOfWork: UnitOfWork<SealingStores>,
    private readonly sha256: Sha256,
  ) {}

  /**
   * Seals until nothing waits, `stop` is given, or another process seals. Gives the number of new
   * seals.
   */
  async execute(stop?: AbortSignal): Promise<number> {
    for (let sealed = 0; ;) {
      // Looks first: an idle server must not keep the writer of an SQLite file busy.
      if (
        stop?.aborted ||
        (await this.unitOfWork.read(({ seals }) => seals.waiting(1))).length === 0
      )
        return sealed;
      const added = await this.unitOfWork.run((stores) => this.sealSome(stores));
      if (added === 0) return sealed;
      sealed += added;
    }
  }

  private async sealSome({ seals }: SealingStores): Promise<number> {
    if (!(await seals.tryLock())) return 0;
    const entries = await seals.waiting(BATCH);
    let { seq, hash } = (await seals.head()) ?? { seq: 0, hash: FIRST_HASH };
    await seals.append(
      entries.map((entry) => {
        hash = sealHash(this.sha256, hash, entry);
        seq += 1;
        return { seq, entryId: entry.id, hash };
      }),
    );
    return entries.length;
  }
}
