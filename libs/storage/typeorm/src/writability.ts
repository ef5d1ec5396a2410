import { StorageUnavailable } from '@cloudpam/audit';

/** How a database is: it reads and writes, or it reads only. */
export type Readiness = 'ready' | 'read_only';

/** What the last writes have told of the database. */
export class Writability {
  private last: Readiness = 'ready';

  get readiness(): Readiness {
    return this.last;
  }

  /** Notes how a write ended, and passes its end on. */
  async noted<T>(write: Promise<T>): Promise<T> {
    try {
      const result = await write;
      this.last = 'ready';
      return result;
    } catch (error) {
      if (error instanceof StorageUnavailable && error.reason === 'read_only')
        this.last = 'read_only';
      throw error;
    }
  }
}
