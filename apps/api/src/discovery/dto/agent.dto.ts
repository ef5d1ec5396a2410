import { PROVIDERS, type Provider } from '@cloudpam/pools';
import { isOnline, type Agent, type AgentPage, type Job } from '@cloudpam/reconciliation';
import { listOf } from '../../http/common.dto';
import type { ListPage } from '../../http/list-page';
import {
  IdField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';

const STATUSES = ['online', 'offline'] as const;
const LONGEST_INTERVAL = 31_536_000;
const PROVIDERS_FIELD = {
  words: PROVIDERS,
  name: 'Provider',
  description: 'The providers that it can list',
} as const;

/** A UUID, as an agent gives itself when it starts. */
export const INSTANCE = {
  description: 'A UUID that the agent makes when it starts',
  example: '0b6f5c1e-8d5f-4c55-9a51-6a4c3a1de0a4',
  format: 'uuid',
  max: 45,
  pattern: /^(?:urn:uuid:)?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/,
};

/** Keys of accounts, as a collector says them. */
export const ACCOUNT_KEYS = {
  max: 10_000,
  longest: 135,
  pattern: /^(aws|gcp|azure|onprem):[\w.:-]{1,128}$/,
  example: ['aws:111122223333'],
};

/** What an agent says of itself with every heartbeat. */
export class HeartbeatDto {
  @TextField(INSTANCE)
  instance!: string;

  @TextField({ description: 'For people', min: 1, max: 200, example: 'collector-berlin' })
  name!: string;

  @TextField({ description: 'The version of the collector', max: 100, example: '0.1.0' })
  version!: string;

  @TextsField({ ...PROVIDERS_FIELD, max: 10 })
  providers!: Provider[];

  @TextsField({ ...ACCOUNT_KEYS, description: 'Keys of the accounts that it can list' })
  accounts!: string[];

  @WholeField({
    description: 'Seconds between two discoveries of its own; null: it waits to be asked',
    min: 1,
    max: LONGEST_INTERVAL,
    nullable: true,
  })
  interval_seconds!: number | null;
}

/** How an agent keeps what it has. */
export class HeartbeatAnswerDto {
  @WholeField({
    description: 'Seconds after which a job without a report goes to another agent',
    min: 1,
    max: 86_400,
  })
  lease_seconds!: number;

  @WholeField({ description: 'Seconds from one heartbeat to the next', min: 1, max: 86_400 })
  heartbeat_seconds!: number;
}

/** A collector in agent mode. */
export class AgentDto {
  @TextField(INSTANCE)
  instance!: string;

  @TextField({ description: 'For people', example: 'collector-berlin' })
  name!: string;

  @TextField({ description: 'The version of the collector', example: '0.1.0' })
  version!: string;

  @TextsField(PROVIDERS_FIELD)
  providers!: readonly Provider[];

  @TextsField({
    description: 'Keys of the accounts that it can list, as far as its token lets it',
    example: ACCOUNT_KEYS.example,
  })
  accounts!: readonly string[];

  @WholeField({
    description: 'Seconds between two discoveries of its own; null: it waits to be asked',
    min: 1,
    max: LONGEST_INTERVAL,
    nullable: true,
  })
  interval_seconds!: number | null;

  @WordField({
    words: STATUSES,
    name: 'AgentStatus',
    description: '`offline` after three heartbeats that did not come',
  })
  status!: (typeof STATUSES)[number];

  @TimeField({ description: 'When its first heartbeat came' })
  first_seen_at!: Date;

  @TimeField({ description: 'When its last heartbeat came' })
  last_seen_at!: Date;

  @IdField({ description: 'The job that it does; null for none', nullable: true })
  job!: number | null;

  /** @param running jobs that agents do at this time */
  static of(agent: Agent, running: readonly Job[], at: Date): AgentDto {
    return {
      instance: agent.instance,
      name: agent.name,
      version: agent.version,
      providers: agent.providers,
      accounts: agent.accounts,
      interval_seconds: agent.intervalSeconds,
      status: isOnline(agent, at) ? 'online' : 'offline',
      first_seen_at: agent.firstSeenAt,
      last_seen_at: agent.lastSeenAt,
      job: running.find((job) => job.instance === agent.instance)?.id ?? null,
    };
  }
}

export class AgentListDto extends listOf(AgentDto, 'AgentListDto') {
  /** @param at the present */
  static of({ items, total, running }: AgentPage, page: ListPage, at: Date): AgentListDto {
    return page.answer(
      items.map((agent) => AgentDto.of(agent, running, at)),
      total,
    );
  }
}
