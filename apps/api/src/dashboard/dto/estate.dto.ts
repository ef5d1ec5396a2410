import { formatCidr } from '@cloudpam/cidr';
import {
  formatDay,
  type EstateGroup,
  type EstateGroups,
  type EstateGrowth,
  type EstateUse,
  type FamilyUse,
  type GrowthPoint,
  type OutlookPoint,
} from '@cloudpam/forecast';
import { utilizationOf, type Pool } from '@cloudpam/pools';
import type { CountedEstate } from '@cloudpam/reconciliation';
import { DayField } from '../../forecasts/dto/day';
import {
  CidrField,
  DecimalField,
  IdField,
  NumberField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
} from '../../http/fields';

/** How much space of one family is used. */
export class FamilyUseDto {
  @DecimalField({ description: 'Addresses of the pools' })
  size!: string;

  @DecimalField({ description: 'Those of them that are used', example: '512' })
  used!: string;

  @DecimalField({ description: 'Those that are free', example: '65024' })
  free!: string;

  @NumberField({ description: 'used / size', min: 0, max: 1, example: 0.0078125 })
  ratio!: number;

  static of({ size, used }: FamilyUse): FamilyUseDto {
    const [all, taken] = [BigInt(size), BigInt(used)];
    const ratio = all === 0n ? 0 : Number((taken * 1_000_000n) / all) / 1_000_000;
    return { size, used, free: String(all - taken), ratio };
  }
}

/** How much of the space of some pools is used; IPv4 and IPv6 are never added together. */
export class EstateUseDto {
  @WholeField({ description: 'Pools, however deep they lie', example: 1_204 })
  pools!: number;

  @ObjectField({
    type: () => FamilyUseDto,
    description: 'Of the topmost pools with IPv4 addresses; null without any',
    nullable: true,
  })
  ipv4!: FamilyUseDto | null;

  @ObjectField({
    type: () => FamilyUseDto,
    description: 'Of the topmost pools with IPv6 addresses; null without any',
    nullable: true,
  })
  ipv6!: FamilyUseDto | null;

  static of({ pools, ipv4, ipv6 }: EstateUse): EstateUseDto {
    return {
      pools,
      ipv4: ipv4 && FamilyUseDto.of(ipv4),
      ipv6: ipv6 && FamilyUseDto.of(ipv6),
    };
  }
}

/** The pools of one VRF, provider, account or region. */
export class EstateGroupDto extends EstateUseDto {
  @TextField({
    description: 'The id of the VRF or account, the provider, or the region',
    example: '7',
  })
  key!: string;

  @TextField({
    description: 'What people call it; the key where it has no name, or none that is visible',
    example: 'Payments production',
  })
  name!: string;

  static ofGroup(group: EstateGroup, name: string | undefined): EstateGroupDto {
    return { key: group.key, name: name ?? group.key, ...EstateUseDto.of(group) };
  }
}

/** Groups of pools: those with most used IPv4 addresses first, then IPv6 addresses, then pools. */
export class EstateGroupsDto {
  @WholeField({ description: 'How many groups there are', example: 3 })
  total!: number;

  @ObjectsField({ type: () => EstateGroupDto, description: 'The first 25 of them' })
  items!: readonly EstateGroupDto[];

  static of(
    { total, items }: EstateGroups,
    nameOf: (key: string) => string | undefined = () => undefined,
  ): EstateGroupsDto {
    return { total, items: items.map((each) => EstateGroupDto.ofGroup(each, nameOf(each.key))) };
  }
}

/** A pool that is full, or nearly. */
export class FullPoolDto {
  @IdField({ description: 'The id of the pool', example: 42 })
  pool_id!: number;

  @TextField({ description: 'Its name', example: 'berlin-office' })
  name!: string;

  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @RecordIdField({ description: 'The VRF that it lies in', example: 1 })
  vrf_id!: number;

  @TextField({ description: 'The name of that VRF; empty where it is hidden', example: 'global' })
  vrf_name!: string;

  @ObjectField({ type: () => FamilyUseDto, description: 'How much of it is used' })
  use!: FamilyUseDto;

  static of(pool: Pool, vrfName: string | undefined): FullPoolDto {
    const { total, used } = utilizationOf(pool);
    return {
      pool_id: pool.id,
      name: pool.name,
      cidr: formatCidr(pool.cidr),
      vrf_id: pool.vrfId,
      vrf_name: vrfName ?? '',
      use: FamilyUseDto.of({ size: String(total), used: String(used) }),
    };
  }
}

/** How much was used at the end of a day. */
export class GrowthPointDto {
  @DayField({ description: 'The day, in UTC' })
  day!: string;

  @DecimalField({ description: 'Addresses in use' })
  used!: string;

  static of({ day, used }: GrowthPoint): GrowthPointDto {
    return { day: formatDay(day), used };
  }
}

/** How much may be used on a day. */
export class OutlookPointDto {
  @DayField({ description: 'The day, in UTC' })
  day!: string;

  @DecimalField({ description: 'Less than this in one of ten futures' })
  low!: string;

  @DecimalField({ description: 'As much in half of the futures' })
  middle!: string;

  @DecimalField({ description: 'More than this in one of ten futures' })
  high!: string;

  static of({ day, low, middle, high }: OutlookPoint): OutlookPointDto {
    return { day: formatDay(day), low, middle, high };
  }
}

/** How the use of one family has grown, and may go on. */
export class EstateGrowthDto {
  @ObjectsField({
    type: () => GrowthPointDto,
    description: 'A point a week over up to a year, the last one of the day of the count',
  })
  past!: readonly GrowthPointDto[];

  @ObjectsField({
    type: () => OutlookPointDto,
    description: 'A point a week over half a year; empty without 26 weeks and 8 changes of a past',
  })
  outlook!: readonly OutlookPointDto[];

  @WholeField({ description: 'Weeks of the past that it rests on', example: 52 })
  weeks!: number;

  @WholeField({ description: 'Days of them on which something has changed', example: 31 })
  changes!: number;

  static of({ past, outlook, weeks, changes }: EstateGrowth): EstateGrowthDto {
    return {
      past: past.map(GrowthPointDto.of),
      outlook: outlook.map(OutlookPointDto.of),
      weeks,
      changes,
    };
  }
}

/** All pools that the caller sees, counted together. */
export class EstateDto {
  @TimeField({
    description: 'When they were counted; null: for this answer, as for callers with limits',
    nullable: true,
  })
  counted_at!: Date | null;

  @ObjectField({ type: () => EstateUseDto, description: 'All of them' })
  total!: EstateUseDto;

  @ObjectField({ type: () => EstateGroupsDto, description: 'By VRF' })
  by_vrf!: EstateGroupsDto;

  @ObjectField({ type: () => EstateGroupsDto, description: 'By the provider of their account' })
  by_provider!: EstateGroupsDto;

  @ObjectField({ type: () => EstateGroupsDto, description: 'By account' })
  by_account!: EstateGroupsDto;

  @ObjectField({ type: () => EstateGroupsDto, description: 'By region' })
  by_region!: EstateGroupsDto;

  @ObjectsField({
    type: () => FullPoolDto,
    description: 'The ten pools with the largest share in use, the fullest first',
  })
  fullest!: readonly FullPoolDto[];

  @ObjectField({
    type: () => EstateGrowthDto,
    description: 'Of the pools with IPv4 addresses that lie in no other one; null without a past',
    nullable: true,
  })
  growth_ipv4!: EstateGrowthDto | null;

  @ObjectField({
    type: () => EstateGrowthDto,
    description: 'Of the pools with IPv6 addresses that lie in no other one; null without a past',
    nullable: true,
  })
  growth_ipv6!: EstateGrowthDto | null;

  static of({ at, count, fullest, accounts, vrfNames }: CountedEstate): EstateDto {
    const { vrf, provider, account, region } = count.groups;
    const { ipv4, ipv6 } = count.growth;
    return {
      counted_at: at,
      total: EstateUseDto.of(count.total),
      by_vrf: EstateGroupsDto.of(vrf, (key) => vrfNames.get(Number(key))),
      by_provider: EstateGroupsDto.of(provider),
      by_account: EstateGroupsDto.of(account, (key) => accounts.get(Number(key))?.name),
      by_region: EstateGroupsDto.of(region),
      fullest: fullest.map((pool) => FullPoolDto.of(pool, vrfNames.get(pool.vrfId))),
      growth_ipv4: ipv4 && EstateGrowthDto.of(ipv4),
      growth_ipv6: ipv6 && EstateGrowthDto.of(ipv6),
    };
  }
}
