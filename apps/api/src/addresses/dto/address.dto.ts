import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ADDRESS_LIMIT,
  ADDRESS_ROLES,
  ADDRESS_STATUSES,
  ADDRESS_STRATEGIES,
  DNS_NAME_LENGTH,
  formatHost,
  type AddressRecord,
  type AddressRole,
  type AddressStatus,
  type AddressStrategy,
  type ForbiddenAddress,
  type ForbiddenReason,
} from '@cloudpam/pools';
import { NamedPageQuery, typedListOf } from '../../http/common.dto';
import {
  BooleanField,
  DescriptionField,
  IdField,
  IdsField,
  inQuery,
  IpField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TagsField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { AddressUseDto } from './observed.dto';

const STATUS = {
  words: ADDRESS_STATUSES,
  name: 'AddressStatus',
  description: 'Whether the address is kept for somebody, in use, or on its way out',
  example: 'active',
} as const;
const ROLE = {
  words: ADDRESS_ROLES,
  name: 'AddressRole',
  description: 'What the address is for',
  example: 'host',
} as const;
const FORBIDDEN = ['network', 'broadcast', 'router_anycast', 'cloud'] as const;
const NAME = { description: 'For people; may be empty', max: 200, example: 'db-1' };
/** With the trailing dot that people write. */
const DNS_NAME = {
  description: 'Its DNS name (RFC 1123)',
  max: DNS_NAME_LENGTH + 1,
  nullable: true,
  example: 'db-1.example.com',
};
const MAC = {
  description: 'The MAC address of its interface (EUI-48)',
  max: 17,
  nullable: true,
  example: '02:00:5e:00:53:01',
};

/** What people set of an address. */
export class AddressFieldsDto {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @WordField({ ...STATUS, optional: true })
  status?: AddressStatus;

  @WordField({ ...ROLE, optional: true })
  role?: AddressRole;

  @TextField({ ...DNS_NAME, optional: true })
  dns_name?: string | null;

  @TextField({ ...MAC, optional: true })
  mac?: string | null;

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

  @TimeField({
    description: 'When its lease ends and it is free again',
    optional: true,
    nullable: true,
  })
  expires_at?: string | null;
}

/** An address that was chosen elsewhere. */
export class NewAddressDto extends AddressFieldsDto {
  @IpField({ description: 'The address', example: '10.20.1.7' })
  address!: string;

  @RecordIdField({ description: 'Its VRF; `global` when left out', optional: true })
  vrf_id?: number;

  @IdField({ description: 'The range that has it, where one does', optional: true })
  range_id?: number;

  @BooleanField({
    description:
      'Records the address also where a cloud has given it to something: the record is of what is there',
    optional: true,
    default: false,
  })
  accept_observed?: boolean;
}

/** What changes of an address; what is left out stays. */
export class AddressPatchDto extends PartialType(AddressFieldsDto, { skipNullProperties: false }) {}

/** What is done with many addresses at once: they are changed, or given back. */
export class BulkAddressesDto {
  @IdsField({
    description: 'The addresses',
    min: 1,
    max: 1_000,
    unique: true,
    example: [7, 8],
  })
  ids!: number[];

  @WordField({
    words: ['update', 'delete'],
    name: 'BulkAddressAction',
    description: 'Whether `set` is set of each, or each is given back',
    example: 'update',
  })
  action!: 'update' | 'delete';

  @ObjectField({
    type: () => AddressPatchDto,
    description: 'What changes of each; what is left out stays. Of `update` alone',
    optional: true,
    example: { status: 'deprecated' },
  })
  set?: AddressPatchDto;
}

/** Free addresses to take out of a pool. */
export class AddressAllocationDto extends AddressFieldsDto {
  @WholeField({
    description: 'How many; 1 when left out. Several get numbers after their name',
    min: 1,
    max: ADDRESS_LIMIT,
    optional: true,
  })
  count?: number;

  @WordField({
    words: ADDRESS_STRATEGIES,
    name: 'AddressStrategy',
    description: 'Which of the free addresses: the lowest, the highest, or any',
    optional: true,
  })
  strategy?: AddressStrategy;

  @IdField({
    description: 'Out of this range; left out: what no range keeps apart',
    optional: true,
  })
  range_id?: number;

  @BooleanField({
    description:
      'Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted',
    optional: true,
  })
  accept_uncounted_hosts?: boolean;
}

/** What narrows a list of addresses. */
export class AddressQuery extends NamedPageQuery {
  @inQuery('number')
  @RecordIdField({ description: 'Of this VRF', optional: true })
  vrf_id?: number;

  @inQuery('number')
  @IdField({ description: 'Of this range', optional: true })
  range_id?: number;

  @WordField({ ...STATUS, description: 'Of this status', optional: true })
  status?: AddressStatus;

  @WordField({ ...ROLE, description: 'Of this role', optional: true })
  role?: AddressRole;

  @TextField({
    description: 'That lie in this CIDR or range',
    max: 100,
    optional: true,
    example: '10.20.1.0/24',
  })
  cidr_within?: string;

  @TextField({
    description: 'Part of a name or DNS name, an id, a tag, or an address, CIDR or range',
    max: 500,
    optional: true,
    example: 'db-',
  })
  q?: string;
}

/** A single address that somebody has. */
export class AddressDto {
  @IdField({ description: 'The id', example: 7 })
  id!: number;

  @IpField({ description: 'The address', example: '10.20.1.7' })
  address!: string;

  @RecordIdField({ description: 'Its VRF', example: 1 })
  vrf_id!: number;

  @IdField({
    description: 'The smallest pool around it; null where there is none, or none that you may see',
    nullable: true,
    example: 42,
  })
  pool_id!: number | null;

  @IdField({
    description: 'The range that has it; null where none does, or none that you may see',
    nullable: true,
    example: 3,
  })
  range_id!: number | null;

  @TextField(NAME)
  name!: string;

  @WordField(STATUS)
  status!: AddressStatus;

  @WordField(ROLE)
  role!: AddressRole;

  @TextField(DNS_NAME)
  dns_name!: string | null;

  @TextField(MAC)
  mac!: string | null;

  @RecordIdField({ description: 'The account it belongs to', nullable: true })
  account_id!: number | null;

  @DescriptionField()
  description!: string;

  @TagsField({ description: 'Tags, by key' })
  tags!: Record<string, string>;

  @TimeField({ description: 'When its lease ends and it is free again', nullable: true })
  expires_at!: Date | null;

  @TimeField({ description: 'When it was taken' })
  created_at!: Date;

  @TimeField({ description: 'When it was last changed' })
  updated_at!: Date;

  @WholeField({ description: 'Counts the changes; also the ETag, for If-Match', min: 1 })
  version!: number;

  @ObjectField({
    type: () => AddressUseDto,
    description:
      'What has the address in a cloud now, by the last listing; null for nothing. Answers of writes leave it out.',
    nullable: true,
    optional: true,
  })
  observed?: AddressUseDto | null;

  static of(record: AddressRecord): AddressDto {
    return {
      id: record.id,
      address: formatHost(record.cidr),
      vrf_id: record.vrfId,
      pool_id: record.poolId,
      range_id: record.rangeId,
      name: record.name,
      status: record.status,
      role: record.role,
      dns_name: record.dnsName,
      mac: record.mac,
      account_id: record.accountId,
      description: record.description,
      tags: record.tags,
      expires_at: record.expiresAt,
      created_at: record.createdAt,
      updated_at: record.updatedAt,
      version: record.version,
    };
  }
}

export class AddressListDto extends typedListOf(AddressDto, 'AddressListDto') {}

/** The addresses that a write has taken. */
export class AddressesDto {
  @ObjectsField({
    type: () => AddressDto,
    description: 'The addresses, in the order of their choice',
  })
  items!: readonly AddressDto[];
}

/** An address of a pool that nobody gets. */
export class ForbiddenAddressDto {
  @IpField({ description: 'The address', example: '10.20.1.0' })
  address!: string;

  @WordField({
    words: FORBIDDEN,
    name: 'ForbiddenReason',
    description:
      'Whether it is the network or broadcast address, the subnet-router anycast address (RFC 4291), ' +
      'or one that the cloud keeps',
    example: 'network',
  })
  reason!: ForbiddenReason;

  static of({ cidr, reason }: ForbiddenAddress): ForbiddenAddressDto {
    return { address: formatHost(cidr), reason };
  }
}

/** A page of the addresses of a pool, and those of it that nobody gets. */
export class PoolAddressListDto extends typedListOf(AddressDto, 'PoolAddressListDto') {
  @ApiProperty({
    type: () => ForbiddenAddressDto,
    isArray: true,
    description: 'The addresses of the pool that nobody gets: computed, never stored',
  })
  forbidden!: readonly ForbiddenAddressDto[];
}
