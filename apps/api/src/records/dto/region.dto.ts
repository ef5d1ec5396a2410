import { listOf, WholeListQuery } from '../../http/common.dto';
import { inQuery, RecordIdField, TextField } from '../../http/fields';

export class RegionQuery extends WholeListQuery {
  @inQuery('number')
  @RecordIdField({ description: 'Of this account', optional: true })
  account_id?: number;
}

export class RegionDto {
  @TextField({ description: "The cloud's own name", example: 'eu-central-1' })
  region!: string;
}

/** The regions that a filter can offer. */
export class RegionsDto extends listOf(RegionDto, 'RegionsDto') {}
