import {
  FINDING_TYPES,
  type FindingType,
  type Management,
  type Overlap,
  type ResourceKind,
  type Sync,
} from '@cloudpam/reconciliation';
import { NameFilterField, PageQuery } from '../../http/common.dto';
import { IdField, inQuery, RecordIdField, TextField, WordField } from '../../http/fields';
import { RESOURCE_WORDS } from './resource.dto';

/** The box that takes what people type. */
export const TYPED = {
  description: 'Part of a name or cloud id, an ARN, or an address, CIDR, range or part of one',
  max: 500,
  optional: true,
  example: '10.20.0.0/16',
};

/** What narrows resources, networks and findings. */
export class OwnerQuery extends PageQuery {
  @inQuery('number')
  @RecordIdField({ description: 'Of this account', optional: true })
  account_id?: number;

  @inQuery('number')
  @RecordIdField({ description: 'In this VRF', optional: true })
  vrf_id?: number;

  @TextField(TYPED)
  q?: string;
}

/** Which resources, and which page of them. */
export class ResourceQuery extends OwnerQuery {
  @NameFilterField()
  name?: string;

  @inQuery('number')
  @IdField({ description: 'Of this network', optional: true })
  network_id?: number;

  @TextField({ description: 'In this region', max: 200, optional: true, example: 'eu-central-1' })
  region?: string;

  @WordField({ ...RESOURCE_WORDS.kind, description: 'Of this kind', optional: true })
  kind?: ResourceKind;

  @WordField({ ...RESOURCE_WORDS.management, description: 'Managed so', optional: true })
  management?: Management;

  @WordField({ ...RESOURCE_WORDS.overlap, description: 'That overlap so', optional: true })
  overlap_status?: Overlap;

  @WordField({ ...RESOURCE_WORDS.sync, description: 'In sync so', optional: true })
  sync_status?: Sync;

  @WordField({
    words: [...FINDING_TYPES, 'any'],
    name: 'FindingFilter',
    description: 'With a finding of this type; `any`: of whatever type',
    optional: true,
  })
  finding?: FindingType | 'any';

  @inQuery('number')
  @IdField({ description: 'That this pool stands for', optional: true })
  pool_id?: number;

  @TextField({
    description: 'Within this CIDR or range of addresses',
    max: 100,
    optional: true,
    example: '10.0.0.0/8',
  })
  cidr_within?: string;
}
