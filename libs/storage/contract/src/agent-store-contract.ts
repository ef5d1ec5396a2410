import type { Agent } from '@cloudpam/reconciliation';
import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1_000);

function sampleAgent(fields: Partial<Agent> = {}): Agent {
  return {
    instance: '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a11',
    name: 'fra1',
    version: '1.0.0',
    providers: ['aws', 'gcp'],
    accounts: ['aws:111', 'gcp:web'],
    intervalSeconds: 3_600,
    tokenId: 'abcdefghijkl',
    firstSeenAt: SAMPLE_TIME,
    lastSeenAt: SAMPLE_TIME,
    ...fields,
  };
}

/** The promises of `AgentStore`. */
export function agentStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: agents`, () => {
    const storage = openedForEachTest(open);
    const save = (agent: Agent) => storage.run(({ agents }) => agents.save(agent));

    it('gives back every field', async () => {
      const agent = sampleAgent();
      await save(agent);
      expect(await storage.read(({ agents }) => agents.get(agent.instance))).toEqual(agent);
      expect(await storage.read(({ agents }) => agents.get('nobody'))).toBeUndefined();
    });

    it('overwrites all but when the agent was first seen', async () => {
      await save(sampleAgent());
      const later = sampleAgent({
        name: 'fra2',
        version: '2',
        providers: [],
        accounts: [],
        intervalSeconds: null,
        tokenId: 'x',
        firstSeenAt: at(9),
        lastSeenAt: at(9),
      });
      await save(later);
      expect(await storage.read(({ agents }) => agents.get(later.instance))).toEqual({
        ...later,
        firstSeenAt: SAMPLE_TIME,
      });
    });

    it('lists those seen last first, in pages, and forgets those not seen for long', async () => {
      for (const [n, seconds] of [
        [1, 5],
        [2, 9],
        [3, 1],
      ] as const)
        await save(sampleAgent({ instance: `agent-${n}`, lastSeenAt: at(seconds) }));
      const list = (page: number) =>
        storage.read(async ({ agents }) => {
          const { items, total } = await agents.list({}, page, 2);
          return [items.map((agent) => agent.instance), total];
        });
      expect(await list(1)).toEqual([['agent-2', 'agent-1'], 3]);
      expect(await list(2)).toEqual([['agent-3'], 3]);
      expect(await storage.run(({ agents }) => agents.purge(at(5)))).toBe(1);
      expect(await list(1)).toEqual([['agent-2', 'agent-1'], 2]);
    });

    it('lists those of exactly one name', async () => {
      for (const name of ['fra1', 'FRA1', 'fra10'])
        await save(sampleAgent({ instance: `agent-${name}`, name }));
      const { items, total } = await storage.read(({ agents }) =>
        agents.list({ name: 'fra1' }, 1, 2),
      );
      expect([items.map((agent) => agent.instance), total]).toEqual([['agent-fra1'], 1]);
    });
  });
}
