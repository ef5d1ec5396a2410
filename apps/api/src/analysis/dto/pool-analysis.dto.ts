import type { Fragmentation, PoolAnalysis, RoomAtLength } from '@cloudpam/analysis';
import {
  BooleanField,
  DecimalField,
  NumberField,
  ObjectField,
  ObjectsField,
  WholeField,
} from '../../http/fields';
import { AnalysedPoolDto, RecommendationDto } from './recommendation.dto';

/** How many blocks of one prefix length have room. */
export class RoomAtLengthDto {
  @WholeField({ description: 'The prefix length', min: 0, max: 128, example: 24 })
  prefix_length!: number;

  @WholeField({ description: 'Free blocks that are just so large', example: 3 })
  free_blocks!: number;

  @DecimalField({ description: 'Blocks of this length that can be taken now' })
  placeable!: string;

  @DecimalField({
    description: 'Blocks of this length that could be taken if everything taken stood together',
  })
  packed!: string;

  static of({ prefixLength, freeBlocks, placeable, packed }: RoomAtLength): RoomAtLengthDto {
    return {
      prefix_length: prefixLength,
      free_blocks: freeBlocks,
      placeable: String(placeable),
      packed: String(packed),
    };
  }
}

/** How far the free space of a pool is in pieces. */
export class FragmentationDto {
  @NumberField({
    description:
      'From 0, where every size has all the room that there is, to nearly 1; the documentation has its formula',
    example: 0.75,
  })
  score!: number;

  @DecimalField({ description: 'Free addresses' })
  free!: string;

  @WholeField({
    description: 'Prefix length of the largest free block; null without any',
    nullable: true,
    example: 24,
  })
  largest_free!: number | null;

  @WholeField({
    description: 'What it would be if everything taken stood together; null without any',
    nullable: true,
    example: 22,
  })
  packed_largest!: number | null;

  @ObjectsField({
    type: () => RoomAtLengthDto,
    description: 'By prefix length, from `packed_largest` to that of the smallest free block',
  })
  lengths!: readonly RoomAtLengthDto[];

  static of({ score, free, largest, packedLargest, lengths }: Fragmentation): FragmentationDto {
    return {
      score,
      free: String(free),
      largest_free: largest,
      packed_largest: packedLargest,
      lengths: lengths.map(RoomAtLengthDto.of),
    };
  }
}

/** The space in a pool, and what is recommended about it and what lies right in it. */
export class PoolAnalysisDto {
  @ObjectField({ type: () => AnalysedPoolDto, description: 'The pool' })
  pool!: AnalysedPoolDto;

  @ObjectField({ type: () => FragmentationDto, description: 'How far its free space is in pieces' })
  fragmentation!: FragmentationDto;

  @BooleanField({
    description: 'All free blocks were read; else the fragmentation is that of the first 10,000',
  })
  is_complete!: boolean;

  @WholeField({
    description:
      'Prefix length of its rules for allocations, or of most of its blocks; null where nothing tells it',
    nullable: true,
    example: 24,
  })
  usual_length!: number | null;

  @ObjectsField({
    type: () => RecommendationDto,
    description: 'What is recommended about the pool and its children: its own first',
  })
  recommendations!: readonly RecommendationDto[];

  @WholeField({ description: 'So many children were looked at, the first by address', example: 12 })
  children_examined!: number;

  @WholeField({ description: 'Children that there are, up to 10,000', example: 12 })
  children_total!: number;

  static of(analysis: PoolAnalysis): PoolAnalysisDto {
    return {
      pool: AnalysedPoolDto.of(analysis.pool),
      fragmentation: FragmentationDto.of(analysis.fragmentation),
      is_complete: analysis.isComplete,
      usual_length: analysis.usualLength,
      recommendations: analysis.recommendations.map(RecommendationDto.of),
      children_examined: analysis.childrenExamined,
      children_total: Math.min(analysis.childrenTotal, 10_000),
    };
  }
}
