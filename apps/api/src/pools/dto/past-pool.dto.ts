import { OmitType } from '@nestjs/swagger';
import type { PlacedPastPool } from '@cloudpam/pools';
import { typedListOf } from '../../http/common.dto';
import { PoolDto } from './pool.dto';

/** A pool as it was: what the audit log tells of it. */
export class PastPoolDto extends OmitType(PoolDto, [
  'provider',
  'last_sync_at',
  'version',
  'utilization',
  'uncounted_hosts',
  'child_count',
  'warnings',
]) {
  static of({ id, facts, parentId, cidr, createdAt, updatedAt }: PlacedPastPool): PastPoolDto {
    const { rules = null, key = null, ...rest } = facts;
    const told = {
      id,
      ...rest,
      rules,
      key,
      parent_id: parentId,
      family: cidr.family,
      created_at: createdAt,
      updated_at: updatedAt,
    };
    return told as unknown as PastPoolDto; // with the facts that `poolFacts` has written
  }
}

export class PastPoolListDto extends typedListOf(PastPoolDto, 'PastPoolListDto') {}
