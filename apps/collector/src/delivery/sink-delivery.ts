import { NO_BACKLOG, type Backlog, type Delivery, type SnapshotDelivery } from './delivery';
import type { PackedSnapshot } from './packed-snapshot';
import type { SnapshotFolder } from './snapshot-folder';

/** Writes each snapshot as a signed file, for somebody else to carry to the server. */
export class SinkDelivery implements SnapshotDelivery {
  constructor(private readonly folder: SnapshotFolder) {}

  /** @throws when there is no such folder and none can be made */
  async catchUp(): Promise<void> {
    await this.folder.make();
  }

  async deliver(snapshot: PackedSnapshot): Promise<Delivery> {
    try {
      const { name, bytes } = this.folder.file(snapshot);
      await this.folder.write(name, bytes);
      return { kind: 'written', file: name };
    } catch (error) {
      // Of the file system; reading fields is safe for any other.
      const { code = 'sink_failed', message } = error as NodeJS.ErrnoException;
      return { kind: 'undelivered', code, detail: message, fatal: true, later: false };
    }
  }

  async finish(): Promise<Backlog> {
    return NO_BACKLOG;
  }
}
