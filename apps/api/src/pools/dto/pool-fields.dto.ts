import type { PoolKind, PoolStatus } from '@cloudpam/pools';
import { MOST_QUARANTINE_DAYS, POOL_KINDS, POOL_STATUSES } from '@cloudpam/pools';
import {
  DescriptionField,
  ObjectField,
  RecordIdField,
  TagsField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';

export const KIND = {
  words: POOL_KINDS,
  name: 'PoolKind',
  description: 'What the pool stands for',
  example: 'subnet',
} as const;
export const STATUS = {
  words: POOL_STATUSES,
  name: 'PoolStatus',
  description: 'Whether the space is planned, reserved or in use',
  example: 'active',
} as const;
const PREFIX_LENGTH = { min: 0, max: 128, optional: true, nullable: true };

/** What holds for the direct children of a pool. */
export class RulesDto {
  @WholeField({ ...PREFIX_LENGTH, description: 'No child is larger than this', example: 16 })
  min_prefix_length?: number | null;

  @WholeField({ ...PREFIX_LENGTH, description: 'No child is smaller than this', example: 28 })
  max_prefix_length?: number | null;

  @WholeField({
    ...PREFIX_LENGTH,
    description: 'What an allocation takes that asks for no size',
    example: 24,
  })
  default_prefix_length?: number | null;

  @TextsField({
    description: 'Keys of tags that every child has',
    max: 32,
    longest: 128,
    optional: true,
    example: ['owner'],
  })
  required_tags?: string[];

  @WholeField({
    description:
      'For how many days what is deleted below the pool is kept from others; null: as the pool around it says',
    min: 0,
    max: MOST_QUARANTINE_DAYS,
    optional: true,
    nullable: true,
    example: 30,
  })
  quarantine_days?: number | null;
}

/** What people set of a pool. */
export abstract class PoolFieldsDto {
  @WordField({ ...KIND, optional: true })
  kind?: PoolKind;

  @WordField({ ...STATUS, optional: true })
  status?: PoolStatus;

  @RecordIdField({ description: 'The account it belongs to', optional: true, nullable: true })
  account_id?: number | null;

  @TextField({
    description: 'The region it is for',
    max: 200,
    optional: true,
    nullable: true,
    example: 'eu-central-1',
  })
  region?: string | null;

  @DescriptionField({ optional: true })
  description?: string;

  @TagsField({ description: 'Tags, by key', optional: true, example: { owner: 'netops' } })
  tags?: Record<string, string>;

  @RecordIdField({ description: 'The VLAN that carries it', optional: true, nullable: true })
  vlan_id?: number | null;

  @TimeField({
    description:
      'When its lease ends: its space is free again, but for what a cloud still uses, and for a pool, other than a ' +
      'reservation, in which something lies',
    optional: true,
    nullable: true,
  })
  expires_at?: string | null;

  @ObjectField({
    type: () => RulesDto,
    description: 'What holds for the direct children of the pool',
    optional: true,
    nullable: true,
  })
  rules?: RulesDto | null;
}
