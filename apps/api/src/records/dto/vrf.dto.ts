import { PartialType } from '@nestjs/swagger';
import type { Vrf } from '@cloudpam/pools';
import { typedListOf } from '../../http/common.dto';
import { DescriptionField, NameField, TextField } from '../../http/fields';
import { RecordDto } from './record.dto';

const RD = { description: 'The route distinguisher (RFC 4364)', example: '65000:1' };

/** A VRF to create. */
export class NewVrfDto {
  @NameField({ description: 'Unique', example: 'production' })
  name!: string;

  @TextField({ ...RD, max: 100, optional: true, nullable: true })
  rd?: string | null;

  @DescriptionField({ optional: true })
  description?: string;
}

/** What changes of a VRF; what is left out stays. */
export class VrfPatchDto extends PartialType(NewVrfDto, { skipNullProperties: false }) {}

/** A VRF: a routing domain with addresses of its own. */
export class VrfDto extends RecordDto {
  @NameField({ description: 'Unique', example: 'production' })
  name!: string;

  @TextField({ ...RD, nullable: true })
  rd!: string | null;

  @DescriptionField()
  description!: string;

  static of({ id, name, rd, description, createdAt, updatedAt, version }: Vrf): VrfDto {
    return { id, name, rd, description, created_at: createdAt, updated_at: updatedAt, version };
  }
}

export class VrfListDto extends typedListOf(VrfDto, 'VrfListDto') {}
