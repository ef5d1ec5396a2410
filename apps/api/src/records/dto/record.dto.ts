import { RecordIdField, TimeField, WholeField } from '../../http/fields';

/** What records of all kinds have in common. */
export abstract class RecordDto {
  @RecordIdField({ description: 'The id', example: 7 })
  id!: number;

  @TimeField({ description: 'When it was made' })
  created_at!: Date;

  @TimeField({ description: 'When it was last changed' })
  updated_at!: Date;

  @WholeField({ description: 'Counts the changes; also the ETag, for If-Match', min: 1 })
  version!: number;
}
