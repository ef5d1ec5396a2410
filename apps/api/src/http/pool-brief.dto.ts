import { formatCidr } from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import { CidrField, IdField, TextField } from './fields';

/** A pool that is one of several. */
export class PoolBriefDto {
  @IdField({ description: 'The id of the pool', example: 42 })
  pool_id!: number;

  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @TextField({ description: 'Its name', example: 'berlin-office' })
  name!: string;

  static of(pool: Pool): PoolBriefDto {
    return { pool_id: pool.id, cidr: formatCidr(pool.cidr), name: pool.name };
  }
}
