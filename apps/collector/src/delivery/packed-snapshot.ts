import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import { discoveryBody } from './discovery-body';

/** The run that a snapshot belongs to. */
export interface Run {
  /** UUID. */
  readonly runId: string;
  readonly startedAt: Date;
}

/** The gzipped body of `POST /api/v1/discovery` for one scope, and its place in its run. */
export interface PackedSnapshot {
  readonly run: Run;
  /**
   * From 1. With the run's id it names the delivery: whatever is sent twice under it counts once.
   */
  readonly sequence: number;
  readonly scope: CloudScope;
  /** It is kept by the server until the last part of its listing is there. */
  readonly waits: boolean;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Packs a snapshot for the wire. */
export async function packSnapshot(
  run: Run,
  sequence: number,
  snapshot: ScopeSnapshot,
): Promise<PackedSnapshot> {
  const { provider, account, region, part } = snapshot;
  const payload = await promisify(gzip)(JSON.stringify(discoveryBody(run.runId, snapshot)));
  return {
    run,
    sequence,
    scope: { provider, account, region },
    waits: part !== undefined && !part.last,
    payload,
  };
}
