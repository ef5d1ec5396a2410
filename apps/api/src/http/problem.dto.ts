import { ObjectsField, TextField, WholeField } from './fields';
import { PoolBriefDto } from './pool-brief.dto';

/** What is wrong with one field of a request. */
export class FieldProblemDto {
  @TextField({ description: 'Where it stands, with dots: `items.3.cidr`', example: 'cidr' })
  field!: string;

  @TextField({ description: 'What is wrong, for programs', example: 'not_canonical' })
  code!: string;

  @TextField({
    description: 'What is wrong, and what to do, for people',
    example: '10.0.1.0/16 is not canonical; did you mean 10.0.0.0/16?',
  })
  detail!: string;
}

/** What went wrong (RFC 9457). */
export class ProblemDto {
  @TextField({
    description: 'The kind of problem, as an address',
    example: 'https://cloudpam.dev/problems/pool_overlap',
  })
  type!: string;

  @TextField({ description: 'The kind of problem, for people', example: 'Conflict' })
  title!: string;

  @WholeField({ description: 'The HTTP status', min: 400, max: 599, example: 409 })
  status!: number;

  @TextField({
    description: 'What went wrong here, and what to do',
    example: '10.20.0.0/16 overlaps 10.20.0.0/20. Choose another CIDR.',
  })
  detail!: string;

  @TextField({ description: 'The path that was asked', example: '/api/v1/pools' })
  instance!: string;

  @TextField({ description: 'What went wrong, for programs', example: 'pool_overlap' })
  code!: string;

  @TextField({ description: 'Under which the server has logged it', example: 'req-1a2b' })
  request_id!: string;

  @ObjectsField({
    type: () => FieldProblemDto,
    description: 'Which fields of the request are wrong',
    optional: true,
  })
  errors?: readonly FieldProblemDto[];

  @ObjectsField({
    type: () => PoolBriefDto,
    description: 'Pools that are in the way, as far as the caller may see them',
    optional: true,
  })
  conflicts?: readonly PoolBriefDto[];

  @TextField({
    description: 'The largest block that is free where space was asked for',
    optional: true,
    example: '/26',
  })
  largest_free?: string;
}
