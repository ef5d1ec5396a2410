import { PartialType } from '@nestjs/swagger';
import { formatAddress } from '@cloudpam/cidr';
import {
  CHOSEN_PURPOSES,
  RANGE_PURPOSES,
  type RangePurpose,
  type RangeRecord,
} from '@cloudpam/pools';
import { listOf, NamedPageQuery } from '../../http/common.dto';
import {
  BooleanField,
  DescriptionField,
  IdField,
  inQuery,
  IpField,
  RecordIdField,
  TagsField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';

const CHOSEN = {
  words: CHOSEN_PURPOSES,
  name: 'ChosenRangePurpose',
  description:
    'Whether a DHCP server gives its addresses out, they are for those who name the range, or nobody gets them',
  example: 'dhcp',
} as const;
const PURPOSE = {
  words: RANGE_PURPOSES,
  name: 'RangePurpose',
  description: 'Why it is kept apart; `quarantine`: what was there was deleted lately',
  example: 'dhcp',
} as const;
const NAME = { description: 'For people; may be empty', max: 200, example: 'clients' };
const COUNTS = {
  description:
    'Whether all of it counts in what is used of its pool, or only the addresses that somebody has of it',
};
const FIRST = { description: 'The first address', example: '10.20.1.100' };
const LAST = { description: 'The last address', example: '10.20.1.199' };

/** What people set of a range. */
export class RangeFieldsDto {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @WordField({ ...CHOSEN, optional: true })
  purpose?: (typeof CHOSEN_PURPOSES)[number];

  @BooleanField({ ...COUNTS, optional: true })
  counts_as_used?: boolean;

  @RecordIdField({
    description: 'The account it belongs to; that of its pool when left out',
    optional: true,
    nullable: true,
  })
  account_id?: number | null;

  @DescriptionField({ optional: true })
  description?: string;

  @TagsField({ description: 'Tags, by key', optional: true, example: { owner: 'netops' } })
  tags?: Record<string, string>;
}

/** Addresses of a pool to keep apart. */
export class NewRangeDto extends RangeFieldsDto {
  @IpField(FIRST)
  start_address!: string;

  @IpField(LAST)
  end_address!: string;

  @BooleanField({
    description: 'Takes address records that lie there in; without it they are in the way',
    optional: true,
  })
  with_addresses?: boolean;
}

/** What changes of a range; what is left out stays. */
export class RangePatchDto extends PartialType(RangeFieldsDto, { skipNullProperties: false }) {}

/** What narrows a list of ranges. */
export class RangeQuery extends NamedPageQuery {
  @inQuery('number')
  @RecordIdField({ description: 'Of this VRF', optional: true })
  vrf_id?: number;

  @WordField({ ...PURPOSE, description: 'Of this purpose', optional: true })
  purpose?: RangePurpose;

  @TextField({
    description: 'That have an address of this CIDR or range',
    max: 100,
    optional: true,
    example: '10.20.1.0/24',
  })
  cidr_touching?: string;
}

/** Addresses that are kept apart, from the first to the last. */
export class RangeDto {
  @IdField({ description: 'The id', example: 3 })
  id!: number;

  @IpField(FIRST)
  start_address!: string;

  @IpField(LAST)
  end_address!: string;

  @RecordIdField({ description: 'Its VRF', example: 1 })
  vrf_id!: number;

  @IdField({
    description: 'The smallest pool around it; null where there is none, or none that you may see',
    nullable: true,
    example: 42,
  })
  pool_id!: number | null;

  @TextField(NAME)
  name!: string;

  @WordField(PURPOSE)
  purpose!: RangePurpose;

  @BooleanField(COUNTS)
  counts_as_used!: boolean;

  @RecordIdField({ description: 'The account it belongs to', nullable: true })
  account_id!: number | null;

  @DescriptionField()
  description!: string;

  @TagsField({ description: 'Tags, by key' })
  tags!: Record<string, string>;

  @TimeField({ description: 'When a quarantine ends by itself', nullable: true })
  until!: Date | null;

  @TextField({
    description: 'Who has deleted what is in quarantine',
    max: 500,
    nullable: true,
    example: 'terraform',
  })
  held_by!: string | null;

  @TimeField({ description: 'When it was made' })
  created_at!: Date;

  @TimeField({ description: 'When it was last changed' })
  updated_at!: Date;

  @WholeField({ description: 'Counts the changes; also the ETag, for If-Match', min: 1 })
  version!: number;

  static of(record: RangeRecord): RangeDto {
    const { family, first, last } = record.span;
    return {
      id: record.id,
      start_address: formatAddress(family, first),
      end_address: formatAddress(family, last),
      vrf_id: record.vrfId,
      pool_id: record.poolId,
      name: record.name,
      purpose: record.purpose,
      counts_as_used: record.countsAsUsed,
      account_id: record.accountId,
      description: record.description,
      tags: record.tags,
      until: record.until,
      held_by: record.holder?.name ?? null,
      created_at: record.createdAt,
      updated_at: record.updatedAt,
      version: record.version,
    };
  }
}

export class RangeListDto extends listOf(RangeDto, 'RangeListDto') {}
