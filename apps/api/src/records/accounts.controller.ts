import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ACCOUNTS, KeepRecords, PoolError, type Account } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { createdAnswer, versionedAnswer } from '../http/answer';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { accountFilterOf, accountReadAs } from './account-filter';
import {
  AccountDto,
  AccountFilterQuery,
  AccountListDto,
  AccountPatchDto,
  NewAccountDto,
} from './dto/account.dto';
import { recordGone } from './record-gone';

@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  private readonly records: KeepRecords<Account>;

  constructor(@Inject(STORAGE) private readonly storage: Storage) {
    this.records = new KeepRecords(storage.unitOfWork, ACCOUNTS);
  }

  @Get()
  @Requires('accounts:read', 'within limits')
  @Operation({
    id: 'listAccounts',
    summary: 'List accounts',
    description:
      'Lists accounts by key; whoever has limits sees those of their pools and of what a cloud has in them.',
    answer: AccountListDto,
  })
  list(
    @Context() context: RequestContext,
    @Query() query: AccountFilterQuery,
  ): Promise<AccountListDto> {
    const page = new ListPage(query, 'accounts');
    return context.seen(this.storage).read(async (stores) => {
      const { items, total } = await stores.accounts.list(
        accountFilterOf(query),
        page.page,
        page.size,
      );
      return {
        ...page.answer(items.map(AccountDto.of), total),
        read_as: accountReadAs(query.q),
      };
    });
  }

  @Post()
  @Requires('accounts:write')
  @Operation({
    id: 'createAccount',
    summary: 'Create an account',
    description: 'Makes an account or project of a cloud that pools and collectors can name.',
    answer: AccountDto,
    status: 201,
    problems: ['name_taken', 'gone_since'],
    headers: ['ETag', 'Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewAccountDto,
  ): Promise<AccountDto> {
    return context.write(
      (change) => this.records.create(change, newAccount(body)),
      (record) => createdAnswer(AccountDto.of(record), '/api/v1/accounts'),
      undefined,
      { isGone: recordGone(this.storage, 'accounts') },
    );
  }

  @Get(':id')
  @Requires('accounts:read', 'within limits')
  @Operation({
    id: 'getAccount',
    summary: 'Get an account',
    description: 'Gives an account with its version as ETag.',
    answer: AccountDto,
    problems: ['account_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<AccountDto> {
    const record = await context.seen(this.storage).read((stores) => stores.accounts.get(id));
    if (!record) throw new PoolError('account_not_found', `There is no account ${id}.`);
    context.reply.header('etag', `"${record.version}"`);
    return AccountDto.of(record);
  }

  @Patch(':id')
  @Requires('accounts:write')
  @Operation({
    id: 'updateAccount',
    summary: 'Change an account',
    description: 'Changes the fields that are given; with If-Match only the version that was read.',
    answer: AccountDto,
    problems: ['account_not_found', 'name_taken', 'version_mismatch'],
    headers: ['ETag'],
  })
  patch(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: AccountPatchDto,
  ): Promise<AccountDto> {
    return context.write(
      (change) => this.records.update(change, id, patchOf(body), context.expectedVersion),
      (record) => versionedAnswer(AccountDto.of(record)),
      undefined,
      { versioned: true },
    );
  }

  @Delete(':id')
  @Requires('accounts:write')
  @Operation({
    id: 'deleteAccount',
    summary: 'Delete an account',
    description: 'Deletes an account that no pool names, and gives what it was.',
    answer: AccountDto,
    problems: ['account_not_found', 'in_use', 'version_mismatch'],
    headers: ['ETag'],
  })
  remove(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<AccountDto> {
    return context.write(
      (change) => this.records.remove(change, id, context.expectedVersion),
      (record) => versionedAnswer(AccountDto.of(record)),
      undefined,
      {
        versioned: true,
      },
    );
  }
}

function newAccount(
  body: NewAccountDto,
): Omit<Account, 'id' | 'version' | 'createdAt' | 'updatedAt'> {
  const { name, provider, external_id: externalId, key = `${provider}:${externalId}` } = body;
  return {
    key,
    name,
    provider,
    externalId,
    platform: body.platform ?? null,
    tier: body.tier ?? null,
    environment: body.environment ?? null,
    regions: body.regions ?? [],
    description: body.description ?? '',
    discoveryPolicy: body.discovery_policy ?? null,
    discoveryInterval: body.discovery_interval ?? null,
  };
}

function patchOf(body: AccountPatchDto): Partial<Account> {
  const {
    discovery_policy: discoveryPolicy,
    discovery_interval: discoveryInterval,
    ...same
  } = body;
  return { ...same, discoveryPolicy, discoveryInterval };
}
