import { formatDay, type Forecast, type ForecastOfPool } from '@cloudpam/forecast';
import { formatCidr } from '@cloudpam/cidr';
import { isReleasable, type Accounts, type Pool, type TypedText } from '@cloudpam/pools';
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
import {
  CidrField,
  IdField,
  ObjectField,
  RecordIdField,
  TextField,
  TimeField,
  WordField,
} from '../../http/fields';
import { OwnerQuery } from './resource-query.dto';
import { DismissalDto, ResourceDto } from './resource.dto';

const TYPE = {
  words: [...FINDING_TYPES, 'unseen', 'exhausts_soon', 'lease_ends'],
  name: 'FindingType',
};
const STATUS = { words: FINDING_STATUSES, name: 'FindingStatus' } as const;

/** Which findings, and which page of them. */
export class FindingQuery extends OwnerQuery {
  @WordField({ ...TYPE, description: 'Of this type', optional: true })
  type?: AnyFindingType;

  @WordField({ ...STATUS, description: 'With this status', optional: true })
  status?: FindingStatus;
}

/** The lease of a pool. */
export class PoolLeaseDto {
  @IdField({ description: 'The pool', example: 42 })
  pool_id!: number;

  @TextField({ description: 'Its name', example: 'lab' })
  name!: string;

  @CidrField({ description: 'Its CIDR', example: '10.20.0.0/24' })
  cidr!: string;

  @TimeField({ description: 'When its lease ends' })
  expires_at!: Date;

  static of({ id, name, cidr, expiresAt }: Pool): PoolLeaseDto {
    return { pool_id: id, name, cidr: formatCidr(cidr), expires_at: expiresAt ?? new Date(0) };
  }
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
      'What is wrong; `unseen`: a region is not listed any more; `exhausts_soon`: soon nothing fits into a pool; ' +
      '`lease_ends`: the lease of a pool ends soon, or is over and something is in the way of freeing it',
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
    description: 'The resource that it is of; null for `unseen`, `exhausts_soon` and `lease_ends`',
    nullable: true,
  })
  resource!: ResourceDto | null;

  @ObjectField({
    type: () => PoolForecastDto,
    description: 'The pool that it is of, and when it ends; of `exhausts_soon` alone',
    nullable: true,
  })
  pool!: PoolForecastDto | null;

  @ObjectField({
    type: () => PoolLeaseDto,
    description: 'The pool that it is of, and when its lease ends; of `lease_ends` alone',
    nullable: true,
  })
  lease!: PoolLeaseDto | null;

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
      lease: null,
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
      lease: null,
    };
  }

  static ofLease(pool: Pool, accounts: Accounts, now: Date): FindingDto {
    const account = pool.accountId === null ? undefined : accounts.get(pool.accountId);
    return {
      id: `lease_ends:${pool.id}`,
      type: 'lease_ends',
      status: 'open',
      reason: leaseReason(pool, now),
      ignored: null,
      account_id: account?.id ?? null,
      account_key: account?.key ?? null,
      region: pool.region,
      resource: null,
      pool: null,
      lease: PoolLeaseDto.of(pool),
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
      lease: null,
    };
  }
}

export class FindingListDto extends typedListOf(FindingDto, 'FindingListDto') {
  static of(
    { unseen, ending, leases, findings, total, accounts }: FindingPage,
    page: ListPage,
    typed: TypedText | undefined,
    now: Date,
  ): FindingListDto {
    const items = [
      ...unseen.map(FindingDto.ofUnseen),
      ...ending.map((each) => FindingDto.ofEnding(each, accounts)),
      ...leases.map((pool) => FindingDto.ofLease(pool, accounts, now)),
      ...findings.map((finding) => FindingDto.of(finding, accounts)),
    ];
    return { ...page.answer(items, total), read_as: typed?.readAs ?? null };
  }
}

function leaseReason(pool: Pool, now: Date): string {
  const { expiresAt } = pool;
  if (expiresAt !== null && expiresAt > now)
    return `its lease ends on ${expiresAt.toISOString().slice(0, 10)}: renew it, or give it back`;
  return isReleasable(pool)
    ? 'its lease is over: it is given back within minutes'
    : 'its lease is over, and it is not freed: a cloud uses it, or something lies in it';
}

function endReason(prefixLength: number, { day, earliest, latest }: Forecast): string {
  if (day === null) return `no /${prefixLength} fits any more`;
  const from = earliest === null ? '' : `, ${formatDay(earliest)} at the earliest`;
  const to = latest === null ? '' : `, ${formatDay(latest)} at the latest`;
  return `at its growth no /${prefixLength} fits from ${formatDay(day)} on${from}${to}`;
}
