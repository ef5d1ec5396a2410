import { formatCidr } from '@cloudpam/cidr';
import {
  hasUncountedHosts,
  LIVE_KEY_LENGTH,
  NAME_LENGTH,
  POOL_SOURCES,
  PROVIDERS,
  SYNC_STATUSES,
  utilizationOf,
  type CountedPool,
  type HostUsage,
  type Pool,
} from '@cloudpam/pools';
import { listOf, typedListOf } from '../../http/common.dto';
import {
  BooleanField,
  CidrField,
  DecimalField,
  DescriptionField,
  FamilyField,
  IdField,
  NumberField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TagsField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { KIND, RulesDto, STATUS } from './pool-fields.dto';

export const SOURCE = {
  words: POOL_SOURCES,
  name: 'PoolSource',
  description: 'Who made the pool: a person, or discovery',
} as const;
export const SYNC = {
  words: SYNC_STATUSES,
  name: 'SyncStatus',
  description: 'How the pool stands to what the cloud shows',
} as const;

/** How much of a pool is taken, in addresses. */
export class UtilizationDto {
  @DecimalField({ description: 'Addresses of the pool' })
  total!: string;

  @DecimalField({ description: 'Addresses in children and in what a cloud uses', example: '512' })
  used!: string;

  @DecimalField({ description: 'Addresses in reserved children', example: '256' })
  reserved!: string;

  @DecimalField({ description: 'Addresses that nobody has taken', example: '65024' })
  free!: string;

  @NumberField({ description: 'used / total', min: 0, max: 1, example: 0.0078125 })
  ratio!: number;
}

/** How the hosts of a subnet fill it, by what its cloud has counted. */
export class HostsDto {
  @DecimalField({ description: 'Addresses that hosts can have', example: '251' })
  size!: string;

  @DecimalField({ description: 'Those that hosts have', example: '40' })
  used!: string;

  @DecimalField({ description: 'Those that are free', example: '211' })
  free!: string;

  @TimeField({ description: 'When the cloud said so' })
  observed_at!: Date;

  static of({ size, used, free, observedAt }: HostUsage): HostsDto {
    return {
      size: String(size),
      used: String(used),
      free: String(free),
      observed_at: observedAt,
    };
  }
}

/** What a person should know of a pool that was made by hand. */
export class WarningDto {
  @WordField({
    words: ['in_use_by_cloud'],
    name: 'WarningCode',
    description: 'What is noticed, for programs',
  })
  code!: 'in_use_by_cloud';

  @TextField({
    description: 'What is noticed, for people',
    example: 'A cloud uses 10.20.1.0/24, which has no pool.',
  })
  detail!: string;
}

/** A pool: a block of addresses in a VRF, with its place in the tree. */
export class PoolDto {
  @IdField({ description: 'The id', example: 42 })
  id!: number;

  @RecordIdField({ description: 'The VRF its addresses belong to', example: 1 })
  vrf_id!: number;

  @IdField({ description: 'The smallest pool around it; null for a root', nullable: true })
  parent_id!: number | null;

  @TextField({
    description: 'For people; empty where a cloud gives none',
    max: NAME_LENGTH,
    example: 'berlin-office',
  })
  name!: string;

  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @FamilyField({ description: 'IPv4 or IPv6', example: 4 })
  family!: 4 | 6;

  @WordField(KIND)
  kind!: Pool['kind'];

  @WordField(STATUS)
  status!: Pool['status'];

  @WordField(SOURCE)
  source!: Pool['source'];

  @RecordIdField({ description: 'The account it belongs to', nullable: true })
  account_id!: number | null;

  @WordField({
    words: PROVIDERS,
    name: 'Provider',
    description: 'The cloud of the resource it stands for',
    nullable: true,
  })
  provider!: Pool['provider'];

  @TextField({
    description: 'The id that the cloud gives the resource it stands for',
    nullable: true,
    example: 'subnet-0a1b2c3d4e5f67890',
  })
  external_id!: string | null;

  @TextField({ description: 'The id of the VPC or network of that resource', nullable: true })
  external_vpc!: string | null;

  @TextField({ description: 'The region it is for', nullable: true, example: 'eu-central-1' })
  region!: string | null;

  @WordField({ ...SYNC, nullable: true })
  sync_status!: Pool['syncStatus'];

  @TimeField({ description: 'When the cloud last showed the resource', nullable: true })
  last_sync_at!: Date | null;

  @DescriptionField()
  description!: string;

  @TagsField({ description: 'Tags, by key', example: { owner: 'netops' } })
  tags!: Readonly<Record<string, string>>;

  @RecordIdField({ description: 'The VLAN that carries it', nullable: true })
  vlan_id!: number | null;

  @TimeField({ description: 'When its lease ends', nullable: true })
  expires_at!: Date | null;

  @ObjectField({
    type: () => RulesDto,
    description: 'What holds for the direct children of the pool',
    nullable: true,
  })
  rules!: RulesDto | null;

  @TextField({
    description: 'The live key of the allocation that made it',
    max: LIVE_KEY_LENGTH,
    nullable: true,
  })
  key!: string | null;

  @TimeField({ description: 'When it was made' })
  created_at!: Date;

  @TimeField({ description: 'When it was last changed' })
  updated_at!: Date;

  @WholeField({ description: 'Counts the changes; also the ETag, for If-Match' })
  version!: number;

  @ObjectField({ type: () => UtilizationDto, description: 'How much of it is taken' })
  utilization!: UtilizationDto;

  @BooleanField({
    description:
      'A living subnet or secondary range of a cloud: hosts are in it that nobody has ' +
      'counted, and `free` counts them as free',
  })
  uncounted_hosts!: boolean;

  @ObjectField({
    type: () => HostsDto,
    description:
      'Of a living subnet of a cloud: how its hosts fill it, where the cloud counts them; ' +
      'null where it does not. Answers of writes leave it out.',
    nullable: true,
    optional: true,
  })
  hosts?: HostsDto | null;

  @WholeField({ description: 'Its direct children', optional: true })
  child_count?: number;

  @ObjectsField({
    type: () => WarningDto,
    description: 'Where a pool is made by hand: what a cloud uses in its space',
    optional: true,
  })
  warnings?: readonly WarningDto[];

  static counted({ pool, childCount, hosts }: CountedPool): PoolDto {
    const dto = PoolDto.of(pool);
    dto.hosts = hosts ? HostsDto.of(hosts) : null;
    dto.child_count = childCount; // a spread takes ten times as long, and lists have many
    return dto;
  }

  static of(pool: Pool): PoolDto {
    const { total, used, reserved, ratio } = utilizationOf(pool);
    return {
      id: pool.id,
      vrf_id: pool.vrfId,
      parent_id: pool.parentId,
      name: pool.name,
      cidr: formatCidr(pool.cidr),
      family: pool.cidr.family,
      kind: pool.kind,
      status: pool.status,
      source: pool.source,
      account_id: pool.accountId,
      provider: pool.provider,
      external_id: pool.externalId,
      external_vpc: pool.externalVpc,
      region: pool.region,
      sync_status: pool.syncStatus,
      last_sync_at: pool.lastSyncAt,
      description: pool.description,
      tags: pool.tags,
      vlan_id: pool.vlanId,
      expires_at: pool.expiresAt,
      rules: pool.rules && rulesOf(pool.rules),
      key: pool.liveKey?.key ?? null,
      created_at: pool.createdAt,
      updated_at: pool.updatedAt,
      version: pool.version,
      uncounted_hosts: hasUncountedHosts(pool),
      utilization: {
        total: String(total),
        used: String(used),
        reserved: String(reserved),
        free: String(total - used),
        ratio,
      },
    };
  }
}

export class PoolListDto extends listOf(PoolDto, 'PoolListDto') {}

/** A list of pools that `q` narrows. */
export class TypedPoolListDto extends typedListOf(PoolDto, 'TypedPoolListDto') {}

/** The pools that a write has made: all of them. */
export class PoolsDto {
  @ObjectsField({ type: () => PoolDto, description: 'The pools' })
  items!: readonly PoolDto[];

  static of(pools: readonly Pool[]): PoolsDto {
    return { items: pools.map(PoolDto.of) };
  }
}

function rulesOf(rules: NonNullable<Pool['rules']>): RulesDto {
  return {
    min_prefix_length: rules.minPrefixLength,
    max_prefix_length: rules.maxPrefixLength,
    default_prefix_length: rules.defaultPrefixLength,
    required_tags: [...rules.requiredTags],
    quarantine_days: rules.quarantineDays ?? null,
  };
}
