import { DiscoveryError, type DiscoveryErrorCode, type ScopeSnapshot } from './index';
import { estate, seen, snapshot, treeOf, VPC } from './estate.fixture';
import { allAudit, allPools } from '@cloudpam/pools/testing';

const [vpc, ...subnets] = VPC;

/** The VPC of the estate in three parts. */
function parts(minute = 1): [ScopeSnapshot, ScopeSnapshot, ScopeSnapshot] {
  const whole = snapshot(minute, VPC);
  const part = (number: number, resources: ScopeSnapshot['resources']): ScopeSnapshot => ({
    ...whole,
    resources,
    networks: number === 1 ? whole.networks : [],
    coverage: number === 3 ? 'complete' : 'partial',
    part: { number, last: number === 3 },
  });
  return [part(1, vpc ? [vpc] : []), part(2, subnets.slice(0, 1)), part(3, subnets.slice(1))];
}

async function refused(work: Promise<unknown>, code: DiscoveryErrorCode): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiscoveryError) || error.code !== code)
    throw error ?? new Error(`expected ${code}, but it was done`);
  return error.message;
}

describe('A listing that comes in parts', () => {
  it('is applied as one when its last part is there, whatever the order of the others', async () => {
    const [inParts, atOnce] = [estate(), estate()];
    const [first, second, last] = parts();
    await inParts.keep(second);
    await inParts.keep(first);
    expect([await allPools(inParts), await inParts.resources(), await allAudit(inParts)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(await inParts.apply(last)).toEqual(await atOnce.apply(snapshot(1, VPC)));
    expect(await treeOf(inParts)).toEqual(await treeOf(atOnce));
    expect(await inParts.apply(snapshot(2, VPC))).toMatchObject({ unchanged: 3, orphaned: 0 });
  });

  it('is not applied while a part is missing, and says which', async () => {
    const cloud = estate();
    const [first, , last] = parts();
    await cloud.keep(first);
    expect(await refused(cloud.apply(last), 'parts_missing')).toContain('are not there: 2.');
    expect([await allPools(cloud), await cloud.resources()]).toEqual([[], []]);
  });

  it('is refused when a part is there that its last one comes before', async () => {
    const cloud = estate();
    const [first, second, last] = parts();
    await cloud.keep(first);
    await cloud.keep({ ...last, part: { number: 3, last: false } });
    await refused(cloud.apply({ ...second, part: { number: 2, last: true } }), 'invalid_snapshot');
    expect(await cloud.resources()).toEqual([]);
  });

  it('leaves nothing behind, so that its last part cannot be applied twice', async () => {
    const cloud = estate();
    const [first, second, last] = parts();
    await cloud.keep(first);
    await cloud.keep(second);
    await cloud.apply(last);
    await refused(cloud.apply(last), 'parts_missing');
    expect(await treeOf(cloud)).toHaveLength(3);
  });

  it('is judged by a dry run of its last part, and still there for the run', async () => {
    const cloud = estate();
    const [first, second, last] = parts();
    await refused(cloud.keep(first, { dryRun: true }), 'invalid_snapshot');
    await cloud.keep(first);
    await cloud.keep(second);
    expect(await cloud.apply(last, { dryRun: true })).toMatchObject({ imported: 3 });
    expect(await allPools(cloud)).toEqual([]);
    expect(await cloud.apply(last)).toMatchObject({ imported: 3 });
  });

  it('is forgotten when its scope is reported as failed, and leaves room', async () => {
    const cloud = estate('auto', 2_000);
    const [first, second] = parts();
    const heavy = seen({
      externalId: 'subnet-x',
      cidr: '10.0.9.0/24',
      tags: { long: 'x'.repeat(2_000) },
    });
    await cloud.keep({ ...first, resources: [heavy] });
    await cloud.apply({ ...snapshot(2, []), coverage: 'failed' });
    await cloud.keep(second);
  });

  it('is not judged before its last part is there', async () => {
    const cloud = estate();
    const [first] = parts();
    await refused(cloud.judge([first]), 'invalid_snapshot');
  });

  it('is nothing that another deliverer could complete', async () => {
    const cloud = estate();
    const [first, second, last] = parts();
    await cloud.keep(first);
    await cloud.keep(second);
    const actor = { type: 'collector', id: 'another', name: 'another' } as const;
    expect(await refused(cloud.apply(last, { actor }), 'parts_missing')).toContain(': 1, 2.');
  });

  it('is refused where too much of one deliverer waits', async () => {
    const cloud = estate('auto', 2_000);
    const [first, second] = parts();
    await cloud.keep({
      ...first,
      resources: [
        seen({ externalId: 'subnet-x', cidr: '10.0.9.0/24', tags: { long: 'x'.repeat(2_000) } }),
      ],
    });
    await refused(cloud.keep(second), 'too_much_waiting');
  });
});
