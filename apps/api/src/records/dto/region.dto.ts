import { inQuery, ObjectsField, RecordIdField, TextField } from '../../http/fields';

export class RegionQuery {
  @inQuery('number')
  @RecordIdField({ description: 'Of this account', optional: true })
  account_id?: number;
}

export class RegionDto {
  @TextField({ description: "The cloud's own name", example: 'eu-central-1' })
  region!: string;
}

/** The regions that a filter can offer. */
export class RegionsDto {
  @ObjectsField({ type: () => RegionDto, description: 'By name' })
  items!: readonly RegionDto[];
}
