import { familyBits } from '@cloudpam/cidr';
import {
  addressesIn,
  formatDay,
  largestOf,
  type AddressBits,
  type PoolHistory,
  type UsageDay,
} from '@cloudpam/forecast';
import { DecimalField, ObjectsField, WholeField } from '../../http/fields';
import { DayField } from './day';

/** Which days of a pool. */
export class UsageQuery {
  @DayField({
    description: 'The first day; a year before the last one when left out',
    optional: true,
  })
  from?: string;

  @DayField({ description: 'The last day; today when left out', optional: true })
  to?: string;
}

/** How many free blocks of a length there are. */
export class FreeBlocksDto {
  @WholeField({ description: 'Their prefix length', min: 0, max: 128, example: 24 })
  prefix_length!: number;

  @WholeField({ description: 'How many there are', example: 3 })
  count!: number;
}

/** How a pool was used at the end of a day. */
export class UsageDayDto {
  @DayField({ description: 'The day, in UTC' })
  day!: string;

  @DecimalField({
    description:
      'Addresses that its children and address records took; without those that a cloud keeps',
  })
  used!: string;

  @DecimalField({ description: 'Addresses that they did not take' })
  free!: string;

  @WholeField({
    description: 'Prefix length of the largest free block; null where nothing was free',
    min: 0,
    max: 128,
    nullable: true,
    example: 18,
  })
  largest_free!: number | null;

  @ObjectsField({
    type: () => FreeBlocksDto,
    description: 'The free blocks by length, each as large as it goes; the largest first',
  })
  free_blocks!: readonly FreeBlocksDto[];

  static of({ day, taken, free }: UsageDay, bits: AddressBits): UsageDayDto {
    return {
      day: formatDay(day),
      used: String(addressesIn(taken, bits)),
      free: String(addressesIn(free, bits)),
      largest_free: largestOf(free) ?? null,
      free_blocks: Object.entries(free).map(([length, count]) => ({
        prefix_length: Number(length),
        count,
      })),
    };
  }
}

/** How a pool was used, day by day. */
export class PoolUsageDto {
  @DayField({ description: 'The first day that was asked for' })
  from!: string;

  @DayField({ description: 'The last day that was asked for' })
  to!: string;

  @WholeField({
    description: 'Of each so many days the last one on which something has changed is told',
    example: 1,
  })
  step_days!: number;

  @ObjectsField({
    type: () => UsageDayDto,
    description:
      'Days on which something has changed, in their order; the first may be before `from`, as it was so then',
  })
  days!: readonly UsageDayDto[];

  static of({ pool, days, stepDays }: PoolHistory, from: number, to: number): PoolUsageDto {
    const bits = familyBits(pool.cidr.family) as AddressBits; // of both families
    return {
      from: formatDay(from),
      to: formatDay(to),
      step_days: stepDays,
      days: days.map((each) => UsageDayDto.of(each, bits)),
    };
  }
}
