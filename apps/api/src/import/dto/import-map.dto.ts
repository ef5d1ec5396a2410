import type { SavedMap } from '@cloudpam/import';
import { listOf, NameFilterField, WholeListQuery } from '../../http/common.dto';
import { DataField, NameField, TimeField, WholeField } from '../../http/fields';

const MAP = {
  description:
    'What goes along with files: `columns` by field, `words` (`status`, `role`, `tenant`) by word, `tags` and `vrf`',
  example: { columns: { cidr: 'Netz', name: 'Bezeichnung' }, vrf: 'corp' },
} as const;

/** A map that is to be kept. */
export class ImportMapBodyDto {
  @DataField(MAP)
  map!: object;
}

/** A map that is kept under a name. */
export class ImportMapDto {
  @NameField({ description: 'The name', example: 'branch offices' })
  name!: string;

  @DataField(MAP)
  map!: object;

  @TimeField({ description: 'When it was last changed' })
  updated_at!: Date;

  @WholeField({ description: 'Counts the changes', example: 1 })
  version!: number;

  static of({ name, map, updatedAt, version }: SavedMap): ImportMapDto {
    return { name, map, updated_at: updatedAt, version };
  }
}

/** All maps that are kept. */
export class ImportMapsDto extends listOf(ImportMapDto, 'ImportMapsDto') {}

/** Which of the maps that are kept are listed. */
export class ImportMapQuery extends WholeListQuery {
  @NameFilterField()
  name?: string;
}
