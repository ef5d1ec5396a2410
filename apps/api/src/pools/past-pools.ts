import { Inject, Injectable } from '@nestjs/common';
import { BoundCursor } from '../http/bound-cursor';
import { pauses } from '../http/client-gone';
import { listBody } from '../http/list-page';
import type { RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import type { PoolQuery } from './dto/pool-query.dto';
import type { PastPoolListDto } from './dto/pool.dto';
import { PastTrees } from './past-trees';
import { pastPage, pastPoolView, pastTimeOf } from './past-view';
import { filterOf } from './pool-view';

/** Lists the pools of a time past. */
@Injectable()
export class PastPools {
  private readonly trees: PastTrees;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.trees = new PastTrees(storage.unitOfWork);
  }

  /**
   * A page of the pools as they were, by CIDR.
   * @param moment the time, as the parameter `field` has it
   * @throws SchemaError for the future, and for what a list of the past does not offer
   */
  async list(
    { gone, accessScope }: RequestContext,
    query: PoolQuery,
    moment: string,
    field: 'at' | 'as_of',
  ): Promise<PastPoolListDto> {
    const now = new Date().getTime();
    const tree = await this.trees.at(pastTimeOf(query, moment, field, now), now, gone);
    const { page_size: size = 50 } = query;
    const filter = filterOf(query);
    const bound = new BoundCursor({ ...filter, past: moment });
    const asked = { accessScope, filter, size, cursor: bound.read(query.cursor) };
    const { items, total, nextCursor } = await pastPage(tree, asked, pauses(gone));
    return {
      ...listBody(items.map(pastPoolView), total, { size }, bound.write(nextCursor)),
      read_as: filter.typed?.readAs ?? null,
    };
  }
}
