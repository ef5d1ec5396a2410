import type { Change } from '@cloudpam/audit';
import {
  CancelJob,
  ClaimJob,
  FinishJob,
  isOnline,
  NoteHeartbeat,
  ReportProgress,
  RequestDiscovery,
  ScheduleDiscoveries,
  unseenScopes,
  type JobEnd,
} from './index';
import { estate, snapshot, VPC, type Estate } from './estate.fixture';
import { allAudit, change } from '@cloudpam/pools/testing';

const AGENTS = {
  a: '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a11',
  b: '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a22',
};
const ACCOUNTS = ['aws:111', 'aws:222', 'aws:333'];
const COUNTS = {
  scopes: 1,
  complete: 1,
  partial: 0,
  failed: 0,
  imported: 0,
  updated: 0,
  orphaned: 0,
  unchanged: 0,
  conflicts: 0,
};

function by(token: string, minutes: number): Change {
  return change(minutes, { actor: { type: 'collector', id: token, name: token } });
}

function work(cloud: Estate) {
  const { unitOfWork } = cloud;
  let leases = 0;
  return {
    beat: (
      agent: keyof typeof AGENTS,
      minutes: number,
      accounts = ACCOUNTS,
      allowed: string[] | null = null,
    ) =>
      new NoteHeartbeat(unitOfWork).execute(
        by(`token-${agent}`, minutes),
        {
          instance: AGENTS[agent],
          name: agent,
          version: '1',
          providers: ['aws'],
          accounts,
          intervalSeconds: null,
        },
        allowed,
      ),
    claim: (agent: keyof typeof AGENTS, minutes: number, allowed: string[] | null = null) =>
      new ClaimJob(unitOfWork).execute(
        by(`token-${agent}`, minutes),
        AGENTS[agent],
        `lease-${++leases}`,
        allowed,
      ),
    progress: (id: number, lease: string, minutes: number) =>
      new ReportProgress(unitOfWork).execute(by('x', minutes), id, lease, {
        scopesDone: 1,
        scopesTotal: 4,
        message: 'eu-west-1',
      }),
    finish: (id: number, lease: string, minutes: number, status: JobEnd = 'succeeded') =>
      new FinishJob(unitOfWork).execute(by('x', minutes), id, lease, {
        status,
        error: null,
        counts: COUNTS,
      }),
    schedule: (minutes: number, keys = ACCOUNTS, olderThan = 3_600, unproven: string[] = []) =>
      new ScheduleDiscoveries(unitOfWork).execute(
        by('token-a', minutes),
        keys,
        olderThan,
        unproven,
      ),
    trigger: (accountId: number, minutes: number) =>
      new RequestDiscovery(unitOfWork).execute(change(minutes), accountId),
    cancel: (id: number, minutes: number) => new CancelJob(unitOfWork).execute(change(minutes), id),
    jobs: () => unitOfWork.read(async ({ jobs }) => (await jobs.list({}, 1, 1_000)).items),
  };
}

describe('a trigger storm', () => {
  it('of 100 requests for two accounts is one job for each, and each goes to one agent', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(0, []));
    await cloud.apply(snapshot(0, [], { account: '222' }));
    const agents = work(cloud);
    await Promise.all([agents.beat('a', 1), agents.beat('b', 1)]);
    await Promise.all(Array.from({ length: 100 }, (_, n) => agents.trigger(1 + (n % 2), 1)));
    expect(await agents.jobs()).toHaveLength(2);
    const claimed = await Promise.all([
      agents.claim('a', 2),
      agents.claim('b', 2),
      agents.claim('a', 2),
      agents.claim('b', 2),
    ]);
    expect(claimed.flatMap((each) => each?.accountKey ?? []).sort()).toEqual([
      'aws:111',
      'aws:222',
    ]);
    expect((await allAudit(cloud)).filter(({ type }) => type === 'job.request')).toHaveLength(2);
  });

  it('that goes on while a job runs joins that job; after its end there is a new one', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(0, []));
    const agents = work(cloud);
    await agents.beat('a', 1);
    const job = await agents.trigger(1, 1);
    const claimed = await agents.claim('a', 1);
    expect((await agents.trigger(1, 2)).id).toBe(job.id);
    await agents.finish(job.id, claimed?.job.lease ?? '', 3);
    expect((await agents.trigger(1, 4)).id).not.toBe(job.id);
  });
});

describe('a job', () => {
  async function claimed(minutes = 1) {
    const cloud = estate();
    await cloud.apply(snapshot(0, []));
    const agents = work(cloud);
    await agents.beat('a', minutes);
    await agents.beat('b', minutes);
    const { id } = await agents.trigger(1, minutes);
    const lease = (await agents.claim('a', minutes))?.job.lease ?? '';
    return { cloud, agents, id, lease };
  }

  it('is kept by progress, and lost to another agent without', async () => {
    const { agents, id, lease } = await claimed();
    expect(await agents.progress(id, lease, 2.5)).toMatchObject({
      scopesDone: 1,
      scopesTotal: 4,
      message: 'eu-west-1',
    });
    expect(await agents.claim('b', 4)).toBeUndefined();
    const taken = await agents.claim('b', 5);
    expect(taken?.job).toMatchObject({ id, attempt: 2, instance: AGENTS.b });
    await expect(agents.progress(id, lease, 5)).rejects.toMatchObject({ code: 'lease_lost' });
    await expect(agents.finish(id, lease, 5)).rejects.toMatchObject({ code: 'lease_lost' });
    expect(await agents.finish(id, taken?.job.lease ?? '', 6, 'partial')).toMatchObject({
      status: 'partial',
      counts: COUNTS,
    });
  });

  it('is finished once, however often that is said', async () => {
    const { agents, id, lease } = await claimed();
    const done = await agents.finish(id, lease, 2);
    expect(await agents.finish(id, lease, 9, 'failed')).toEqual(done);
    await expect(agents.progress(id, lease, 9)).rejects.toMatchObject({ code: 'lease_lost' });
    await expect(agents.finish(999, lease, 9)).rejects.toMatchObject({ code: 'job_not_found' });
  });

  it('goes back into the queue when it is handed back, without counting as a try', async () => {
    const { agents, id, lease } = await claimed();
    await agents.finish(id, lease, 2, 'handed_back');
    expect((await agents.claim('b', 3))?.job).toMatchObject({ id, attempt: 1 });
  });

  it('fails when agent after agent disappears with it', async () => {
    const { agents, id } = await claimed();
    for (let minutes = 4; minutes < 16; minutes += 3)
      expect((await agents.claim('b', minutes))?.job.id).toBe(id);
    expect(await agents.claim('b', 30)).toBeUndefined();
    expect(await agents.jobs()).toMatchObject([
      { id, status: 'failed', error: '5 agents took the job and were not heard of again' },
    ]);
  });

  it('is taken back by a person, and its agent is told', async () => {
    const { cloud, agents, id, lease } = await claimed();
    expect(await agents.cancel(id, 2)).toMatchObject({ status: 'cancelled' });
    await expect(agents.progress(id, lease, 2)).rejects.toMatchObject({ code: 'job_cancelled' });
    await expect(agents.finish(id, lease, 2)).rejects.toMatchObject({ code: 'job_cancelled' });
    expect(await agents.cancel(id, 3)).toMatchObject({ status: 'cancelled' });
    expect((await allAudit(cloud)).filter(({ type }) => type === 'job.cancel')).toHaveLength(1);
  });

  it('goes only to an agent that is known by its token, sees the account, and may deliver it', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(0, []));
    const agents = work(cloud);
    await agents.trigger(1, 1);
    await expect(agents.claim('a', 1)).rejects.toMatchObject({ code: 'agent_not_found' });
    await agents.beat('a', 1, ['aws:222']);
    expect(await agents.claim('a', 1)).toBeUndefined();
    await agents.beat('a', 1, ACCOUNTS, ['aws:333']);
    expect(await agents.claim('a', 1)).toBeUndefined();
    await agents.beat('a', 1);
    expect(await agents.claim('a', 1, ['aws:333'])).toBeUndefined();
    expect((await agents.claim('a', 1, ['aws:111']))?.accountKey).toBe('aws:111');
  });
});

describe('the schedule of agents', () => {
  it('queues what is due, once, and makes accounts that the server does not know', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(0, VPC));
    const agents = work(cloud);
    expect(await agents.schedule(30)).toBe(2);
    expect(await agents.schedule(31)).toBe(0);
    expect(await agents.schedule(61)).toBe(1);
    expect(
      (await cloud.unitOfWork.read(({ accounts }) => accounts.list({}, 1, 10))).items.map(
        ({ key }) => key,
      ),
    ).toEqual(ACCOUNTS);
  });

  it('makes no account that may be a mistype, and reads one that it knows', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(0, VPC));
    expect(await work(cloud).schedule(61, ACCOUNTS, 3_600, ['aws:111', 'aws:333'])).toBe(2);
    expect(
      (await cloud.unitOfWork.read(({ accounts }) => accounts.list({}, 1, 10))).items.map(
        ({ key }) => key,
      ),
    ).toEqual(['aws:111', 'aws:222']);
  });

  it('does not try an account again at once when it has just failed', async () => {
    const cloud = estate();
    const agents = work(cloud);
    await agents.beat('a', 0);
    await agents.schedule(0, ['aws:111']);
    const job = await agents.claim('a', 0);
    await agents.finish(job?.job.id ?? 0, job?.job.lease ?? '', 1, 'failed');
    expect(await agents.schedule(2, ['aws:111'])).toBe(0);
    expect(await agents.schedule(62, ['aws:111'])).toBe(1);
  });
});

describe('what is silent', () => {
  it('is an agent without three heartbeats', async () => {
    const cloud = estate();
    await work(cloud).beat('a', 0);
    const agent = await cloud.unitOfWork.read(({ agents }) => agents.get(AGENTS.a));
    expect([1, 2].map((minutes) => agent && isOnline(agent, change(minutes).at))).toEqual([
      true,
      false,
    ]);
  });

  it(
    'is a scope that was not seen for longer than the interval of its account, whatever the ' +
      'other scopes are',
    async () => {
      const cloud = estate();
      await cloud.apply(snapshot(0, VPC));
      await cloud.apply(snapshot(30, [], { account: '222' }));
      await cloud.apply(
        snapshot(0, [], {
          account: '333',
          coverage: 'failed',
          error: { code: 'AccessDenied', message: '' },
        }),
      );
      await cloud.apply(snapshot(30, [], { region: 'eu-west-1' }));
      await cloud.apply(
        snapshot(50, [], {
          region: 'eu-west-1',
          coverage: 'failed',
          error: { code: 'AccessDenied', message: '' },
        }),
      );
      const unseen = (minutes: number, standard: number) =>
        cloud.unitOfWork.read(async ({ accounts, discovery }) => {
          const found = unseenScopes(
            (await accounts.list({}, 1, 10)).items,
            (await discovery.scopes()).map(({ scope }) => scope),
            change(minutes).at,
            standard,
          );
          return found.map(({ account, region, reason }) => `${account.key} ${region} ${reason}`);
        });
      expect(await unseen(61, 3_600)).toEqual([
        'aws:111 eu-central-1 not seen since 2026-01-01T00:00:00.000Z, though a discovery is due every hour',
        'aws:333 eu-central-1 no discovery of it has succeeded yet',
      ]);
      expect((await unseen(91, 3_600))[1]).toBe(
        'aws:111 eu-west-1 not seen since 2026-01-01T00:30:00.000Z, though a discovery is due every hour',
      );
      expect(await unseen(9_999, 0)).toEqual([]);
      await cloud.unitOfWork.run(async ({ accounts }) => {
        const [account] = await accounts.byKeys(['aws:111']);
        if (account) await accounts.save({ ...account, discoveryInterval: 86_400 });
      });
      expect(await unseen(61, 3_600)).toHaveLength(1);
    },
  );
});
