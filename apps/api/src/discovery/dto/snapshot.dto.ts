import { PROVIDERS, type Provider } from '@cloudpam/pools';
import {
  COVERAGES,
  OBSERVED_KINDS,
  RESOURCE_KINDS,
  type Coverage,
  type ObservedKind,
  type ResourceKind,
} from '@cloudpam/reconciliation';
import { BulkBody } from '../../http/bulk-body';
import { SNAPSHOT_FORMAT, checkSnapshotFormat } from '../snapshot-format';
import {
  CidrField,
  BooleanField,
  ObjectField,
  ObjectsField,
  TagsField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { INSTANCE } from './agent.dto';

/** A name that a cloud gives: nothing in it is a control character. */
const KEY = {
  min: 1,
  max: 512,
  // eslint-disable-next-line no-control-regex -- they are what it is about
  pattern: /^[^\u0000-\u001f\u007f]+$/,
};
const OWNER = {
  ...KEY,
  description: 'The account that owns it; not always the one that lists it',
  example: '111122223333',
};
const REGION = { ...KEY, description: 'The region that it is in', example: 'eu-central-1' };
const NAME = {
  description: 'The name that it has in the cloud; may be empty',
  max: 1_000,
  example: 'payments',
};

/** A VPC or network, as the cloud reports it. */
export class SeenNetworkDto {
  @TextField({ ...KEY, description: "The cloud's id", example: 'vpc-0a1b2c3d' })
  external_id!: string;

  @TextField(OWNER)
  owner_account!: string;

  @TextField(REGION)
  region!: string;

  @TextField(NAME)
  name!: string;

  @BooleanField({
    description: 'Whether the cloud made it by itself',
    optional: true,
    default: false,
  })
  is_default?: boolean;
}

/** One CIDR of a VPC, subnet or secondary range, as the cloud reports it. */
export class SeenResourceDto {
  @WordField({ words: RESOURCE_KINDS, name: 'ResourceKind', description: 'What it is' })
  kind!: ResourceKind;

  @TextField({ ...KEY, description: "The cloud's id", example: 'subnet-0a1b2c3d' })
  external_id!: string;

  @TextField({ ...KEY, description: "The cloud's id of its network", example: 'vpc-0a1b2c3d' })
  network_external_id!: string;

  @TextField(OWNER)
  owner_account!: string;

  @TextField(REGION)
  region!: string;

  @TextField({
    ...KEY,
    description: "The cloud's id of its zone; null for none",
    example: 'euc1-az2',
    nullable: true,
    optional: true,
  })
  zone_id?: string | null;

  @TextField({
    ...KEY,
    description: 'The AWS Outpost that it is on; null for none',
    example: 'op-0a1b2c3d',
    nullable: true,
    optional: true,
  })
  outpost?: string | null;

  @TextField(NAME)
  name!: string;

  @CidrField({ description: 'Its addresses', example: '10.20.0.0/24' })
  cidr!: string;

  @WholeField({
    description: 'Host addresses of it that the cloud says are free',
    min: 0,
    max: 2_147_483_647,
    optional: true,
  })
  free_hosts?: number;

  @TagsField({ description: "The cloud's tags or labels", optional: true })
  tags?: Record<string, string>;
}

/** An address that a cloud has given to something, or a block that it gave as one. */
export class SeenAddressDto {
  @WordField({ words: OBSERVED_KINDS, name: 'ObservedKind', description: 'What it was given as' })
  kind!: ObservedKind;

  @TextField({
    ...KEY,
    description: "The cloud's id of what has it",
    example: 'eni-0a1b2c3d4e5f67890',
  })
  external_id!: string;

  @TextField({
    ...KEY,
    description: "The cloud's id of its network; null for a public address",
    example: 'vpc-0a1b2c3d',
    nullable: true,
    optional: true,
  })
  network_external_id?: string | null;

  @TextField({ ...KEY, description: 'The account that owns the network', optional: true })
  network_owner?: string;

  @TextField({
    ...KEY,
    description: "The cloud's id of its subnet; null for a public address",
    example: 'subnet-0a1b2c3d',
    nullable: true,
    optional: true,
  })
  subnet_external_id?: string | null;

  @TextField(REGION)
  region!: string;

  @TextField(NAME)
  name!: string;

  @TextField({
    ...KEY,
    description: 'What has it: an instance, a load balancer; null for nothing',
    example: 'i-0a1b2c3d4e5f67890',
    nullable: true,
    optional: true,
  })
  attached_to?: string | null;

  @CidrField({ description: 'The address, or the block', example: '10.20.0.17/32' })
  cidr!: string;
}

/** Why a scope is not complete. */
export class ScopeErrorDto {
  @TextField({ description: "The cloud's own code", max: 500, example: 'AccessDenied' })
  code!: string;

  @TextField({
    description: "The cloud's own words",
    max: 5_000,
    example: 'User is not authorized to perform: ec2:DescribeVpcs',
  })
  message!: string;
}

/** How far the interfaces of a scope were listed. */
export class SeenInterfacesDto {
  @WordField({
    words: COVERAGES,
    name: 'Coverage',
    description: 'How much of them the listing has; only what is `complete` tells what is gone',
  })
  coverage!: Coverage;

  @ObjectField({
    type: () => ScopeErrorDto,
    description: 'Why it is not complete; null when it is',
    nullable: true,
    optional: true,
  })
  error?: ScopeErrorDto | null;
}

/** The place of a scope in a listing that comes in parts. */
export class ListingPartDto {
  @WholeField({ description: 'Which part it is, from 1', min: 1, max: 10_000 })
  number!: number;

  @BooleanField({ description: 'Whether it is the last part' })
  last!: boolean;
}

/** What a collector saw of an account in a region. */
export class ScopeSnapshotDto {
  @WordField({ words: PROVIDERS, name: 'Provider', description: 'The cloud' })
  provider!: Provider;

  @TextField({
    ...KEY,
    description: "The cloud's own id of the account or project",
    example: '111122223333',
  })
  account!: string;

  @TextField({ description: 'The name of the account, for people', max: 200, optional: true })
  account_name?: string;

  @BooleanField({
    description:
      'The account was named by hand, and nothing has shown that there is one: ' +
      'its failure makes no account (404 account_not_found)',
    optional: true,
  })
  account_unproven?: boolean;

  @TextField({
    ...KEY,
    description: 'The region that was listed; at GCP `global` for networks',
    example: 'eu-central-1',
  })
  region!: string;

  @WordField({
    words: COVERAGES,
    name: 'Coverage',
    description: 'How much of it the listing has; only what is `complete` tells what is gone',
  })
  coverage!: Coverage;

  @ObjectField({
    type: () => ScopeErrorDto,
    description: 'Why it is not complete; null when it is',
    nullable: true,
    optional: true,
  })
  error?: ScopeErrorDto | null;

  @TimeField({ description: 'When the listing began; of two of a scope the later one counts' })
  collected_at!: string;

  @ObjectField({
    type: () => ListingPartDto,
    description:
      'The place of this in a listing that comes in parts of one run_id, account and region, ' +
      'in any order, each with the networks and resources that no other has. Those before the ' +
      'last are kept for a day (202); the last one applies all as one listing, with its own ' +
      'coverage, or is refused.',
    optional: true,
  })
  part?: ListingPartDto;

  @ObjectsField({ type: () => SeenNetworkDto, description: 'Its networks', max: 10_000 })
  networks!: SeenNetworkDto[];

  @ObjectsField({ type: () => SeenResourceDto, description: 'Its resources', max: 50_000 })
  resources!: SeenResourceDto[];

  @ObjectField({
    type: () => SeenInterfacesDto,
    description:
      'How far interfaces and their addresses were listed, whatever became of networks and ' +
      'subnets; left out where nobody asked for them',
    optional: true,
  })
  interfaces?: SeenInterfacesDto;

  @ObjectsField({
    type: () => SeenAddressDto,
    description: 'The addresses of its interfaces',
    max: 100_000,
    optional: true,
  })
  addresses?: SeenAddressDto[];
}

/** The collector that delivers. */
export class CollectorDto {
  @TextField({ description: 'The name of the program', max: 200, example: 'cloudpam-collector' })
  name!: string;

  @TextField({ description: 'Its version', max: 100, example: '0.1.0' })
  version!: string;
}

/** What one run of a collector saw. */
@BulkBody({ first: checkSnapshotFormat })
export class SnapshotDto {
  @WholeField({
    description:
      'The form of this body. A server of an earlier version refuses a later form with 422 ' +
      '`snapshot_too_new`, and must be updated before its collectors',
    min: 1,
    max: SNAPSHOT_FORMAT,
    optional: true,
    default: SNAPSHOT_FORMAT,
  })
  format?: number;

  @TextField({
    ...INSTANCE,
    description: 'A UUID of the run',
  })
  run_id!: string;

  @ObjectField({ type: () => CollectorDto, description: 'Who delivers' })
  collector!: CollectorDto;

  @ObjectsField({
    type: () => ScopeSnapshotDto,
    description: 'The scopes that were listed, each applied or refused by itself',
    min: 1,
    max: 10_000,
  })
  scopes!: ScopeSnapshotDto[];
}
