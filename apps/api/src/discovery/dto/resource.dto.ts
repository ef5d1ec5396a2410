import { ApiExtraModels } from '@nestjs/swagger';
import { formatCidr } from '@cloudpam/cidr';
import type { Accounts, TypedText } from '@cloudpam/pools';
import {
  MANAGEMENTS,
  OVERLAPS,
  RESOURCE_KINDS,
  SYNCS,
  zonePlacement,
  type Dismissal,
  type DiscoveredResource,
  type Dismissals,
  type Management,
  type OwnedPage,
  type Overlap,
  type ResourceKind,
  type Sync,
  type ZonePlacement,
} from '@cloudpam/reconciliation';
import { typedListOf } from '../../http/common.dto';
import type { ListPage } from '../../http/list-page';
import {
  CidrField,
  IdField,
  ObjectsByKeyField,
  RecordIdField,
  TagsField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { PlaceDto, placeOf } from './place.dto';

const PLACEMENTS = [
  'region',
  'local_zone',
  'wavelength_zone',
  'outpost',
] as const satisfies ZonePlacement[];

/** What resources can be told apart by. */
export const RESOURCE_WORDS = {
  kind: { words: RESOURCE_KINDS, name: 'ResourceKind' },
  management: { words: MANAGEMENTS, name: 'Management' },
  overlap: { words: OVERLAPS, name: 'OverlapStatus' },
  sync: { words: SYNCS, name: 'SyncStatus' },
} as const;

/** Why a finding is ignored, by whom, and until when. */
export class DismissalDto implements Dismissal {
  @TextField({ description: 'Why', example: 'CHG-1234' })
  reason!: string;

  @TextField({ description: 'Who ignored it', example: 'Ada' })
  by!: string;

  @TimeField({ description: 'When it comes back; null: never', nullable: true })
  until!: string | null;
}

/** One CIDR of a VPC, subnet or secondary range, with or without a pool. */
@ApiExtraModels(DismissalDto)
export class ResourceDto extends PlaceDto {
  @IdField({ description: 'The id', example: 1201 })
  id!: number;

  @IdField({ description: 'The network that it is of', example: 18 })
  network_id!: number;

  @TextField({ description: "The cloud's id of the network", example: 'vpc-0a1b2c3d' })
  network_external_id!: string;

  @RecordIdField({ description: 'The VRF that its addresses are judged in', example: 1 })
  vrf_id!: number;

  @TextField({ description: 'Its zone; null for none', nullable: true, example: 'euc1-az2' })
  zone_id!: string | null;

  @WordField({ ...RESOURCE_WORDS.kind, description: 'What it is' })
  kind!: ResourceKind;

  @TextField({ description: "The cloud's id", example: 'subnet-0a1b2c3d' })
  external_id!: string;

  @TextField({ description: 'The name that it has in the cloud', example: 'payments-a' })
  name!: string;

  @CidrField({ description: 'Its addresses', example: '10.20.0.0/24' })
  cidr!: string;

  @WholeField({
    description:
      'Host addresses of it that the cloud said are free when it was last listed; null where it ' +
      'said nothing',
    nullable: true,
    example: 211,
  })
  free_hosts!: number | null;

  @TagsField({ description: "The cloud's tags or labels", example: { team: 'payments' } })
  tags!: Readonly<Record<string, string>>;

  @IdField({ description: 'The pool that stands for it; null for none', nullable: true })
  pool_id!: number | null;

  @WordField({ ...RESOURCE_WORDS.management, description: 'Whether a pool stands for it' })
  management!: Management;

  @TextField({ description: 'Why, for people', example: 'its pool was made by discovery' })
  management_reason!: string;

  @WordField({ ...RESOURCE_WORDS.overlap, description: 'Whether others use its addresses too' })
  overlap_status!: Overlap;

  @TextField({ description: 'Why, for people', example: 'overlaps no other network' })
  overlap_reason!: string;

  @WordField({ ...RESOURCE_WORDS.sync, description: 'Whether pool and cloud say the same' })
  sync_status!: Sync;

  @TextField({ description: 'Why, for people', example: 'pool and cloud say the same' })
  sync_reason!: string;

  @TimeField({
    description: 'When a complete listing was first without it; null while it is there',
    nullable: true,
  })
  orphaned_at!: Date | null;

  @TextField({
    description: 'The AWS Outpost that it is on; null for none',
    nullable: true,
    example: 'op-0a1b2c3d',
  })
  outpost!: string | null;

  @WordField({
    words: PLACEMENTS,
    name: 'ZonePlacement',
    description: 'Where the hardware of its zone stands',
  })
  placement!: ZonePlacement;

  @TextField({ description: 'How it goes against the plan; empty when it does not', example: '' })
  conflict!: string;

  @TextField({
    description: 'Which rules of the pool above it are broken; empty for none',
    example: '',
  })
  compliance!: string;

  @ObjectsByKeyField({
    type: DismissalDto,
    description: 'Findings of it that are ignored, by type',
  })
  ignored!: Dismissals;

  @IdField({
    description: 'The resource of the same network whose overlap explains its own; null for none',
    nullable: true,
  })
  explained_by!: number | null;

  @TimeField({ description: 'When it was first listed' })
  first_seen_at!: Date;

  @TimeField({
    description:
      'When it was last listed; where it is not orphaned, at least as late as the last ' +
      'complete listing',
  })
  last_seen_at!: Date;

  static of(resource: DiscoveredResource, accounts: Accounts): ResourceDto {
    return {
      id: resource.id,
      network_id: resource.networkId,
      network_external_id: resource.networkExternalId,
      vrf_id: resource.vrfId,
      ...placeOf(resource, accounts),
      zone_id: resource.zoneId,
      kind: resource.kind,
      external_id: resource.externalId,
      name: resource.name,
      cidr: formatCidr(resource.cidr),
      free_hosts: resource.freeHosts,
      tags: resource.tags,
      pool_id: resource.poolId,
      management: resource.management,
      management_reason: resource.managementReason,
      overlap_status: resource.overlap,
      overlap_reason: resource.overlapReason,
      sync_status: resource.sync,
      sync_reason: resource.syncReason,
      orphaned_at: resource.orphanedAt,
      outpost: resource.outpost,
      placement: zonePlacement(resource.zoneId, resource.outpost ?? undefined),
      conflict: resource.conflict,
      compliance: resource.compliance,
      ignored: resource.dismissals,
      explained_by: resource.explainedBy,
      first_seen_at: resource.firstSeenAt,
      last_seen_at: resource.lastSeenAt,
    };
  }
}

export class ResourceListDto extends typedListOf(ResourceDto, 'ResourceListDto') {
  static of(
    { items, total, accounts }: OwnedPage<DiscoveredResource>,
    page: ListPage,
    typed: TypedText | undefined,
  ): ResourceListDto {
    return {
      ...page.answer(
        items.map((each) => ResourceDto.of(each, accounts)),
        total,
      ),
      read_as: typed?.readAs ?? null,
    };
  }
}
