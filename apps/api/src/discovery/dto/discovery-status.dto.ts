import {
  DISCOVERY_POLICIES,
  INTERFACE_COVERAGES,
  PROVIDERS,
  type InterfaceCoverage,
  type DiscoveryPolicy,
  type Provider,
} from '@cloudpam/pools';
import {
  COVERAGES,
  type AccountStatus,
  type Coverage,
  type DiscoveryStandards,
  type DiscoveryStatus,
  type AnyFindingType,
  type ScopeStatus,
} from '@cloudpam/reconciliation';
import { listOf, type WholeListQuery } from '../../http/common.dto';
import { pageOfAll } from '../../http/list-page';
import {
  ObjectField,
  ObjectsField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { JobDto } from './job.dto';

const COVERAGE = { words: COVERAGES, name: 'Coverage' } as const;
const POLICY = { words: DISCOVERY_POLICIES, name: 'DiscoveryPolicy' } as const;

/** How far one region of an account was read. */
export class RegionCoverageDto {
  @TextField({ description: 'The region; at GCP `global` for networks', example: 'eu-central-1' })
  region!: string;

  @WordField({ ...COVERAGE, description: 'How much of it the last listing has' })
  coverage!: Coverage;

  @TimeField({ description: 'When the last listing began; null before the first', nullable: true })
  collected_at!: Date | null;

  @TimeField({
    description: 'When the last complete listing began; null before the first',
    nullable: true,
  })
  complete_at!: Date | null;

  @TextField({ description: "The cloud's own error code; null for none", nullable: true })
  error_code!: string | null;

  @TextField({ description: "The cloud's own error; null for none", nullable: true })
  error_msg!: string | null;

  @WordField({
    words: INTERFACE_COVERAGES,
    name: 'InterfaceCoverage',
    description: 'How far its interfaces were listed the last time; `off`: nobody asked for them',
  })
  interfaces!: InterfaceCoverage;

  @TimeField({
    description: 'When the last listing with all interfaces began; null before the first',
    nullable: true,
  })
  interfaces_complete_at!: Date | null;

  @TextField({
    description: "The cloud's own error about interfaces, with its code; null for none",
    nullable: true,
  })
  interfaces_error!: string | null;

  @TextField({ description: 'Why it is overdue; null when it is not', nullable: true })
  unseen!: string | null;

  @WholeField({ description: 'Its VPCs and networks' })
  vpc_count!: number;

  @WholeField({ description: 'Its subnets' })
  subnet_count!: number;

  static of({ scope, unseen, vpcCount, subnetCount }: ScopeStatus): RegionCoverageDto {
    return {
      region: scope.region,
      coverage: scope.coverage,
      collected_at: scope.collectedAt,
      complete_at: scope.completeAt,
      error_code: scope.errorCode,
      error_msg: scope.errorMessage,
      interfaces: scope.interfaces,
      interfaces_complete_at: scope.interfacesCompleteAt,
      interfaces_error:
        scope.interfacesError && `${scope.interfacesError.code}: ${scope.interfacesError.message}`,
      unseen,
      vpc_count: vpcCount,
      subnet_count: subnetCount,
    };
  }
}

/** What is known of the discovery of an account. */
export class DiscoveryStateDto {
  @RecordIdField({ description: 'The account', example: 7 })
  account_id!: number;

  @TextField({ description: 'The key of the account', example: 'aws:111122223333' })
  account_key!: string;

  @TextField({ description: 'The name of the account', example: 'Payments production' })
  account_name!: string;

  @WordField({ words: PROVIDERS, name: 'Provider', description: 'The cloud' })
  provider!: Provider;

  @TimeField({
    description: 'When the last listing of any of its regions began; null before the first',
    nullable: true,
  })
  last_run_at!: Date | null;

  @WordField({
    ...COVERAGE,
    description: 'The worst of its regions; one that is overdue counts as `partial`',
  })
  status!: Coverage;

  @WordField({ ...POLICY, description: 'What happens to its new resources' })
  policy!: DiscoveryPolicy;

  @TextField({ description: 'What of it is overdue; null for nothing', nullable: true })
  unseen!: string | null;

  @ObjectField({ type: () => JobDto, description: 'Its open job; null for none', nullable: true })
  job!: JobDto | null;

  @WholeField({ description: 'Its VPCs and networks' })
  vpc_count!: number;

  @WholeField({ description: 'Its subnets' })
  subnet_count!: number;

  @TextField({ description: 'The error of one of its regions; null for none', nullable: true })
  error_msg!: string | null;

  @ObjectsField({ type: () => RegionCoverageDto, description: 'Region by region' })
  coverage!: readonly RegionCoverageDto[];

  static of({ account, scopes, job, ...status }: AccountStatus): DiscoveryStateDto {
    return {
      account_id: account.id,
      account_key: account.key,
      account_name: account.name,
      provider: account.provider,
      last_run_at: status.lastRunAt,
      status: status.coverage,
      unseen: status.unseen,
      vpc_count: status.vpcCount,
      subnet_count: status.subnetCount,
      error_msg: status.error,
      coverage: scopes.map(RegionCoverageDto.of),
      policy: status.policy,
      job: job && JobDto.of(job, new Map([[account.id, account]])),
    };
  }
}

/** How many open findings there are. */
export class FindingCountsDto implements Record<AnyFindingType, number> {
  @WholeField({ description: "Resources that overlap another network's addresses" })
  overlap!: number;

  @WholeField({ description: 'Resources that go against the plan' })
  conflict!: number;

  @WholeField({ description: 'Resources of which the cloud says something else than the pool' })
  drift!: number;

  @WholeField({ description: 'Resources that are gone, and still have a pool' })
  orphan!: number;

  @WholeField({ description: 'Resources without a pool' })
  unmanaged!: number;

  @WholeField({ description: 'Resources that break rules of the pool above them' })
  compliance!: number;

  @WholeField({ description: 'Regions that are not listed any more' })
  unseen!: number;

  @WholeField({ description: 'Pools into which a block of their usual length soon no longer fits' })
  exhausts_soon!: number;

  @WholeField({
    description: 'Pools and addresses whose lease ends soon, or is over and they are not freed',
  })
  lease_ends!: number;

  @WholeField({ description: 'Address records that nothing in the cloud has the address of' })
  stale_address!: number;

  @WholeField({
    description: 'Addresses in use without a record, in subnets whose addresses have records',
  })
  unknown_address!: number;

  @WholeField({
    description: 'Webhooks that the server has paused; 0 for whoever may not manage webhooks',
  })
  webhook_paused!: number;
}

/** How far the clouds are known, account by account, and what is wrong there. */
export class DiscoveryStatusDto extends listOf(DiscoveryStateDto, 'DiscoveryStatusDto') {
  @ObjectField({ type: () => FindingCountsDto, description: 'Open findings by type' })
  findings!: FindingCountsDto;

  @WordField({
    ...POLICY,
    description: 'What happens to new resources of accounts without a policy of their own',
  })
  policy!: DiscoveryPolicy;

  @WholeField({
    description: 'Seconds between two discoveries of accounts without an interval; 0: never',
  })
  interval_seconds!: number;

  static of(
    { accounts, findings }: DiscoveryStatus,
    { policy, interval }: DiscoveryStandards,
    query: WholeListQuery,
  ): DiscoveryStatusDto {
    return {
      ...pageOfAll(accounts.map(DiscoveryStateDto.of), query, 'status'),
      findings,
      policy,
      interval_seconds: interval,
    };
  }
}
