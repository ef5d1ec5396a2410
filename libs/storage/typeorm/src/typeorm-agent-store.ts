import type { Agent, AgentFilter, AgentStore } from '@cloudpam/reconciliation';
import type { Session } from './session';
import { countOf } from './simple-rows';
import { sql, where } from './sql';
import { jsonOf, timeOf } from './values';

interface AgentRow {
  readonly instance: string;
  readonly name: string;
  readonly version: string;
  readonly providers: Agent['providers'] | string;
  readonly accounts: Agent['accounts'] | string;
  readonly interval_seconds: number | null;
  readonly token_id: string;
  readonly first_seen_at: Date | number;
  readonly last_seen_at: Date | number;
}

/** Collectors in agent mode in table `agent`. */
export class TypeOrmAgentStore implements AgentStore {
  constructor(private readonly session: Session) {}

  async get(instance: string): Promise<Agent | undefined> {
    const [row] = await this.session.rows<AgentRow>(
      sql`select * from agent where instance = ${instance}`,
    );
    return row && agentFromRow(row);
  }

  async save(agent: Agent): Promise<void> {
    await this.session.change(sql`insert into agent (instance, name, version, providers, accounts,
        interval_seconds, token_id, first_seen_at, last_seen_at)
      values
      (${agent.instance}, ${agent.name}, ${agent.version},
        ${JSON.stringify(agent.providers)}, ${JSON.stringify(agent.accounts)}, ${agent.intervalSeconds},
        ${agent.tokenId}, ${agent.firstSeenAt}, ${agent.lastSeenAt})
      on conflict (instance) do update
        set name = excluded.name, version = excluded.version, providers = excluded.providers,
        accounts = excluded.accounts,
        interval_seconds = excluded.interval_seconds, token_id = excluded.token_id, last_seen_at
        = excluded.last_seen_at`);
  }

  async list(
    { name }: AgentFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Agent[]; total: number }> {
    const chosen = sql`from agent ${where(name === undefined ? [] : [sql`name = ${name}`])}`;
    const rows = await this.session.rows<AgentRow>(
      sql`select * ${chosen} order by last_seen_at desc, instance limit ${pageSize} offset ${(page - 1) * pageSize}`,
      { once: true },
    );
    return {
      items: rows.map(agentFromRow),
      total: await countOf(this.session, sql`select count(*) as n ${chosen}`, { once: true }),
    };
  }

  purge(before: Date): Promise<number> {
    return this.session.change(sql`delete from agent where last_seen_at < ${before}`);
  }
}

function agentFromRow(row: AgentRow): Agent {
  return {
    instance: row.instance,
    name: row.name,
    version: row.version,
    providers: jsonOf(row.providers),
    accounts: jsonOf(row.accounts),
    intervalSeconds: row.interval_seconds,
    tokenId: row.token_id,
    firstSeenAt: timeOf(row.first_seen_at),
    lastSeenAt: timeOf(row.last_seen_at),
  };
}
