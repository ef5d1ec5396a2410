import type { AccessScope } from '@cloudpam/audit';
import { CidrError } from '@cloudpam/cidr';
import { PoolError, type CreateResult, type NewPool } from '@cloudpam/pools';
import { schemaOf } from '../http/class-schema';
import { problemOf } from '../http/problem';
import { checkOf, SchemaError } from '../http/schema';
import { withoutHidden } from '../limits/without-hidden';
import { BulkRowDto, type BulkPoolsDto, type BulkQuery, type BulkResultDto } from './dto/bulk.dto';
import type { BulkRowResultDto } from './dto/bulk.dto';
import type { NewPoolDto } from './dto/new-pool.dto';
import { newPoolOf, warningsOf } from './pool-view';

const PATH = '/api/v1/pools/bulk';

/** A row that can be read. */
interface ReadRow {
  readonly index: number;
  readonly row: NewPoolDto;
  readonly pool: NewPool;
}

/** The rows of a bulk request, and the answer to it. */
export class BulkPools {
  private constructor(
    private readonly read: readonly ReadRow[],
    private readonly unread: readonly BulkRowResultDto[],
  ) {}

  /** @throws SchemaError, PoolError for a row that cannot be read, where it is one mistake of all */
  static read({ items }: BulkPoolsDto, mode: NonNullable<BulkQuery['mode']>): BulkPools {
    const read: ReadRow[] = [];
    const unread: BulkRowResultDto[] = [];
    for (const [index, item] of items.entries()) {
      try {
        read.push({ index, row: item as NewPoolDto, pool: bulkPoolOf(item) });
      } catch (error) {
        if (!(error instanceof CidrError || error instanceof SchemaError)) throw error;
        if (mode === 'atomic') throw inRow(error, index);
        unread.push({ index, status: 'error', problem: problemOf(error, PATH, '') });
      }
    }
    return new BulkPools(read, unread);
  }

  /** The pools that are asked for. */
  get pools(): readonly NewPool[] {
    return this.read.map(({ pool }) => pool);
  }

  /** What the rows name, as on the wire. */
  get rows(): readonly NewPoolDto[] {
    return this.read.map(({ row }) => row);
  }

  /** @param results one for each of `pools`, in their order */
  answer(results: readonly CreateResult[], accessScope: AccessScope | undefined): BulkResultDto {
    const told = results.map((result, at) =>
      rowResult(this.read[at]?.index ?? at, result, accessScope),
    );
    return {
      created: told.filter(({ status }) => status === 'created').length,
      results: [...told, ...this.unread].sort((a, b) => a.index - b.index),
    };
  }
}

const checkRow = checkOf<BulkRowDto>(schemaOf(BulkRowDto));

/** The pool of a row of the bulk route. @throws SchemaError, CidrError */
function bulkPoolOf(item: unknown): NewPool {
  const { id, parent_id: parentId, ...row } = checkRow(item);
  return newPoolOf(id === undefined ? { ...row, parent_id: parentId } : row);
}

/** What is wrong with a row, said of the whole request. */
function inRow(error: CidrError | SchemaError, index: number): Error {
  if (error instanceof CidrError)
    return new PoolError('invalid_field', `items.${index}: ${error.message}`, {
      field: 'cidr',
      index,
    });
  return new SchemaError(
    error.problems.map((each) => ({
      ...each,
      field: each.field === 'body' ? `items.${index}` : `items.${index}.${each.field}`,
    })),
  );
}

function rowResult(
  index: number,
  result: CreateResult,
  accessScope: AccessScope | undefined,
): BulkRowResultDto {
  return 'pool' in result
    ? { index, status: 'created', pool_id: result.pool.id, ...warningsOf(result.uses, accessScope) }
    : {
        index,
        status: 'error',
        problem: problemOf(withoutHidden(result.error, accessScope), PATH, ''),
      };
}
