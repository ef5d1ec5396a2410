import { formatCidr } from '@cloudpam/cidr';
import { INTERFACE_COVERAGES, type InterfaceCoverage } from '@cloudpam/pools';
import {
  OBSERVED_KINDS,
  type ObservedAddress,
  type ObservedKind,
  type PoolHosts,
} from '@cloudpam/reconciliation';
import { listOf, NamedPageQuery } from '../../http/common.dto';
import {
  BooleanField,
  CidrField,
  DecimalField,
  IdField,
  ObjectField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { HostsDto } from '../../pools/dto/pool.dto';

const KIND = {
  words: OBSERVED_KINDS,
  name: 'ObservedKind',
  description: 'What it was given as: to an interface, as a public address, or reserved by name',
} as const;

/** Which observed addresses a list has. */
export class ObservedQuery extends NamedPageQuery {
  @TextField({
    description: 'That lie in this CIDR or range',
    max: 100,
    optional: true,
    example: '10.20.1.0/24',
  })
  cidr_within?: string;
}

/** What has an address in a cloud. */
export class AddressUseDto {
  @WordField(KIND)
  kind!: ObservedKind;

  @TextField({ description: "The cloud's id of what has it", example: 'eni-0a1b2c3d4e5f67890' })
  external_id!: string;

  @TextField({
    description: 'What that is attached to: an instance, a load balancer; null for nothing',
    nullable: true,
    example: 'i-0a1b2c3d4e5f67890',
  })
  attached_to!: string | null;

  @RecordIdField({ description: 'The account that lists it', example: 7 })
  account_id!: number;

  @TimeField({ description: 'When it was last listed' })
  seen_at!: Date;

  static of(each: ObservedAddress): AddressUseDto {
    return {
      kind: each.kind,
      external_id: each.externalId,
      attached_to: each.attachedTo,
      account_id: each.accountId,
      seen_at: each.lastSeenAt,
    };
  }
}

/** An address that a cloud has given to something, or a block that it gave as one: never free. */
export class ObservedAddressDto extends AddressUseDto {
  @IdField({ description: 'The id', example: 1201 })
  id!: number;

  @CidrField({ description: 'The address, or the block', example: '10.20.0.17/32' })
  cidr!: string;

  @RecordIdField({ description: 'Its VRF', example: 1 })
  vrf_id!: number;

  @TextField({ description: 'The region', example: 'eu-central-1' })
  region!: string;

  @TextField({
    description: "The cloud's id of its subnet; null where the cloud names none",
    nullable: true,
    example: 'subnet-0a1b2c3d4e5f67890',
  })
  subnet_external_id!: string | null;

  @TextField({ description: 'The name that it has in the cloud; may be empty', example: 'web-1' })
  name!: string;

  @TimeField({ description: 'When it was first listed' })
  first_seen_at!: Date;

  @TimeField({
    description:
      'When a complete listing was first without it; null while it is there. It is held for a while',
    nullable: true,
  })
  gone_at!: Date | null;

  static override of(each: ObservedAddress): ObservedAddressDto {
    return {
      ...AddressUseDto.of(each),
      id: each.id,
      cidr: formatCidr(each.cidr),
      vrf_id: each.vrfId,
      region: each.region,
      subnet_external_id: each.subnetExternalId,
      name: each.name,
      first_seen_at: each.firstSeenAt,
      gone_at: each.goneAt,
    };
  }
}

export class ObservedAddressListDto extends listOf(ObservedAddressDto, 'ObservedAddressListDto') {}

/** How the addresses of a pool are used by hosts. */
export class HostUsageDto {
  @DecimalField({ description: 'All addresses of the pool', example: '256' })
  size!: string;

  @DecimalField({ description: 'Those that nobody gets', example: '5' })
  forbidden!: string;

  @DecimalField({
    description: 'Different ones that clouds have given to something, of whatever account',
    example: '40',
  })
  observed!: string;

  @WholeField({ description: 'Those with an address record; 10,001 means more', example: 12 })
  recorded!: number;

  @DecimalField({
    description: 'Those that can be given out: nobody has them, and nothing is held',
    example: '204',
  })
  free!: string;

  @WordField({
    words: INTERFACE_COVERAGES,
    name: 'InterfaceCoverage',
    description: 'How far the interfaces of the subnet were listed the last time',
  })
  coverage!: InterfaceCoverage;

  @TimeField({
    description: 'When they were last listed completely; null: never',
    nullable: true,
  })
  observed_at!: Date | null;

  @ObjectField({
    type: () => HostsDto,
    description: 'What the cloud itself counts; null where it does not',
    nullable: true,
  })
  counted!: HostsDto | null;

  @BooleanField({
    description:
      'Whether hosts may have more of them than is known: taking an address asks for `accept_uncounted_hosts` then',
  })
  unlisted_hosts!: boolean;

  static of(hosts: PoolHosts): HostUsageDto {
    return {
      size: String(hosts.size),
      forbidden: String(hosts.forbidden),
      unlisted_hosts: hosts.hasUnlisted,
      observed: String(hosts.observed),
      recorded: hosts.recorded,
      free: String(hosts.free),
      coverage: hosts.coverage,
      observed_at: hosts.observedAt,
      counted: hosts.counted && HostsDto.of(hosts.counted),
    };
  }
}
