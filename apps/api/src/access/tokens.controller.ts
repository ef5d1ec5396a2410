import { Body, Controller, Delete, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccessError,
  Authenticate,
  IssueToken,
  RevokeToken,
  RotateToken,
  type NewToken,
  type Token,
} from '@cloudpam/identity';
import { Requires } from '../http/access-guard';
import { NamedPageQuery } from '../http/common.dto';
import { ListPage } from '../http/list-page';
import { Operation } from '../http/operation';
import { type Answer } from '../http/answer';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { instantOf } from '../http/schema';
import { checkLimitPools } from '../limits/limits-of';
import { STORAGE, type Storage } from '../storage/storage';
import { MeDto } from './dto/me.dto';
import { NewTokenDto, TokenDto, TokenListDto, TokenRequestDto } from './dto/token.dto';

/** A token and its text; null where that was told before. */
interface WithText {
  readonly token: Token;
  readonly text: string | null;
}

/** Tokens, and who the caller is. */
@ApiTags('access')
@Controller('api/v1')
export class TokensController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly issueToken: IssueToken,
    private readonly revokeToken: RevokeToken,
    private readonly rotateToken: RotateToken,
    private readonly authenticate: Authenticate,
  ) {}

  @Get('me')
  @Requires('self:read', 'within limits')
  @Operation({
    id: 'getMe',
    summary: 'Get who the caller is',
    description: 'Gives the role, limits and permissions of the token or session that asks.',
    answer: MeDto,
  })
  me(@Context() { principal, session }: RequestContext): MeDto {
    return MeDto.of(principal, session);
  }

  @Get('tokens')
  @Requires('tokens:manage')
  @Operation({
    id: 'listTokens',
    summary: 'List tokens',
    description: 'Lists all tokens, newest first, also revoked ones; never with their secrets.',
    answer: TokenListDto,
  })
  list(@Query() query: NamedPageQuery): Promise<TokenListDto> {
    const page = new ListPage(query, 'tokens');
    return this.storage.unitOfWork.read(async (stores) => {
      const { items, total } = await stores.tokens.list({ name: query.name }, page.page, page.size);
      return page.answer(items.map(TokenDto.of), total);
    });
  }

  @Post('tokens')
  @Requires('tokens:manage')
  @Operation({
    id: 'createToken',
    summary: 'Create a token',
    description: 'Makes a token, and gives its secret this once: nothing can tell it again.',
    answer: NewTokenDto,
    status: 201,
    problems: ['invalid_token_request'],
    named: ['pool_not_found'],
    headers: ['Location'],
  })
  async create(
    @Context() context: RequestContext,
    @Body() body: TokenRequestDto,
  ): Promise<NewTokenDto> {
    await checkLimitPools(this.storage, body.pools);
    return context.write(
      (change) => this.issueToken.execute(change, newToken(body)),
      madeAnswer,
      undefined,
      { kept: ({ token }) => madeAnswer({ token, text: null }) },
    );
  }

  @Get('tokens/:id')
  @Requires('tokens:manage')
  @Operation({
    id: 'getToken',
    summary: 'Get a token',
    description: 'Gives a token, also a revoked one, without its secret.',
    answer: TokenDto,
    problems: ['token_not_found'],
  })
  get(@PathRecordId() id: number): Promise<TokenDto> {
    return this.storage.unitOfWork.read(async (stores) => {
      const token = await stores.tokens.get(id);
      if (!token) throw new AccessError('token_not_found', `There is no token ${id}.`);
      return TokenDto.of(token);
    });
  }

  @Delete('tokens/:id')
  @Requires('tokens:manage')
  @Operation({
    id: 'revokeToken',
    summary: 'Revoke a token',
    description: 'Ends a token at once, on other servers within seconds; it stays in the list.',
    answer: TokenDto,
    problems: ['token_not_found', 'last_admin'],
  })
  revoke(@Context() context: RequestContext, @PathRecordId() id: number): Promise<TokenDto> {
    return context.write(
      async (change) => {
        const token = await this.revokeToken.execute(change, id);
        this.authenticate.forget();
        return token;
      },
      (token) => ({ status: 200, body: TokenDto.of(token) }),
    );
  }

  @Post('tokens/:id/rotate')
  @Requires('tokens:manage')
  @Operation({
    id: 'rotateToken',
    summary: 'Give a token a new secret',
    description: 'Makes a new secret and gives it this once; the former one ends at once.',
    answer: NewTokenDto,
    problems: ['token_not_found', 'token_revoked'],
  })
  rotate(@Context() context: RequestContext, @PathRecordId() id: number): Promise<NewTokenDto> {
    return context.write(
      async (change) => {
        const rotated = await this.rotateToken.execute(change, id);
        this.authenticate.forget();
        return rotated;
      },
      secretAnswer,
      undefined,
      { kept: ({ token }) => secretAnswer({ token, text: null }) },
    );
  }
}

function newToken(body: TokenRequestDto): NewToken {
  return {
    name: body.name,
    role: body.role,
    readOnly: body.read_only,
    sharedResources: body.shared_resources,
    accounts: body.accounts,
    pools: body.pools,
    expiresAt: body.expires_at ? instantOf(body.expires_at, 'expires_at') : null,
  };
}

function secretAnswer({ token, text }: WithText): Answer<NewTokenDto> {
  return { status: 200, body: NewTokenDto.withSecret(token, text) };
}

function madeAnswer(made: WithText): Answer<NewTokenDto> {
  return {
    ...secretAnswer(made),
    status: 201,
    headers: { location: `/api/v1/tokens/${made.token.id}` },
  };
}
