import type { Accounts, TypedText } from '@cloudpam/pools';
import {
  FINDING_STATUSES,
  FINDING_TYPES,
  type Finding,
  type FindingPage,
  type FindingStatus,
  type FindingType,
  type UnseenScope,
} from '@cloudpam/reconciliation';
import { typedListOf } from '../../http/common.dto';
import type { ListPage } from '../../http/list-page';
import { ObjectField, RecordIdField, TextField, WordField } from '../../http/fields';
import { OwnerQuery } from './resource-query.dto';
import { DismissalDto, ResourceDto } from './resource.dto';

/** Findings of resources, and scopes that were not seen. */
type AnyFindingType = FindingType | 'unseen';
const TYPE = { words: [...FINDING_TYPES, 'unseen'], name: 'FindingType' };
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

  @WordField({ ...TYPE, description: 'What is wrong; `unseen`: a region is not listed any more' })
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

  @RecordIdField({ description: 'The account that it is of', example: 7 })
  account_id!: number;

  @TextField({ description: 'The key of the account', example: 'aws:111122223333' })
  account_key!: string;

  @TextField({ description: 'The region that it is of', example: 'eu-central-1' })
  region!: string;

  @ObjectField({
    type: () => ResourceDto,
    description: 'The resource that it is of; null for `unseen`, which is of a region',
    nullable: true,
  })
  resource!: ResourceDto | null;

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
    };
  }
}

export class FindingListDto extends typedListOf(FindingDto, 'FindingListDto') {
  static of(
    { unseen, findings, total, accounts }: FindingPage,
    page: ListPage,
    typed: TypedText | undefined,
  ): FindingListDto {
    const items = [
      ...unseen.map(FindingDto.ofUnseen),
      ...findings.map((finding) => FindingDto.of(finding, accounts)),
    ];
    return { ...page.answer(items, total), read_as: typed?.readAs ?? null };
  }
}
