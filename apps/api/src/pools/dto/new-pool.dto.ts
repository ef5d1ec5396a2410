import { CidrField, IdField, NameField, RecordIdField } from '../../http/fields';
import { PoolFieldsDto } from './pool-fields.dto';

/** A pool to create. */
export class NewPoolDto extends PoolFieldsDto {
  @NameField({ description: 'For people', example: 'berlin-office' })
  name!: string;

  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @RecordIdField({ description: 'The VRF; the global one when left out', optional: true })
  vrf_id?: number;

  @IdField({
    description: 'The pool it must lie directly in; 409 `parent_mismatch` when it does not',
    optional: true,
    nullable: true,
  })
  parent_id?: number | null;
}

/** What changes of a pool; what is left out stays. */
export class PoolPatchDto extends PoolFieldsDto {
  @NameField({ description: 'For people', optional: true, example: 'berlin-office' })
  name?: string;

  @CidrField({ description: 'Its addresses', optional: true })
  cidr?: string;

  @RecordIdField({ description: 'The VRF', optional: true })
  vrf_id?: number;
}
