import { KeepRecords, ReadRecords } from '@cloudpam/pools';
import type { RecordBase, RecordFields, RecordFilter, RecordKind } from '@cloudpam/pools';
import { createdAnswer, versionedAnswer } from '../http/answer';
import type { ListOf, PageQuery } from '../http/common.dto';
import { ListPage } from '../http/list-page';
import type { RequestContext } from '../http/request-context';
import type { Storage } from '../storage/storage';
import type { RecordDto } from './dto/record.dto';

/** What the routes of all kinds of records have alike: all but what they say of themselves. */
export class RecordAnswers<
  R extends RecordBase,
  Dto extends RecordDto,
  Filter extends RecordFilter = RecordFilter,
> {
  private readonly keep: KeepRecords<R>;

  /** @param present a record on the wire */
  constructor(
    private readonly storage: Storage,
    private readonly kind: RecordKind<R, Filter>,
    private readonly present: (record: R) => Dto,
  ) {
    this.keep = new KeepRecords(storage.unitOfWork, kind);
  }

  /** A page of those that a filter lets through. */
  async list(context: RequestContext, query: PageQuery, filter: Filter): Promise<ListOf<Dto>> {
    const page = new ListPage(query, this.kind.list);
    const found = await this.visible(context).list(filter, page.page, page.size);
    return page.answer(found.items.map(this.present), found.total);
  }

  /** One of them, with its version as ETag. */
  async get(context: RequestContext, id: number): Promise<Dto> {
    const record = this.present(await this.visible(context).get(id));
    context.reply.header('etag', `"${record.version}"`);
    return record;
  }

  /** Makes one; the same key again is answered with it as long as it is there. */
  create(context: RequestContext, fields: RecordFields<R>): Promise<Dto> {
    return context.write(
      (change) => context.traced(this.keep).create(change, fields),
      (record) => createdAnswer(this.present(record), `/api/v1/${this.kind.list}`),
      undefined,
      { isGone: (body) => this.isGone(body) },
    );
  }

  /** Changes the version that `If-Match` asks for. */
  update(context: RequestContext, id: number, patch: Partial<RecordFields<R>>): Promise<Dto> {
    return context.write(
      (change) => context.traced(this.keep).update(change, id, patch, context.expectedVersion),
      (record) => versionedAnswer(this.present(record)),
      undefined,
      { versioned: true },
    );
  }

  /** Deletes the version that `If-Match` asks for, and gives what it was. */
  remove(context: RequestContext, id: number): Promise<Dto> {
    return context.write(
      (change) => context.traced(this.keep).remove(change, id, context.expectedVersion),
      (record) => versionedAnswer(this.present(record)),
      undefined,
      { versioned: true },
    );
  }

  private visible(context: RequestContext): ReadRecords<R, Filter> {
    return context.query(ReadRecords, this.storage, this.kind);
  }

  private async isGone(body: unknown): Promise<boolean> {
    const { id } = body as { id: number }; // an answer of ours
    return !(await new ReadRecords(this.storage.unitOfWork, this.kind).has(id));
  }
}
