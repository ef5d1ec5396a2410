import { PartialType } from '@nestjs/swagger';
import { NAME_LENGTH, type Vrf } from '@cloudpam/pools';
import { typedListOf } from '../../http/common.dto';
import { DescriptionField, NameField, TextField } from '../../http/fields';
import { RecordDto } from './record.dto';

const RD = { description: 'The route distinguisher (RFC 4364)', example: '65000:1' };

const REACHABILITY = {
  description:
    'VRFs of one reachability domain can reach each other, so that the same addresses in two of them collide ' +
    '(see the analysis); null: it reaches no other',
  example: 'corporate',
};

/** A VRF to create. */
export class NewVrfDto {
  @NameField({ description: 'Unique', example: 'production' })
  name!: string;

  @TextField({ ...RD, max: 100, optional: true, nullable: true })
  rd?: string | null;

  @TextField({ ...REACHABILITY, min: 1, max: NAME_LENGTH, optional: true, nullable: true })
  reachability_domain?: string | null;

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

  @TextField({ ...REACHABILITY, nullable: true })
  reachability_domain!: string | null;

  @DescriptionField()
  description!: string;

  static of({ id, name, rd, reachabilityDomain, description, ...vrf }: Vrf): VrfDto {
    return {
      id,
      name,
      rd,
      reachability_domain: reachabilityDomain,
      description,
      created_at: vrf.createdAt,
      updated_at: vrf.updatedAt,
      version: vrf.version,
    };
  }
}

export class VrfListDto extends typedListOf(VrfDto, 'VrfListDto') {}
