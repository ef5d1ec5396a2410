import { Controller, Delete, Get, Inject, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ACCOUNTS, KeepRecords, PoolError, type Account, type DiscoveryPolicy, type Provider } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathRecordId, RequestContext, type Answer } from '../http/request-context';
import { BodyOf, Described, DRY_RUN, QueryOf, ref, typedListOf } from '../http/schema';
import { STORAGE, type Storage } from '../storage';
import { ACCOUNT_QUERY, NEW_ACCOUNT, ACCOUNT_PATCH } from './record-schemas';
import { accountFilterOf, accountReadAs, type AccountQuery } from './account-filter';
import { recordGone } from './record-gone';
import { accountView } from './record-views';

interface Body { name?: string; platform?: string | null; tier?: string | null; environment?: string | null; regions?: string[]; description?: string;
  discovery_policy?: DiscoveryPolicy | null; discovery_interval?: number | null }

@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  private readonly records: KeepRecords<Account>;

  constructor(@Inject(STORAGE) private readonly storage: Storage) {
    this.records = new KeepRecords(storage.unitOfWork, ACCOUNTS);
  }

  @Get() @Requires('accounts:read', 'within limits') @Described({ query: ACCOUNT_QUERY, answer: typedListOf('Account') })
  list(@Context() context: RequestContext, @QueryOf(ACCOUNT_QUERY) query: AccountQuery & { page?: number; page_size?: number }): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.accounts.list(accountFilterOf(query), page.page, page.size);
      return { ...listBody(items.map(accountView), total, page), read_as: accountReadAs(query.q) };
    });
  }

  @Post() @Requires('accounts:write') @Described({ query: DRY_RUN, body: NEW_ACCOUNT, answer: ref('Account'), status: 201 })
  create(@Context() context: RequestContext, @QueryOf(DRY_RUN) _: unknown, @BodyOf(NEW_ACCOUNT) body: Body & { name: string; provider: Provider; external_id: string; key?: string }): Promise<unknown> {
    return context.write((change) => this.records.create(change, newAccount(body)), (record) => ({
      ...answer(record), status: 201, headers: { ...answer(record).headers, location: `/api/v1/accounts/${record.id}` },
    }), undefined, { isGone: recordGone(this.storage, 'accounts') });
  }

  @Get(':id') @Requires('accounts:read', 'within limits') @Described({ answer: ref('Account') })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<unknown> {
    const record = await context.seen(this.storage).read((stores) => stores.accounts.get(id));
    if (!record) throw new PoolError('account_not_found', `There is no account ${id}.`);
    context.reply.header('etag', `"${record.version}"`);
    return accountView(record);
  }

  @Patch(':id') @Requires('accounts:write') @Described({ query: DRY_RUN, body: ACCOUNT_PATCH, answer: ref('Account') })
  patch(@Context() context: RequestContext, @PathRecordId() id: number, @QueryOf(DRY_RUN) _: unknown, @BodyOf(ACCOUNT_PATCH) body: Body): Promise<unknown> {
    return context.write((change) => this.records.update(change, id, patchOf(body), context.expectedVersion), answer, undefined, { versioned: true });
  }

  @Delete(':id') @Requires('accounts:write') @Described({ query: DRY_RUN, answer: ref('Account') })
  remove(@Context() context: RequestContext, @PathRecordId() id: number, @QueryOf(DRY_RUN) _: unknown): Promise<unknown> {
    return context.write((change) => this.records.remove(change, id, context.expectedVersion), answer, undefined, { versioned: true });
  }
}

function newAccount(body: Body & { name: string; provider: Provider; external_id: string; key?: string }): Omit<Account, 'id' | 'version' | 'createdAt' | 'updatedAt'> {
  const { name, provider, external_id: externalId, key = `${provider}:${externalId}` } = body;
  return {
    key, name, provider, externalId, platform: body.platform ?? null, tier: body.tier ?? null, environment: body.environment ?? null,
    regions: body.regions ?? [], description: body.description ?? '', discoveryPolicy: body.discovery_policy ?? null,
    discoveryInterval: body.discovery_interval ?? null,
  };
}

function patchOf({ discovery_policy: discoveryPolicy, discovery_interval: discoveryInterval, ...body }: Body): Partial<Account> {
  return { ...body, discoveryPolicy, discoveryInterval };
}

function answer(record: Account): Answer {
  return { status: 200, headers: { etag: `"${record.version}"` }, body: accountView(record) };
}
