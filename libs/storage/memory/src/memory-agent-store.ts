import type { Agent, AgentFilter, AgentStore } from '@cloudpam/reconciliation';
import { byText, pageOf } from './page-of';
import type { Tables } from './stores';

/** Collectors in agent mode over a Map. */
export class MemoryAgentStore implements AgentStore {
  constructor(private readonly tables: Tables) {}

  async get(instance: string): Promise<Agent | undefined> {
    return this.tables.agents.get(instance);
  }

  async save(agent: Agent): Promise<void> {
    const { firstSeenAt } = this.tables.agents.get(agent.instance) ?? agent;
    this.tables.agents.set(agent.instance, { ...agent, firstSeenAt });
  }

  async list(
    { name }: AgentFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Agent[]; total: number }> {
    const sorted = this.tables.agents
      .all()
      .filter((agent) => name === undefined || agent.name === name)
      .sort(
        (a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime() || byText(a.instance, b.instance),
      );
    return pageOf(sorted, page, pageSize);
  }

  async purge(before: Date): Promise<number> {
    const gone = this.tables.agents.all().filter((agent) => agent.lastSeenAt < before);
    for (const { instance } of gone) this.tables.agents.delete(instance);
    return gone.length;
  }
}
