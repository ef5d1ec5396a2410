import { gunzipSync } from 'node:zlib';
import { SnapshotFileError, type CloudScope } from '@cloudpam/reconciliation';
import type { Delivery } from './delivery';
import type { PackedSnapshot } from './packed-snapshot';
import type { Posting } from './post-snapshot';
import type { SnapshotFolder } from './snapshot-folder';

/** One file that waits. */
interface Waiting {
  readonly bytes: number;
  /** Undefined until somebody asks, for a file of an earlier process. */
  scope?: string;
}

/** A file that needs no more delivery: the server took it, or never will. */
export interface Settled {
  readonly runId: string;
  readonly sequence: number;
  readonly delivery: Delivery;
}

/** What became of the waiting files. */
export interface SpoolDelivery {
  readonly settled: readonly Settled[];
  /** Why it ended before the last file; undefined when it did not. */
  readonly away?: { readonly code: string; readonly detail: string };
}

/**
 * Snapshot files that wait for the server, in a folder that outlives the process. For one process
 * at a time.
 */
export class Spool {
  private readonly files = new Map<string, Waiting>();
  private adding: Promise<unknown> = Promise.resolve();
  private swept = false;

  constructor(
    private readonly folder: SnapshotFolder,
    private readonly limitBytes: number,
  ) {}

  /** Files that wait. */
  get waiting(): number {
    return this.files.size;
  }

  /** Finds what is in the folder, that of a killed process too. @throws the system's error */
  async open(): Promise<void> {
    await this.folder.make();
    if (!this.swept) await this.folder.sweep();
    this.swept = true;
    const names = await this.folder.names();
    for (const name of this.files.keys()) if (!names.includes(name)) this.files.delete(name);
    for (const name of names)
      if (!this.files.has(name)) this.files.set(name, { bytes: await this.folder.size(name) });
  }

  /**
   * Keeps a snapshot. Where the limit is reached, it drops the oldest files of scopes that have a
   * newer one; false when that makes no room. @throws the system's error
   */
  add(snapshot: PackedSnapshot): Promise<boolean> {
    // One after another, so that each knows how much room the one before it took.
    const added = this.adding.then(() => this.addNow(snapshot));
    this.adding = added.catch(() => undefined);
    return added;
  }

  /** Whether an older file of the scope waits. */
  async holds(scope: CloudScope): Promise<boolean> {
    for (const name of this.ordered()) if ((await this.scopeOf(name)) === keyOf(scope)) return true;
    return false;
  }

  /**
   * Posts what waits, oldest first. A server that is away ends it; a file that the server does not
   * take for now stays, with the younger ones of its scope. Files that were refused for good are
   * put aside.
   */
  async deliver(
    post: (posting: Posting) => Promise<Delivery>,
    stop: AbortSignal,
  ): Promise<SpoolDelivery> {
    const settled: Settled[] = [];
    const held = new Set<string>();
    for (const name of this.ordered()) {
      if (stop.aborted)
        return { settled, away: { code: 'stopped', detail: 'the collector was stopped' } };
      if (held.size > 0 && held.has(await this.scopeOf(name))) continue;
      const posting = await this.posting(name);
      if (!posting) continue;
      const delivery = await post(posting);
      if (delivery.kind === 'undelivered') {
        if (delivery.fatal || stop.aborted) return { settled, away: delivery };
        held.add(await this.scopeOf(name));
        continue;
      }
      // Of a stale one something newer was applied: that is as good as delivered.
      if (delivery.kind === 'refused' && delivery.code !== 'stale_snapshot')
        await this.folder.refuse(name, `${delivery.code}: ${delivery.detail}`);
      else await this.folder.remove(name);
      this.files.delete(name);
      settled.push({ runId: posting.runId, sequence: posting.sequence, delivery });
    }
    return { settled };
  }

  private async addNow(snapshot: PackedSnapshot): Promise<boolean> {
    const { name, bytes } = this.folder.file(snapshot);
    const scope = keyOf(snapshot.scope);
    if (!(await this.makeRoom(bytes.length, scope, runIn(name)))) return false;
    await this.folder.write(name, bytes);
    this.files.set(name, { bytes: bytes.length, scope });
    return true;
  }

  /** Undefined for a file that is gone or damaged; the latter is put aside. */
  private async posting(name: string): Promise<Posting | undefined> {
    try {
      const file = await this.folder.read(name);
      if (file) return { ...file.header, payload: Uint8Array.from(file.payload) };
    } catch (error) {
      if (!(error instanceof SnapshotFileError)) throw error;
      await this.folder.refuse(name, `${error.code}: ${error.message}`);
    }
    this.files.delete(name);
    return undefined;
  }

  private async makeRoom(
    bytes: number,
    incomingScope: string,
    incomingRun: string,
  ): Promise<boolean> {
    let used = [...this.files.values()].reduce((sum, file) => sum + file.bytes, 0);
    if (used + bytes <= this.limitBytes) return true;
    const names = this.ordered();
    const scopes: string[] = [];
    // One file in memory at a time.
    for (const name of names) scopes.push(await this.scopeOf(name));
    for (const [index, name] of names.entries()) {
      const scope = scopes[index] ?? '';
      if (used + bytes <= this.limitBytes) break;
      // Parts of one listing stay together: none of them is newer than another.
      const isNewer = (of: string, run: string): boolean => of === scope && run !== runIn(name);
      if (
        !isNewer(incomingScope, incomingRun) &&
        !names.some((each, at) => at > index && isNewer(scopes[at] ?? '', runIn(each)))
      )
        continue;
      used -= this.files.get(name)?.bytes ?? 0;
      this.files.delete(name);
      await this.folder.remove(name);
    }
    return used + bytes <= this.limitBytes;
  }

  private ordered(): string[] {
    return [...this.files.keys()].sort();
  }

  /** A damaged file is a scope of its own: it is newer or older than nothing. */
  private async scopeOf(name: string): Promise<string> {
    const waiting = this.files.get(name);
    if (waiting?.scope !== undefined) return waiting.scope;
    const scope = await this.folder
      .read(name)
      .then((file) => (file ? scopeIn(file.payload) : name))
      .catch(() => name);
    if (waiting) waiting.scope = scope;
    return scope;
  }
}

/** What the names of the files of one run begin with. */
function runIn(name: string): string {
  return name.slice(0, name.lastIndexOf('-'));
}

function keyOf({ provider, account, region }: CloudScope): string {
  return JSON.stringify([provider, account, region]);
}

/** @throws when the payload is not what a collector writes */
function scopeIn(payload: Uint8Array): string {
  // The signature told that a collector wrote it; anything else throws here or is no scope that
  // exists.
  const body = JSON.parse(gunzipSync(payload).toString('utf8')) as { scopes: [CloudScope] };
  return keyOf(body.scopes[0]);
}
