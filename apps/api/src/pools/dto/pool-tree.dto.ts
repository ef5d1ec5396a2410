import type { TreeNode, TreePage } from '@cloudpam/pools';
import { BooleanField, ObjectsField, TextField, WholeField } from '../../http/fields';
import { PoolDto } from './pool.dto';

/** A pool with what lies below it, as far as the answer goes. */
export class PoolTreeDto extends PoolDto {
  @WholeField({ description: 'Its direct children' })
  override child_count!: number;

  @ObjectsField({ type: () => PoolTreeDto, description: 'Children, by address' })
  children!: readonly PoolTreeDto[];

  @BooleanField({ description: 'Not all children are in this answer' })
  truncated!: boolean;

  static node({ pool, childCount, children }: TreeNode): PoolTreeDto {
    // A spread takes ten times as long, and trees have many.
    return Object.assign(PoolDto.of(pool), {
      child_count: childCount,
      children: children.map(PoolTreeDto.node),
      truncated: children.length < childCount,
    });
  }
}

/** One page of the tree below a pool. */
export class PoolTreePageDto extends PoolTreeDto {
  @TextField({ description: 'Where the next page goes on; null at the end', nullable: true })
  next_cursor!: string | null;

  static page({ tree }: TreePage, nextCursor: string | null): PoolTreePageDto {
    return { ...PoolTreeDto.node(tree), next_cursor: nextCursor };
  }
}
