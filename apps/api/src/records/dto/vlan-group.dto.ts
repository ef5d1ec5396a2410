import { PartialType } from '@nestjs/swagger';
import {
  formatVidRanges,
  VID_RANGES_LENGTH,
  vidCount,
  type FreeVids,
  type VlanGroup,
} from '@cloudpam/pools';
import { typedListOf } from '../../http/common.dto';
import {
  DescriptionField,
  NameField,
  RecordIdField,
  TextField,
  WholeField,
} from '../../http/fields';
import { RecordDto } from './record.dto';

const NAME = { description: 'Unique; VLANs name their group by it', example: 'fra1' };
const RANGES = {
  description: 'The VLAN ids that its VLANs may have, as ranges with commas between them',
  example: '100-199,300',
};
const ACCOUNT = { description: 'The account that it is for', nullable: true };
const SITE = {
  description: 'The site that it is for, where it is not for an account',
  example: 'Frankfurt 1',
  nullable: true,
};

/** A VLAN group to create. */
export class NewVlanGroupDto {
  @NameField(NAME)
  name!: string;

  @TextField({
    ...RANGES,
    description: `${RANGES.description}; \`1-4094\` when left out`,
    max: VID_RANGES_LENGTH,
    optional: true,
  })
  vid_ranges?: string;

  @RecordIdField({ ...ACCOUNT, optional: true })
  account_id?: number | null;

  @TextField({ ...SITE, min: 1, max: 200, optional: true })
  site?: string | null;

  @DescriptionField({ optional: true })
  description?: string;
}

/** What changes of a VLAN group; what is left out stays. */
export class VlanGroupPatchDto extends PartialType(NewVlanGroupDto, {
  skipNullProperties: false,
}) {}

/** A VLAN group: in it a VLAN id and a name of a VLAN are had once. */
export class VlanGroupDto extends RecordDto {
  @NameField(NAME)
  name!: string;

  @TextField(RANGES)
  vid_ranges!: string;

  @WholeField({ description: 'How many VLAN ids its ranges have', min: 1, max: 4094, example: 101 })
  vid_count!: number;

  @WholeField({
    description: 'How many of them VLANs have; whoever has limits is told of those of their pools',
    min: 0,
    max: 4094,
    example: 57,
  })
  vlan_count!: number;

  @RecordIdField({
    ...ACCOUNT,
    description: `${ACCOUNT.description}; null also for whoever may not see it`,
  })
  account_id!: number | null;

  @TextField(SITE)
  site!: string | null;

  @DescriptionField()
  description!: string;

  static of(group: VlanGroup): VlanGroupDto {
    const { id, name, vidRanges, vlanCount, accountId, site, description, version } = group;
    return {
      id,
      name,
      vid_ranges: formatVidRanges(vidRanges),
      vid_count: vidCount(vidRanges),
      vlan_count: vlanCount,
      account_id: accountId,
      site,
      description,
      created_at: group.createdAt,
      updated_at: group.updatedAt,
      version,
    };
  }
}

export class VlanGroupListDto extends typedListOf(VlanGroupDto, 'VlanGroupListDto') {}

/** The VLAN ids of a group that no VLAN has. */
export class FreeVidsDto {
  @TextField({
    description: 'As ranges with commas between them; empty where there is none',
    example: '102-199,300',
  })
  vid_ranges!: string;

  @WholeField({ description: 'How many these are', min: 0, max: 4094, example: 99 })
  count!: number;

  @WholeField({
    description: 'The lowest one, which is taken next; null where there is none',
    min: 1,
    max: 4094,
    nullable: true,
    example: 102,
  })
  next!: number | null;

  static of({ ranges, count, next }: FreeVids): FreeVidsDto {
    return { vid_ranges: formatVidRanges(ranges), count, next };
  }
}

/** A VLAN whose id is chosen. */
export class NewVlanInGroupDto {
  @NameField({ description: 'Unique in the group', example: 'office' })
  name!: string;

  @DescriptionField({ optional: true })
  description?: string;
}
