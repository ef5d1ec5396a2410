import { Inject, Injectable } from '@nestjs/common';
import { ReadPastPools } from '@cloudpam/pools';
import { pauses } from '../http/client-gone';
import { CursorPage } from '../http/list-page';
import type { RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { PastPoolDto, type PastPoolListDto } from './dto/past-pool.dto';
import type { PoolQuery } from './dto/pool-query.dto';
import { PastTrees } from './past-trees';
import { filterOf, pastTimeOf } from './pool-filter';

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
    const filter = filterOf(query);
    const page = new CursorPage(query, { ...filter, past: moment });
    const pools = new ReadPastPools(tree, accessScope, pauses(gone));
    const { items, total, nextCursor } = await pools.list(filter, page.size, page.after);
    return {
      ...page.answer(items.map(PastPoolDto.of), total, nextCursor),
      read_as: filter.typed?.readAs ?? null,
    };
  }

  /** The same by the parameter of the list of pools that it has replaced. */
  async formerly(
    context: RequestContext,
    query: PoolQuery,
    moment: string,
  ): Promise<PastPoolListDto> {
    const past = await this.list(context, query, moment, 'as_of');
    const successor = `/api/v1/pools/past?at=${encodeURIComponent(moment)}`;
    void context.reply.header('link', `<${successor}>; rel="successor-version"`);
    return past;
  }
}
