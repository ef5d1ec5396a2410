import { formatDay, type Forecast, type ForecastOfPool } from '@cloudpam/forecast';
import type { Accounts, TypedText } from '@cloudpam/pools';
import {
  FINDING_STATUSES,
  FINDING_TYPES,
  type AnyFindingType,
  type Finding,
  type FindingPage,
  type FindingStatus,
  type UnseenScope,
} from '@cloudpam/reconciliation';
import { PoolForecastDto } from '../../forecasts/dto/forecast.dto';
import { typedListOf } from '../../http/common.dto';
import type { ListPage } from '../../http/list-page';
import { ObjectField, RecordIdField, TextField, WordField } from '../../http/fields';
import { OwnerQuery } from './resource-query.dto';
import { DismissalDto, ResourceDto } from './resource.dto';

const TYPE = { words: [...FINDING_TYPES, 'unseen', 'exhausts_soon'], name: 'FindingType' };
const STATUS = { words: FINDING_STATUSES, name: 'FindingStatus' } as const;

/** Which findings, and which page of them. */
export class FindingQuery extends OwnerQuery {
  @WordField({ ...TYPE, description: 'Of this type', optional: true })
  type?: AnyFindingType;

  @WordField({ ...STATUS, description: 'With this status', optional: true })
  status?: FindingStatus;
}

/** Something that a person should see. */
export class FindingDto {
  @TextField({
    description: 'The type and what it is of: it stays the same as long as the finding',
    example: 'overlap:1201',
  })
  id!: string;

  @WordField({
    ...TYPE,
    description:
      'What is wrong; `unseen`: a region is not listed any more; `exhausts_soon`: soon nothing fits into a pool',
  })
  type!: AnyFindingType;

  @WordField({ ...STATUS, description: 'Whether somebody ignores it' })
  status!: FindingStatus;

  @TextField({
    description: 'Why, for people',
    example: 'overlaps 10.20.0.0/16 of network vpc-0a1b2c3d',
  })
  reason!: string;

  @ObjectField({
    type: () => DismissalDto,
    description: 'Who ignores it, and why; null while it is open',
    nullable: true,
  })
  ignored!: DismissalDto | null;

  @RecordIdField({
    description: 'The account that it is of; null for a pool without one',
    nullable: true,
    example: 7,
  })
  account_id!: number | null;

  @TextField({
    description: 'The key of the account',
    nullable: true,
    example: 'aws:111122223333',
  })
  account_key!: string | null;

  @TextField({
    description: 'The region that it is of; null for a pool without one',
    nullable: true,
    example: 'eu-central-1',
  })
  region!: string | null;

  @ObjectField({
    type: () => ResourceDto,
    description: 'The resource that it is of; null for `unseen` and `exhausts_soon`',
    nullable: true,
  })
  resource!: ResourceDto | null;

  @ObjectField({
    type: () => PoolForecastDto,
    description: 'The pool that it is of, and when it ends; of `exhausts_soon` alone',
    nullable: true,
  })
  pool!: PoolForecastDto | null;

  static of(
    { type, status, reason, dismissal, resource }: Finding,
    accounts: Accounts,
  ): FindingDto {
    return {
      id: `${type}:${resource.id}`,
      type,
      status,
      reason,
      ignored: dismissal,
      account_id: resource.accountId,
      account_key: accounts.get(resource.accountId)?.key ?? '',
      region: resource.region,
      resource: ResourceDto.of(resource, accounts),
      pool: null,
    };
  }

  static ofUnseen({ account, region, reason }: UnseenScope): FindingDto {
    return {
      id: `unseen:${account.id}:${region}`,
      type: 'unseen',
      status: 'open',
      reason,
      ignored: null,
      account_id: account.id,
      account_key: account.key,
      region,
      resource: null,
      pool: null,
    };
  }

  static ofEnding(ending: ForecastOfPool, accounts: Accounts): FindingDto {
    const { pool, prefixLength, forecast } = ending;
    const account = pool.accountId === null ? undefined : accounts.get(pool.accountId);
    return {
      id: `exhausts_soon:${pool.id}`,
      type: 'exhausts_soon',
      status: 'open',
      reason: endReason(prefixLength, forecast),
      ignored: null,
      account_id: account?.id ?? null,
      account_key: account?.key ?? null,
      region: pool.region,
      resource: null,
      pool: PoolForecastDto.of(ending),
    };
  }
}

export class FindingListDto extends typedListOf(FindingDto, 'FindingListDto') {
  static of(
    { unseen, ending, findings, total, accounts }: FindingPage,
    page: ListPage,
    typed: TypedText | undefined,
  ): FindingListDto {
    const items = [
      ...unseen.map(FindingDto.ofUnseen),
      ...ending.map((each) => FindingDto.ofEnding(each, accounts)),
      ...findings.map((finding) => FindingDto.of(finding, accounts)),
    ];
    return { ...page.answer(items, total), read_as: typed?.readAs ?? null };
  }
}

function endReason(prefixLength: number, { day, earliest, latest }: Forecast): string {
  if (day === null) return `no /${prefixLength} fits any more`;
  const from = earliest === null ? '' : `, ${formatDay(earliest)} at the earliest`;
  const to = latest === null ? '' : `, ${formatDay(latest)} at the latest`;
  return `at its growth no /${prefixLength} fits from ${formatDay(day)} on${from}${to}`;
}
