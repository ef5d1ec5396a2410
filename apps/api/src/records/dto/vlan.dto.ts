import { PartialType } from '@nestjs/swagger';
import type { Vlan } from '@cloudpam/pools';
import { TextPageQuery, typedListOf } from '../../http/common.dto';
import {
  DescriptionField,
  inQuery,
  NameField,
  RecordIdField,
  TextField,
  WholeField,
} from '../../http/fields';
import { RecordDto } from './record.dto';

const GROUP = {
  description: 'The name of its VLAN group, or of a site or building that has no record',
  example: 'berlin',
};
const GROUP_ID = {
  description: 'Its VLAN group: the one with the name that `group` has; null where there is none',
  nullable: true,
};

/** A VLAN to create. */
export class NewVlanDto {
  @WholeField({ description: 'The VLAN id of IEEE 802.1Q', min: 1, max: 4094, example: 120 })
  vid!: number;

  @NameField({ description: 'For people', example: 'office' })
  name!: string;

  @TextField({ ...GROUP, max: 200, optional: true })
  group?: string;

  @RecordIdField({
    description: 'Its VLAN group, instead of `group`; null takes it out of its group',
    nullable: true,
    optional: true,
  })
  group_id?: number | null;

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

  @TextField(GROUP)
  group!: string;

  @RecordIdField(GROUP_ID)
  group_id!: number | null;

  @DescriptionField()
  description!: string;

  static of(vlan: Vlan): VlanDto {
    const { id, vid, name, group, groupId, description, createdAt, updatedAt, version } = vlan;
    return {
      id,
      vid,
      name,
      group,
      group_id: groupId,
      description,
      created_at: createdAt,
      updated_at: updatedAt,
      version,
    };
  }
}

export class VlanListDto extends typedListOf(VlanDto, 'VlanListDto') {}

/** What narrows the list of VLANs. */
export class VlanFilterQuery extends TextPageQuery {
  @inQuery('number')
  @RecordIdField({ description: 'Of this VLAN group', optional: true })
  group_id?: number;
}
