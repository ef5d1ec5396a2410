import { OmitType } from '@nestjs/swagger';
import type { PastAddress } from '@cloudpam/pools';
import { listOf, NamedPageQuery } from '../../http/common.dto';
import { TimeField } from '../../http/fields';
import { AddressDto } from './address.dto';

/** Which address records of a time past. */
export class PastAddressesQuery extends NamedPageQuery {
  @TimeField({ description: 'The time', example: '2026-01-31T12:00:00Z' })
  at!: string;
}

/** An address record as it was: what the audit log tells of it. */
export class PastAddressDto extends OmitType(AddressDto, [
  'pool_id',
  'range_id',
  'version',
  'observed',
]) {
  static of({ id, facts, createdAt, updatedAt }: PastAddress): PastAddressDto {
    const { expires_at: end = null, ...rest } = facts;
    return {
      id,
      ...rest,
      expires_at: end === null ? null : new Date(end),
      created_at: createdAt,
      updated_at: updatedAt,
    };
  }
}

export class PastAddressListDto extends listOf(PastAddressDto, 'PastAddressListDto') {}
