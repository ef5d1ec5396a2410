import { gunzipSync } from 'node:zlib';
import type { ScopeSnapshot } from '@cloudpam/reconciliation';
import { readCollectorToken, type CollectorToken } from '../delivery/collector-token';
import type { Schemas } from '@cloudpam/api-client';
import { packSnapshot, type PackedSnapshot, type Run } from '../delivery/packed-snapshot';
import { GOOD_TOKEN } from './discovery-double';

/** The parts of GOOD_TOKEN. */
export function goodSigner(): CollectorToken {
  const token = readCollectorToken(GOOD_TOKEN);
  if (!token) throw new Error('GOOD_TOKEN is no token');
  return token;
}

/** The n-th run: a later one for a higher number. */
export function runNumber(n: number): Run {
  return {
    runId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    startedAt: new Date(Date.UTC(2026, 0, 1, n)),
  };
}

/** An empty snapshot of a region of one account, of the n-th run. */
export function packed(
  region: string,
  sequence: number,
  run = 1,
  name = 'a',
  part?: ScopeSnapshot['part'],
): Promise<PackedSnapshot> {
  const snapshot: ScopeSnapshot = {
    provider: 'aws',
    account: '111122223333',
    accountName: name,
    region,
    coverage: 'complete',
    collectedAt: runNumber(run).startedAt,
    networks: [],
    resources: [],
    ...(part && { part }),
  };
  return packSnapshot(runNumber(run), sequence, snapshot);
}

/** What was packed. */
export function bodyOf({ payload }: PackedSnapshot): Schemas['Snapshot'] {
  return JSON.parse(gunzipSync(payload).toString('utf8')) as Schemas['Snapshot']; // packed by `packSnapshot`
}
