import { write, type Change } from '@cloudpam/audit';
import type { Provider } from '@cloudpam/pools';
import type { ReconciliationUnitOfWork } from './reconciliation-stores';

/** A collector in agent mode, as it says of itself with every heartbeat. */
export interface Agent {
  /** A UUID, made when the agent starts. */
  readonly instance: string;
  readonly name: string;
  readonly version: string;
  readonly providers: readonly Provider[];
  /** Keys of the accounts that it can list, as far as its token lets it. */
  readonly accounts: readonly string[];
  /** Its own schedule, in seconds; null: it works on triggers only. */
  readonly intervalSeconds: number | null;
  /** Public id of its token. */
  readonly tokenId: string;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** Which agents a list has. */
export interface AgentFilter {
  /** Exactly this one. */
  readonly name?: string;
}

/** The collectors that run as agents. */
export interface AgentStore {
  get(instance: string): Promise<Agent | undefined>;
  /** Inserts or overwrites; firstSeenAt stays what it was. */
  save(agent: Agent): Promise<void>;
  /** Most recently seen first. */
  list(
    filter: AgentFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Agent[]; total: number }>;
  /** Forgets agents not seen since `before`; gives their number. */
  purge(before: Date): Promise<number>;
}

/** An agent that has missed three heartbeats is offline. */
export const HEARTBEAT_SECONDS = 30;

/** Whether the agent has given a sign of life lately. */
export function isOnline(agent: Agent, at: Date): boolean {
  return at.getTime() - agent.lastSeenAt.getTime() < 3_000 * HEARTBEAT_SECONDS;
}

/** Notes that an agent is there, and what it can see. */
export class NoteHeartbeat {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /** @param allowed account keys that the agent's token is limited to; null: all */
  async execute(
    change: Change,
    agent: Omit<Agent, 'firstSeenAt' | 'lastSeenAt' | 'tokenId'>,
    allowed: readonly string[] | null,
  ): Promise<void> {
    const accounts = allowed
      ? agent.accounts.filter((key) => allowed.includes(key))
      : agent.accounts;
    await write(this.unitOfWork, change, (stores) =>
      stores.agents.save({
        ...agent,
        accounts,
        tokenId: change.actor.id,
        firstSeenAt: change.at,
        lastSeenAt: change.at,
      }),
    );
  }
}
