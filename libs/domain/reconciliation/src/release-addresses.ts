import { write, type Change } from '@cloudpam/audit';
import { discoveryEvent } from './discovery-events';
import type { ReconciliationUnitOfWork } from './reconciliation-stores';

/** Ends the holding of addresses that are gone from their cloud. Run by the server from time to time. */
export class ReleaseAddresses {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /**
   * Gives the number of addresses that are free again.
   * @param cooldown milliseconds since a complete listing was first without the address
   */
  execute(change: Change, cooldown: number): Promise<number> {
    const before = new Date(change.at.getTime() - cooldown);
    return write(this.unitOfWork, change, async (stores) => {
      const count = await stores.observed.purge(before);
      if (count > 0)
        await stores.audit.append([
          discoveryEvent(change, 'scope.release_addresses', `gone before ${before.toISOString()}`, {
            before: { count },
            after: null,
          }),
        ]);
      return count;
    });
  }
}
