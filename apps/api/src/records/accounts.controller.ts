import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ACCOUNTS, type Account, type AccountFilter, type RecordFields } from '@cloudpam/pools';
import { Requires } from '../http/access-guard';
import { DryRunQuery } from '../http/common.dto';
import { Operation } from '../http/operation';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import { accountFilterOf, accountReadAs } from './record-filter';
import {
  AccountDto,
  AccountFilterQuery,
  AccountListDto,
  AccountPatchDto,
  NewAccountDto,
} from './dto/account.dto';
import { RecordAnswers } from './record-answers';

/** Accounts and projects of clouds, which pools and collectors can name. */
@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  private readonly accounts: RecordAnswers<Account, AccountDto, AccountFilter>;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.accounts = new RecordAnswers(storage, ACCOUNTS, AccountDto.of);
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
  async list(
    @Context() context: RequestContext,
    @Query() query: AccountFilterQuery,
  ): Promise<AccountListDto> {
    const list = await this.accounts.list(context, query, accountFilterOf(query));
    return { ...list, read_as: accountReadAs(query.q) };
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
    return this.accounts.create(context, newAccount(body));
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
  get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<AccountDto> {
    return this.accounts.get(context, id);
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
    return this.accounts.update(context, id, patchOf(body));
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
    return this.accounts.remove(context, id);
  }
}

function newAccount(body: NewAccountDto): RecordFields<Account> {
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
