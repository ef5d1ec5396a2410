import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Patience } from '../server/retrying';
import type { Backlog, Delivery, SnapshotDelivery } from './delivery';
import type { Schemas } from '@cloudpam/api-client';
import type { PackedSnapshot, Run } from './packed-snapshot';
import { postSnapshot, postTogether, type DeliveryTarget } from './post-snapshot';

// What the server takes in one request: 32 MiB unpacked, and this many scopes.
const MOST_BYTES = 32_000_000;
const MOST_SCOPES = 10_000;

interface Request {
  readonly snapshots: PackedSnapshot[];
  readonly scopes: Schemas['Snapshot']['scopes'];
  bytes: number;
}

/**
 * Asks what a run would do. What becomes of a scope follows from those before it, so all of them
 * are kept until the last one is read, and the server judges them together.
 */
export class DryRunDelivery implements SnapshotDelivery {
  private readonly held: PackedSnapshot[] = [];
  private probe: Promise<Delivery> | undefined;

  /**
   * @param log told when the scopes do not fit into one request, or could not be judged together
   */
  constructor(
    private readonly target: DeliveryTarget,
    private readonly patience: Patience,
    private readonly log: (text: string) => void,
  ) {}

  async catchUp(): Promise<void> {
    // Nothing is kept beyond a run.
  }

  /** The first scope tells at once whether the server can be asked at all. */
  async deliver(snapshot: PackedSnapshot, stop: AbortSignal): Promise<Delivery> {
    const isFirst = this.probe === undefined;
    const said = await (this.probe ??= this.alone(snapshot, stop));
    if (said.kind === 'undelivered' && said.fatal) return said;
    if (snapshot.waits) return isFirst ? said : this.alone(snapshot, stop);
    this.held.push(snapshot);
    return { kind: 'held' };
  }

  async finish(run: Run, stop: AbortSignal): Promise<Backlog> {
    const settled = new Map<number, Delivery>();
    let requests = 0;
    for await (const request of requestsOf(this.held)) {
      requests++;
      for (const [sequence, delivery] of await this.judge(run, request, stop))
        settled.set(sequence, delivery);
    }
    if (requests > 1)
      this.log(
        `dry run: the scopes are too many for one request; they were judged in ${requests} ` +
          'parts, each as if it were alone',
      );
    this.held.length = 0;
    return { waiting: 0, settled };
  }

  private async judge(
    run: Run,
    { snapshots, scopes }: Request,
    stop: AbortSignal,
  ): Promise<Map<number, Delivery>> {
    const settled = new Map<number, Delivery>();
    const [first] = snapshots;
    if (!first) return settled;
    if (snapshots.length === 1) return settled.set(first.sequence, await this.alone(first, stop));
    const payload = await packed({ ...(await unpacked(first)).body, scopes });
    const judgement = await postTogether(
      { runId: run.runId, sequence: first.sequence, payload },
      this.target,
      this.patience,
      stop,
    );
    if (judgement.kind === 'refused') {
      this.log(
        'dry run: the server refused the scopes together, so each was judged as if it were ' +
          `alone: ${judgement.code}: ${judgement.detail}`,
      );
      for (const each of snapshots) settled.set(each.sequence, await this.alone(each, stop));
      return settled;
    }
    for (const { sequence, scope } of snapshots)
      settled.set(sequence, judgement.kind === 'judged' ? judgement.of(scope) : judgement);
    return settled;
  }

  private alone(
    { run, sequence, payload, waits }: PackedSnapshot,
    stop: AbortSignal,
  ): Promise<Delivery> {
    return postSnapshot(
      { runId: run.runId, sequence, payload, waits },
      this.target,
      this.patience,
      stop,
    );
  }
}

/** As few requests as the scopes fit into, one unpacked at a time. */
async function* requestsOf(held: readonly PackedSnapshot[]): AsyncGenerator<Request> {
  let request: Request = { snapshots: [], scopes: [], bytes: 0 };
  for (const snapshot of [...held].sort((a, b) => a.sequence - b.sequence)) {
    const { body, bytes } = await unpacked(snapshot);
    if (
      request.snapshots.length > 0 &&
      (request.bytes + bytes > MOST_BYTES || request.snapshots.length === MOST_SCOPES)
    ) {
      yield request;
      request = { snapshots: [], scopes: [], bytes: 0 };
    }
    request.snapshots.push(snapshot);
    request.scopes.push(...body.scopes);
    request.bytes += bytes;
  }
  if (request.snapshots.length > 0) yield request;
}

async function unpacked({
  payload,
}: PackedSnapshot): Promise<{ readonly body: Schemas['Snapshot']; readonly bytes: number }> {
  const text = await promisify(gunzip)(payload);
  // Packed by `packSnapshot`.
  return { body: JSON.parse(text.toString('utf8')) as Schemas['Snapshot'], bytes: text.length };
}

function packed(body: Schemas['Snapshot']): Promise<Uint8Array<ArrayBuffer>> {
  return promisify(gzip)(JSON.stringify(body));
}
