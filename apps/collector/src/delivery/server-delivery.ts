import type { Patience } from '../server/retrying';
import { NO_BACKLOG, type Backlog, type Delivery, type SnapshotDelivery } from './delivery';
import type { PackedSnapshot } from './packed-snapshot';
import { postSnapshot, type DeliveryTarget } from './post-snapshot';

/** Posts each snapshot to the server; what it does not take is lost. */
export class ServerDelivery implements SnapshotDelivery {
  constructor(
    private readonly target: DeliveryTarget,
    private readonly patience: Patience,
  ) {}

  async catchUp(): Promise<void> {
    // Nothing is kept.
  }

  deliver({ run, sequence, payload }: PackedSnapshot, stop: AbortSignal): Promise<Delivery> {
    return postSnapshot({ runId: run.runId, sequence, payload }, this.target, this.patience, stop);
  }

  async finish(): Promise<Backlog> {
    return NO_BACKLOG;
  }
}
