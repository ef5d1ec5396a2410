import { PartialType } from '@nestjs/swagger';
import type { Vlan } from '@cloudpam/pools';
import { typedListOf } from '../../http/common.dto';
import { DescriptionField, NameField, TextField, WholeField } from '../../http/fields';
import { RecordDto } from './record.dto';

/** A VLAN to create. */
export class NewVlanDto {
  @WholeField({ description: 'The VLAN id of IEEE 802.1Q', min: 1, max: 4094, example: 120 })
  vid!: number;

  @NameField({ description: 'For people', example: 'office' })
  name!: string;

  @TextField({
    description: 'Where its VLAN id is unique: a site, a building',
    max: 200,
    optional: true,
    example: 'berlin',
  })
  group?: string;

  @DescriptionField({ optional: true })
  description?: string;
}

/** What changes of a VLAN; what is left out stays. */
export class VlanPatchDto extends PartialType(NewVlanDto, { skipNullProperties: false }) {}

/** A VLAN. */
export class VlanDto extends RecordDto {
  @WholeField({ description: 'The VLAN id of IEEE 802.1Q', min: 1, max: 4094, example: 120 })
  vid!: number;

  @NameField({ description: 'For people', example: 'office' })
  name!: string;

  @TextField({ description: 'Where its VLAN id is unique: a site, a building', example: 'berlin' })
  group!: string;

  @DescriptionField()
  description!: string;

  static of({ id, vid, name, group, description, createdAt, updatedAt, version }: Vlan): VlanDto {
    return {
      id,
      vid,
      name,
      group,
      description,
      created_at: createdAt,
      updated_at: updatedAt,
      version,
    };
  }
}

export class VlanListDto extends typedListOf(VlanDto, 'VlanListDto') {}
