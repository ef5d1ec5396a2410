import type { PoolFilter } from '@cloudpam/pools';
import { NameFilterField, PageQuery } from '../../http/common.dto';
import {
  inQuery,
  RecordIdField,
  TextField,
  TextsField,
  TimeField,
  WordField,
} from '../../http/fields';
import { KIND, STATUS } from './pool-fields.dto';
import { SOURCE, SYNC } from './pool.dto';

const SORT = /^-?(cidr|name|created_at|updated_at|id)(,-?(cidr|name|created_at|updated_at|id))*$/;
const PARENT = /^(null|[1-9]\d{0,15})$/;

/** Which part of a list of pools, and in which order. */
export class PoolPageQuery extends PageQuery {
  @TextField({
    description: 'Fields with commas between them; `-` before one turns its order round',
    pattern: SORT,
    max: 100,
    optional: true,
    example: 'cidr,-created_at',
  })
  sort?: string;
}

/** What narrows a list of pools. */
export class PoolQuery extends PoolPageQuery {
  @NameFilterField()
  name?: string;

  @inQuery('number')
  @RecordIdField({ description: 'Of this VRF', optional: true })
  vrf_id?: number;

  @inQuery('number')
  @RecordIdField({ description: 'Of this account', optional: true })
  account_id?: number;

  @TextField({
    description: 'Directly below this pool; `null` for roots',
    pattern: PARENT,
    optional: true,
    example: '42',
  })
  parent_id?: string;

  @WordField({ ...KIND, description: 'Of this kind', optional: true })
  kind?: PoolFilter['kind'];

  @WordField({ ...STATUS, description: 'Of this status', optional: true })
  status?: PoolFilter['status'];

  @WordField({ ...SOURCE, description: 'From this source', optional: true })
  source?: PoolFilter['source'];

  @WordField({ ...SYNC, description: 'That stand so to the cloud', optional: true })
  sync_status?: PoolFilter['syncStatus'];

  @inQuery('number')
  @RecordIdField({ description: 'That this VLAN carries', optional: true })
  vlan_id?: number;

  @TextField({ description: 'For this region', max: 200, optional: true, example: 'eu-central-1' })
  region?: string;

  @inQuery('list')
  @TextsField({
    description:
      '`key:value`. A key may hold colons: what is meant is decided by the tags that exist',
    max: 20,
    longest: 500,
    optional: true,
    example: ['env:prod'],
  })
  tag?: string[];

  @TextField({
    description: 'That contain this address, CIDR or range',
    max: 100,
    optional: true,
    example: '10.20.1.7',
  })
  cidr_contains?: string;

  @TextField({
    description: 'That lie in this CIDR or range',
    max: 100,
    optional: true,
    example: '10.20.0.0/16',
  })
  cidr_within?: string;

  @TextField({
    description:
      'Part of a name or cloud id, an ARN, an id, a tag, or an address, CIDR, range or part ' +
      'of one: pools that share addresses with it',
    max: 500,
    optional: true,
    example: 'office',
  })
  q?: string;

  @TextField({
    description: 'That stand for the resource with this cloud id',
    max: 500,
    optional: true,
  })
  external_id?: string;
}

/** What narrows the list of pools, of now or (for one release more) of a time past. */
export class PoolListQuery extends PoolQuery {
  @TimeField({
    description: 'The pools as they were at this time, by CIDR and with `cursor` only',
    optional: true,
  })
  as_of?: string;
}

/** Which pools of which time: by CIDR, and with `cursor` only. */
export class PastPoolsQuery extends PoolQuery {
  @TextField({
    description: 'Only `cidr`, which is the order without it too',
    pattern: SORT,
    max: 100,
    optional: true,
    example: 'cidr',
  })
  override sort?: string;

  @TimeField({ description: 'The time', example: '2026-01-31T12:00:00Z' })
  at!: string;
}

/** What narrows the list of blocks. */
export class BlocksQuery extends PoolPageQuery {
  @NameFilterField()
  name?: string;

  @TextField({
    description: 'Of these accounts: ids with commas',
    max: 2_000,
    optional: true,
    example: '1,2',
  })
  accounts?: string;

  @TextField({
    description: 'Below these pools: ids with commas',
    max: 2_000,
    optional: true,
    example: '1,2',
  })
  pools?: string;

  @inQuery('number')
  @RecordIdField({ description: 'Of this VRF', optional: true })
  vrf_id?: number;

  @WordField({ ...KIND, description: 'Of this kind', optional: true })
  kind?: PoolFilter['kind'];
}
