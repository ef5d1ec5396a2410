import { parseCidr } from '@cloudpam/cidr';
import type { CloudScope, ListedPart, ScopeSnapshot } from '@cloudpam/reconciliation';
import { bodyOf } from '../testing/packed.fixture';
import { NO_BACKLOG, type Delivery, type SnapshotDelivery } from './delivery';
import type { Schemas } from '@cloudpam/api-client';
import { ScopeParts } from './scope-parts';

const SCOPE: CloudScope = { provider: 'aws', account: '111122223333', region: 'eu-west-1' };
const BEGUN = new Date('2026-01-02T03:04:05Z');
const ACCEPTED: Delivery = {
  kind: 'accepted',
  counts: { imported: 0, updated: 0, orphaned: 0, unchanged: 0, conflicts: 0 },
};
const GONE: Delivery = {
  kind: 'undelivered',
  code: 'ECONNREFUSED',
  detail: 'gone',
  fatal: true,
  later: true,
};
const OF = { ownerAccount: SCOPE.account, region: SCOPE.region };
const VPC = { externalId: 'vpc-1', name: 'prod', isDefault: false, ...OF };

/** A subnet with tags of so many megabytes. */
function subnet(id: string, megabytes: number): ListedPart {
  const cidr = parseCidr('10.0.0.0/24');
  const tags = { long: 'x'.repeat(megabytes * 1_000_000) };
  return {
    networks: [],
    resources: [
      {
        kind: 'subnet',
        externalId: id,
        networkExternalId: 'vpc-1',
        zoneId: null,
        name: id,
        tags,
        cidr,
        ...OF,
      },
    ],
  };
}

function snapshotOf(
  part: ListedPart,
  coverage: ScopeSnapshot['coverage'] = 'complete',
): ScopeSnapshot {
  return { ...SCOPE, ...part, coverage, collectedAt: new Date(BEGUN.getTime() + 1_000) };
}

type PostedScope = Schemas['ScopeSnapshot'];

function scopeParts(answers: readonly Delivery[] = []): {
  readonly parts: ScopeParts;
  readonly posted: PostedScope[];
} {
  const posted: PostedScope[] = [];
  const delivery: SnapshotDelivery = {
    catchUp: async () => undefined,
    finish: async () => NO_BACKLOG,
    deliver: async (packed) => {
      posted.push(...bodyOf(packed).scopes);
      return answers[posted.length - 1] ?? ACCEPTED;
    },
  };
  let sequence = 6;
  const parts = new ScopeParts(
    delivery,
    { runId: 'run-1', startedAt: BEGUN },
    SCOPE,
    BEGUN,
    () => ++sequence,
    new AbortController().signal,
  );
  return { parts, posted };
}

const told = ({ coverage, part, networks, resources }: PostedScope): object => ({
  coverage,
  part,
  networks: networks.length,
  ids: resources.map((each) => each.external_id),
});

describe('ScopeParts', () => {
  it('delivers a small scope as one snapshot', async () => {
    const { parts, posted } = scopeParts();
    await parts.take({ networks: [VPC], resources: [] });
    await parts.take(subnet('subnet-a', 1));
    expect(await parts.end(snapshotOf(subnet('subnet-b', 1)))).toEqual({
      delivery: ACCEPTED,
      sequence: 7,
      vpcs: 1,
      subnets: 2,
    });
    expect(posted.map(told)).toEqual([
      { coverage: 'complete', part: undefined, networks: 1, ids: ['subnet-a', 'subnet-b'] },
    ]);
  });

  it('delivers each part of a large scope once, and with the last one what the whole is', async () => {
    const { parts, posted } = scopeParts();
    await parts.take({ networks: [VPC], resources: [] });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await parts.take(subnet(id, 2));
    expect(await parts.end(snapshotOf({ networks: [], resources: [] }))).toEqual({
      delivery: ACCEPTED,
      sequence: 9,
      vpcs: 1,
      subnets: 5,
    });
    expect(posted.map(told)).toEqual([
      { coverage: 'partial', part: { number: 1, last: false }, networks: 1, ids: ['a', 'b'] },
      { coverage: 'partial', part: { number: 2, last: false }, networks: 0, ids: ['c', 'd'] },
      { coverage: 'complete', part: { number: 3, last: true }, networks: 0, ids: ['e'] },
    ]);
  });

  it('delivers nothing more once a part was not taken, and tells why', async () => {
    const { parts, posted } = scopeParts([GONE]);
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await parts.take(subnet(id, 2));
    expect(await parts.end(snapshotOf(subnet('g', 1)))).toMatchObject({
      delivery: GONE,
      sequence: 7,
    });
    expect(posted.map(told)).toHaveLength(1);
  });

  it('delivers a scope that was not read to its end as failed, whatever was listed before', async () => {
    const { parts, posted } = scopeParts();
    for (const id of ['a', 'b']) await parts.take(subnet(id, 2));
    await parts.end(snapshotOf({ networks: [], resources: [] }, 'failed'));
    expect(posted.map(told).at(-1)).toEqual({
      coverage: 'failed',
      part: undefined,
      networks: 0,
      ids: [],
    });
  });
});
