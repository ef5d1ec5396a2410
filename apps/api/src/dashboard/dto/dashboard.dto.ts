import { formatRange } from '@cloudpam/cidr';
import type { EndingLease, EndingLeases, EndingPools } from '@cloudpam/forecast';
import { PROVIDERS, type Provider } from '@cloudpam/pools';
import {
  COVERAGES,
  AGED_FINDING_TYPES,
  MISSING_REASONS,
  type AccountCoverage,
  type Coverage,
  type Dashboard,
  type DiscoveryCoverage,
  type FindingsByAge,
  type AgedFindingType,
  type MissingReason,
  type OpenFindings,
  type Part,
} from '@cloudpam/reconciliation';
import { AuditEntryDto } from '../../audit/dto/audit-entry.dto';
import { PoolForecastDto } from '../../forecasts/dto/forecast.dto';
import {
  BooleanField,
  IdField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { EstateDto } from './estate.dto';

const LEASE_TYPES = ['pool', 'address', 'range'] as const satisfies EndingLease['type'][];

/**
 * Open findings of one type by age: since when the resource is known, an orphan gone, or an address other than its
 * record.
 */
export class OpenFindingsDto {
  @WordField({ words: AGED_FINDING_TYPES, name: 'AgedFindingType', description: 'What is wrong' })
  type!: AgedFindingType;

  @WholeField({ description: 'At most 7 days old', example: 2 })
  week!: number;

  @WholeField({ description: '8 to 30 days old', example: 1 })
  month!: number;

  @WholeField({ description: 'Older', example: 0 })
  older!: number;

  static of({ type, week, month, older }: OpenFindings): OpenFindingsDto {
    return { type, week, month, older };
  }
}

/** Open findings of resources, and of addresses that differ from their records. */
export class FindingsByAgeDto {
  @ObjectsField({ type: () => OpenFindingsDto, description: 'By type, each type once' })
  types!: readonly OpenFindingsDto[];

  @BooleanField({
    description: 'Whether there may be more: the first 10,000 resources with findings are counted',
  })
  is_estimate!: boolean;

  static of({ types, isAll }: FindingsByAge): FindingsByAgeDto {
    return { types: types.map(OpenFindingsDto.of), is_estimate: !isAll };
  }
}

/** What ends soon, or is over and still there. */
export class EndingLeaseDto {
  @WordField({ words: LEASE_TYPES, name: 'LeaseType', description: 'What it is' })
  type!: EndingLease['type'];

  @IdField({ description: 'Its id', example: 42 })
  id!: number;

  @TextField({ description: 'Its name; may be empty', example: 'berlin-office' })
  name!: string;

  @TextField({
    description: 'Its addresses: a CIDR, an address, or the first and the last one',
    example: '10.20.0.0/16',
  })
  addresses!: string;

  @RecordIdField({ description: 'The VRF that it lies in', example: 1 })
  vrf_id!: number;

  @TimeField({ description: 'When it ends, or has ended' })
  ends_at!: Date;

  static of({ type, id, name, span, vrfId, endsAt }: EndingLease): EndingLeaseDto {
    return { type, id, name, addresses: formatRange(span), vrf_id: vrfId, ends_at: endsAt };
  }
}

/** Leases that end within 14 days, or are over. Each count is exact up to 10,000; 10,001 means more. */
export class EndingLeasesDto {
  @WholeField({ description: 'Pools', example: 2 })
  pools!: number;

  @WholeField({ description: 'Addresses', example: 1 })
  addresses!: number;

  @WholeField({ description: 'Ranges in quarantine, which then are free again', example: 0 })
  ranges!: number;

  @ObjectsField({ type: () => EndingLeaseDto, description: 'Up to eight, those that end first' })
  first!: readonly EndingLeaseDto[];

  static of({ counts, first }: EndingLeases): EndingLeasesDto {
    return {
      pools: counts.pool,
      addresses: counts.address,
      ranges: counts.range,
      first: first.map(EndingLeaseDto.of),
    };
  }
}

/** Pools that end within EXHAUSTS_SOON, as it was told in the last night. */
export class SoonEndingDto {
  @WholeField({ description: 'How many; exact up to 10,000, 10,001 means more', example: 3 })
  total!: number;

  @ObjectsField({ type: () => PoolForecastDto, description: 'Up to eight, the soonest first' })
  first!: readonly PoolForecastDto[];

  static of({ total, items }: EndingPools): SoonEndingDto {
    return { total, first: items.map(PoolForecastDto.of) };
  }
}

/** Regions by what the last listing has of them. */
export class CoverageCountsDto implements Record<Coverage, number> {
  @WholeField({ description: 'All of it', example: 12 })
  complete!: number;

  @WholeField({ description: 'Some of it', example: 0 })
  partial!: number;

  @WholeField({ description: 'Nothing', example: 1 })
  failed!: number;
}

/** Regions by the age of their last complete listing. */
export class CoverageAgesDto {
  @WholeField({ description: 'At most an hour', example: 9 })
  hour!: number;

  @WholeField({ description: 'More, up to a day', example: 3 })
  day!: number;

  @WholeField({ description: 'More, up to 7 days', example: 0 })
  week!: number;

  @WholeField({ description: 'More', example: 0 })
  older!: number;

  @WholeField({ description: 'They were never listed completely', example: 1 })
  never!: number;
}

/** How far the regions of an account are known. */
export class AccountCoverageDto {
  @RecordIdField({ description: 'The account', example: 7 })
  account_id!: number;

  @TextField({ description: 'Its name', example: 'Payments production' })
  name!: string;

  @WordField({ words: PROVIDERS, name: 'Provider', description: 'The cloud' })
  provider!: Provider;

  @WholeField({ description: 'Regions that were listed', example: 4 })
  regions!: number;

  @WordField({ words: COVERAGES, name: 'Coverage', description: 'The worst of its regions' })
  coverage!: Coverage;

  @WholeField({ description: 'Regions that are not listed as often as they should be', example: 0 })
  overdue!: number;

  @TimeField({
    description:
      'When the region was completely listed that was so the longest ago; null where one never was',
    nullable: true,
  })
  oldest_at!: Date | null;

  static of({
    account,
    regions,
    coverage,
    overdue,
    oldestAt,
  }: AccountCoverage): AccountCoverageDto {
    const { id, name, provider } = account;
    return { account_id: id, name, provider, regions, coverage, overdue, oldest_at: oldestAt };
  }
}

/** How far the clouds are known, and since when. */
export class DiscoveryCoverageDto {
  @ObjectField({ type: () => CoverageCountsDto, description: 'Regions by their last listing' })
  regions!: CoverageCountsDto;

  @ObjectField({ type: () => CoverageAgesDto, description: 'Regions by age' })
  ages!: CoverageAgesDto;

  @WholeField({ description: 'Regions that are not listed as often as they should be', example: 0 })
  overdue!: number;

  @WholeField({ description: 'Accounts that were listed', example: 3 })
  accounts!: number;

  @ObjectsField({
    type: () => AccountCoverageDto,
    description: 'Up to eight accounts, those with the worst coverage first, then the oldest',
  })
  worst!: readonly AccountCoverageDto[];

  static of({ worst, ...coverage }: DiscoveryCoverage): DiscoveryCoverageDto {
    return { ...coverage, worst: worst.map(AccountCoverageDto.of) };
  }
}

/** Webhooks that need someone. */
export class PausedWebhooksDto {
  @WholeField({ description: 'How many the server has paused', example: 0 })
  paused!: number;

  static of({ paused }: { readonly paused: number }): PausedWebhooksDto {
    return { paused };
  }
}

/** The parts of the dashboard that can be missing. */
const PARTS = [
  'findings',
  'leases',
  'ending',
  'coverage',
  'estate',
  'webhooks',
  'changes',
] as const;

/** A part that is not there, and why. */
export class MissingPartDto {
  @WordField({ words: PARTS, name: 'DashboardPart', description: 'The field that is null' })
  part!: (typeof PARTS)[number];

  @WordField({
    words: MISSING_REASONS,
    name: 'MissingReason',
    description:
      '`not_counted_yet`: the server has just begun; `too_many_pools`: more than 2,000, for a caller ' +
      'with limits; `not_allowed`: the caller may not read it; `failed`: the log of the server says more',
  })
  reason!: MissingReason;
}

/** What needs a person now, and how the estate as a whole is used. */
export class DashboardDto {
  @BooleanField({ description: 'Whether there is any pool that the caller sees' })
  has_pools!: boolean;

  @ObjectField({
    type: () => FindingsByAgeDto,
    description: 'Open findings of resources',
    nullable: true,
  })
  findings!: FindingsByAgeDto | null;

  @ObjectField({ type: () => EndingLeasesDto, description: 'Leases that end', nullable: true })
  leases!: EndingLeasesDto | null;

  @ObjectField({ type: () => SoonEndingDto, description: 'Pools that end', nullable: true })
  ending!: SoonEndingDto | null;

  @ObjectField({
    type: () => DiscoveryCoverageDto,
    description: 'How far the clouds are known',
    nullable: true,
  })
  coverage!: DiscoveryCoverageDto | null;

  @ObjectField({ type: () => EstateDto, description: 'All pools together', nullable: true })
  estate!: EstateDto | null;

  @ObjectField({
    type: () => PausedWebhooksDto,
    description: 'Webhooks; for whoever manages them',
    nullable: true,
  })
  webhooks!: PausedWebhooksDto | null;

  @ObjectsField({
    type: () => AuditEntryDto,
    description: 'The last ten changes, the newest first',
    nullable: true,
  })
  changes!: readonly AuditEntryDto[] | null;

  @ObjectsField({ type: () => MissingPartDto, description: 'Which of these are null, and why' })
  missing!: readonly MissingPartDto[];

  static of({ hasPools, ...dashboard }: Dashboard): DashboardDto {
    const { findings, leases, ending, coverage, estate, webhooks, changes } = dashboard;
    return {
      has_pools: hasPools,
      findings: partOf(findings, FindingsByAgeDto.of),
      leases: partOf(leases, EndingLeasesDto.of),
      ending: partOf(ending, SoonEndingDto.of),
      coverage: partOf(coverage, DiscoveryCoverageDto.of),
      estate: partOf(estate, EstateDto.of),
      webhooks: partOf(webhooks, PausedWebhooksDto.of),
      changes: partOf(changes, (entries) => entries.map(AuditEntryDto.of)),
      missing: PARTS.flatMap((part) => {
        const found = dashboard[part];
        return 'missing' in found ? [{ part, reason: found.missing }] : [];
      }),
    };
  }
}

function partOf<T, Dto>(part: Part<T>, of: (value: T) => Dto): Dto | null {
  return 'value' in part ? of(part.value) : null;
}
