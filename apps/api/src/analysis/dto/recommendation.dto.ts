import {
  ACTIONS,
  RECOMMENDATION_KINDS,
  SEVERITIES,
  type ActionType,
  type AnalysisTimes,
  type Facts,
  type KeptRecommendation,
  type RecommendationKind,
  type RecommendedAction,
  type Severity,
  type ToldRecommendation,
  type ToldRecommendations,
} from '@cloudpam/analysis';
import { formatCidr } from '@cloudpam/cidr';
import { POOL_KINDS, type Pool, type PoolKind } from '@cloudpam/pools';
import { listOf, PageQuery, type ListOf } from '../../http/common.dto';
import {
  BooleanField,
  CidrField,
  DecimalField,
  IdField,
  IdsField,
  inQuery,
  NumberField,
  ObjectField,
  ObjectsField,
  RecordIdField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';

const KIND = {
  words: RECOMMENDATION_KINDS,
  name: 'RecommendationKind',
  description:
    '`duplicate`, `shadowed`: its addresses are also those of a network in a VRF of its reachability domain; ' +
    '`undersized`, `oversized`: by its hosts; `fragmented`: free space in pieces; `breaks_rules`: of its parent; ' +
    '`unused`: nothing was in it for 90 days',
};
const SEVERITY = {
  words: SEVERITIES,
  name: 'Severity',
  description: 'How much it matters',
};

/** Which recommendations are asked for. */
export class RecommendationQuery extends PageQuery {
  @WordField({ ...KIND, description: 'Of this kind', optional: true })
  kind?: RecommendationKind;

  @WordField({ ...SEVERITY, description: 'That matter so much', optional: true })
  severity?: Severity;

  @inQuery('number')
  @RecordIdField({ description: 'About pools in this VRF', optional: true })
  vrf_id?: number;

  @inQuery('number')
  @RecordIdField({ description: 'About pools of this account', optional: true })
  account_id?: number;
}

/** A pool that is told of. */
export class AnalysedPoolDto {
  @IdField({ description: 'The id of the pool', example: 42 })
  pool_id!: number;

  @TextField({ description: 'Its name', example: 'berlin-office' })
  name!: string;

  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @RecordIdField({ description: 'The VRF that it lies in', example: 1 })
  vrf_id!: number;

  @WordField({ words: POOL_KINDS, name: 'PoolKind', description: 'What it stands for' })
  kind!: PoolKind;

  static of({ id, name, cidr, vrfId, kind }: Pool): AnalysedPoolDto {
    return { pool_id: id, name, cidr: formatCidr(cidr), vrf_id: vrfId, kind };
  }
}

/** What was seen; null where the kind of recommendation does not rest on it. */
export class FactsDto {
  @NumberField({
    description: 'Fragmentation, from 0 to 1; of `fragmented`',
    nullable: true,
    example: 0.75,
  })
  score!: number | null;

  @WholeField({
    description:
      'Prefix length that it is about: the usual one of `fragmented`, that would be enough of `oversized`',
    nullable: true,
    example: 24,
  })
  prefix_length!: number | null;

  @WholeField({
    description: 'Prefix length of the largest free block; of `fragmented`, null without any',
    nullable: true,
    example: 24,
  })
  largest_free!: number | null;

  @WholeField({
    description: 'What it would be if everything taken stood together; of `fragmented`',
    nullable: true,
    example: 22,
  })
  packed_largest!: number | null;

  @DecimalField({ description: 'Hosts in use; of `undersized` and `oversized`', nullable: true })
  hosts_used!: string | null;

  @DecimalField({ description: 'Hosts that have room; of both', nullable: true })
  hosts_size!: string | null;

  @WholeField({ description: 'Days without anything in it; of `unused`', nullable: true })
  idle_days!: number | null;

  @TextField({ description: 'What breaks the rules of its parent', nullable: true })
  breach!: string | null;

  @WholeField({
    description: 'In how many other VRFs its space is used; of `duplicate` and `shadowed`',
    nullable: true,
  })
  vrfs!: number | null;

  @BooleanField({ description: 'Its cloud says where it is, so that it is changed there' })
  follows_cloud!: boolean;

  static of(facts: Facts): FactsDto {
    return {
      score: facts.score ?? null,
      prefix_length: facts.prefixLength ?? null,
      largest_free: facts.largestFree ?? null,
      packed_largest: facts.packedLargest ?? null,
      hosts_used: facts.hostsUsed ?? null,
      hosts_size: facts.hostsSize ?? null,
      idle_days: facts.idleDays ?? null,
      breach: facts.breach ?? null,
      vrfs: facts.vrfs ?? null,
      follows_cloud: facts.followsCloud ?? false,
    };
  }
}

/** What to do, with what its request is made of. */
export class RecommendedActionDto {
  @WordField({
    words: ACTIONS,
    name: 'RecommendedActionType',
    description:
      '`merge` the pools; give the pool another CIDR (`resize`, `move`); `reclaim`: delete it; `edit` its tags',
  })
  type!: ActionType;

  @IdsField({
    description:
      'The pools that it changes; of a move in a list none: the analysis of the pool names the one',
  })
  pool_ids!: readonly number[];

  @CidrField({
    description: 'What the pool becomes; null where that is to be chosen',
    nullable: true,
  })
  cidr!: string | null;

  @TextsField({ description: 'Tags that are missing' })
  tags!: readonly string[];

  static of({ type, poolIds, cidr, tags }: RecommendedAction): RecommendedActionDto {
    return { type, pool_ids: poolIds, cidr, tags };
  }
}

/** Something about a pool that a person may want to change. */
export class RecommendationDto {
  @WordField(KIND)
  kind!: RecommendationKind;

  @WordField(SEVERITY)
  severity!: Severity;

  @ObjectField({ type: () => AnalysedPoolDto, description: 'The pool that it is about' })
  pool!: AnalysedPoolDto;

  @ObjectField({
    type: () => AnalysedPoolDto,
    description:
      'Another pool: the network that collides, the parent whose rules are broken, or what it can be merged with',
    nullable: true,
  })
  related!: AnalysedPoolDto | null;

  @ObjectField({ type: () => FactsDto, description: 'What was seen' })
  facts!: FactsDto;

  @ObjectField({
    type: () => RecommendedActionDto,
    description: 'What to do; null where nothing can be done here',
    nullable: true,
  })
  action!: RecommendedActionDto | null;

  static of({ recommendation, pool, related }: ToldRecommendation): RecommendationDto {
    const { kind, severity, facts, action } = recommendation;
    return {
      kind,
      severity,
      pool: AnalysedPoolDto.of(pool),
      related: related && AnalysedPoolDto.of(related),
      facts: FactsDto.of(facts),
      action: action && RecommendedActionDto.of(action),
    };
  }
}

/** A recommendation of the last analysis of all pools. */
export class KeptRecommendationDto extends RecommendationDto {
  @TimeField({ description: 'When it was made' })
  made_at!: Date;

  static override of(told: ToldRecommendation<KeptRecommendation>): KeptRecommendationDto {
    return { ...RecommendationDto.of(told), made_at: told.recommendation.madeAt };
  }
}

/** How many recommendations there are of a kind. */
export class KindCountDto {
  @WordField(KIND)
  kind!: RecommendationKind;

  @WholeField({ description: 'How many, up to 10,000', example: 3 })
  count!: number;

  @BooleanField({ description: 'There are more than 10,000' })
  is_estimate!: boolean;
}

/** What is recommended about all pools, what matters most first. */
export class RecommendationListDto extends listOf(KeptRecommendationDto, 'RecommendationListDto') {
  @ObjectsField({
    type: () => KindCountDto,
    description: 'How many there are of each kind, whichever kind was asked for',
  })
  kinds!: readonly KindCountDto[];

  @TimeField({
    description: 'The minute in which the last analysis of all pools began; null: there was none',
    nullable: true,
  })
  analysed_at!: Date | null;

  @TimeField({
    description:
      'From then on all pools are analysed again; null: about now, for the first time, or not told to callers with ' +
      'limits',
    nullable: true,
  })
  next_at!: Date | null;

  static of(
    list: ListOf<KeptRecommendationDto>,
    { counts }: ToldRecommendations,
    { last, next }: AnalysisTimes,
  ): RecommendationListDto {
    return {
      ...list,
      kinds: RECOMMENDATION_KINDS.map((kind) => {
        const count = counts.get(kind) ?? 0;
        return { kind, count: Math.min(count, COUNTED), is_estimate: count > COUNTED };
      }),
      analysed_at: last,
      next_at: next,
    };
  }
}

const COUNTED = 10_000;
