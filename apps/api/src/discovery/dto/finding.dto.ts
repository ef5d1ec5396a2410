import type { ForecastOfPool } from '@cloudpam/forecast';
import { formatCidr } from '@cloudpam/cidr';
import {
  formatHost,
  type Account,
  type Accounts,
  type AddressRecord,
  type Pool,
  type TypedText,
} from '@cloudpam/pools';
import {
  FINDING_SEVERITIES,
  FINDING_STATUSES,
  FINDING_TYPES,
  findingId,
  findingReason,
  OTHER_FINDING_TYPES,
  severityOf,
  type AnyFinding,
  type AnyFindingType,
  type Finding,
  type FindingPage,
  type FindingSeverity,
  type FindingStatus,
  type PausedWebhook,
  type StaleAddress,
  type UnknownAddress,
} from '@cloudpam/reconciliation';
import { PoolForecastDto } from '../../forecasts/dto/forecast.dto';
import { typedListOf } from '../../http/common.dto';
import type { ListPage } from '../../http/list-page';
import {
  IdField,
  IpField,
  ObjectField,
  RecordIdField,
  TextField,
  TimeField,
  WordField,
} from '../../http/fields';
import { OwnerQuery } from './resource-query.dto';
import { DismissalDto, ResourceDto } from './resource.dto';

const TYPE = {
  words: [...FINDING_TYPES, ...OTHER_FINDING_TYPES],
  name: 'FindingType',
};
const SEVERITY = { words: FINDING_SEVERITIES, name: 'FindingSeverity' } as const;
const STATUS = { words: FINDING_STATUSES, name: 'FindingStatus' } as const;

/** Which findings, and which page of them. */
export class FindingQuery extends OwnerQuery {
  @WordField({ ...TYPE, description: 'Of this type', optional: true })
  type?: AnyFindingType;

  @WordField({ ...STATUS, description: 'With this status', optional: true })
  status?: FindingStatus;
}

/** A lease: of a pool, or of an address. */
export class SpaceLeaseDto {
  @IdField({ description: 'The pool; null for an address', nullable: true, example: 42 })
  pool_id!: number | null;

  @IdField({ description: 'The address record; null for a pool', nullable: true, example: 7 })
  address_id!: number | null;

  @TextField({ description: 'Its name; may be empty', example: 'lab' })
  name!: string;

  @TextField({ description: 'Its CIDR, or the address', example: '10.20.0.0/24' })
  place!: string;

  @TimeField({ description: 'When its lease ends' })
  expires_at!: Date;
}

/** An address that differs from what is recorded, or recorded of what is not there. */
export class AddressFindingDto {
  @IpField({ description: 'The address', example: '10.20.1.7' })
  address!: string;

  @RecordIdField({ description: 'Its VRF', example: 1 })
  vrf_id!: number;

  @IdField({
    description: 'The record; null where there is none: that is what is wrong',
    nullable: true,
    example: 7,
  })
  address_id!: number | null;

  @TextField({ description: 'Its name, or that of the interface; may be empty', example: 'db-1' })
  name!: string;

  @TextField({
    description: 'The cloud id of what has it; null for a record that nothing has the address of',
    nullable: true,
    example: 'eni-0a1b2c3d',
  })
  external_id!: string | null;

  @TimeField({ description: 'When a complete listing of interfaces was first so' })
  since!: Date;
}

/** A webhook that the server has paused. */
export class PausedWebhookDto {
  @IdField({ description: 'The webhook', example: 3 })
  webhook_id!: number;

  @TextField({ description: 'Its name', example: 'chat-ops' })
  name!: string;
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
      '`lease_ends`: the lease of a pool or an address ends soon, or is over and something is in the way of freeing ' +
      'it; `stale_address`: a record whose address nothing in the cloud has; `unknown_address`: an address in use ' +
      'without a record, where others have one; `webhook_paused`: a webhook that is told nothing any more, as nobody ' +
      'takes what it sends',
  })
  type!: AnyFindingType;

  @WordField({
    ...SEVERITY,
    description:
      'How much findings of its type matter: what breaks networks or plans is `critical`, what should be put right ' +
      'a `warning`, the rest `info`',
  })
  severity!: FindingSeverity;

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
    description: 'The account that it is of; null for what has none',
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
    description: 'The region that it is of; null for what has none',
    nullable: true,
    example: 'eu-central-1',
  })
  region!: string | null;

  @ObjectField({
    type: () => ResourceDto,
    description: 'The resource that it is of; null for those of something else',
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
    type: () => SpaceLeaseDto,
    description: 'What has the lease, and when it ends; of `lease_ends` alone',
    nullable: true,
  })
  lease!: SpaceLeaseDto | null;

  @ObjectField({
    type: () => AddressFindingDto,
    description: 'The address; of `stale_address` and `unknown_address` alone',
    nullable: true,
  })
  address!: AddressFindingDto | null;

  @ObjectField({
    type: () => PausedWebhookDto,
    description: 'The webhook; of `webhook_paused` alone',
    nullable: true,
  })
  webhook!: PausedWebhookDto | null;

  /** @param now the present */
  static of(found: AnyFinding, accounts: Accounts, now: Date): FindingDto {
    return {
      id: findingId(found),
      type: found.type,
      severity: severityOf(found.type),
      reason: findingReason(found, now),
      status: 'open',
      ignored: null,
      resource: null,
      pool: null,
      lease: null,
      address: null,
      webhook: null,
      ...detailsOf(found, accounts, now),
    };
  }
}

export class FindingListDto extends typedListOf(FindingDto, 'FindingListDto') {
  static of(
    { items, total, accounts }: FindingPage,
    page: ListPage,
    typed: TypedText | undefined,
    now: Date,
  ): FindingListDto {
    const shown = items.map((each) => FindingDto.of(each, accounts, now));
    return { ...page.answer(shown, total), read_as: typed?.readAs ?? null };
  }
}

/** What findings of its kind have of their own. */
type Details = Pick<FindingDto, 'account_id' | 'account_key' | 'region'> & Partial<FindingDto>;

function detailsOf(found: AnyFinding, accounts: Accounts, now: Date): Details {
  if ('scope' in found) return { ...owner(found.scope.account), region: found.scope.region };
  if ('ending' in found) return ofEnding(found.ending, accounts);
  if ('pool' in found) return ofPoolLease(found.pool, accounts, now);
  if ('address' in found) return ofAddressLease(found.address, accounts, now);
  if ('stale' in found) return ofStale(found.stale, accounts);
  if ('unknown' in found) return ofUnknown(found.unknown, accounts);
  if ('webhook' in found) return ofWebhook(found.webhook);
  return ofResource(found.finding, accounts);
}

function owner(account: Account | undefined): Pick<FindingDto, 'account_id' | 'account_key'> {
  return { account_id: account?.id ?? null, account_key: account?.key ?? null };
}

function ofWebhook({ id, name }: PausedWebhook): Details {
  return { ...owner(undefined), region: null, webhook: { webhook_id: id, name } };
}

function ofResource({ status, dismissal, resource }: Finding, accounts: Accounts): Details {
  return {
    status,
    ignored: dismissal,
    account_id: resource.accountId,
    account_key: accounts.get(resource.accountId)?.key ?? '',
    region: resource.region,
    resource: ResourceDto.of(resource, accounts),
  };
}

function ofEnding(ending: ForecastOfPool, accounts: Accounts): Details {
  const { accountId, region } = ending.pool;
  return { ...owner(accounts.get(accountId ?? 0)), region, pool: PoolForecastDto.of(ending) };
}

function ofPoolLease(pool: Pool, accounts: Accounts, now: Date): Details {
  return {
    ...owner(accounts.get(pool.accountId ?? 0)),
    region: pool.region,
    lease: {
      pool_id: pool.id,
      address_id: null,
      name: pool.name,
      place: formatCidr(pool.cidr),
      expires_at: pool.expiresAt ?? now,
    },
  };
}

function ofAddressLease(record: AddressRecord, accounts: Accounts, now: Date): Details {
  return {
    ...owner(accounts.get(record.accountId ?? 0)),
    region: null,
    lease: {
      pool_id: null,
      address_id: record.id,
      name: record.name,
      place: formatHost(record.cidr),
      expires_at: record.expiresAt ?? now,
    },
  };
}

function ofStale({ record, accountId, region, since }: StaleAddress, accounts: Accounts): Details {
  return {
    ...owner(accounts.get(accountId)),
    // Whoever may not see the account that was listed is not told where.
    region: accounts.has(accountId) ? region : null,
    address: {
      address: formatHost(record.cidr),
      vrf_id: record.vrfId,
      address_id: record.id,
      name: record.name,
      external_id: null,
      since,
    },
  };
}

function ofUnknown({ observed, since }: UnknownAddress, accounts: Accounts): Details {
  return {
    ...owner(accounts.get(observed.accountId)),
    region: observed.region,
    address: {
      address: formatHost(observed.cidr),
      vrf_id: observed.vrfId,
      address_id: null,
      name: observed.name,
      external_id: observed.externalId,
      since,
    },
  };
}
