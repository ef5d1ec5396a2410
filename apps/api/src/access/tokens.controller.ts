import { Controller, Delete, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccessError,
  Authenticate,
  IssueToken,
  permissionsOf,
  RevokeToken,
  RotateToken,
  ROLES,
  type Role,
  type Token,
} from '@cloudpam/identity';
import { Requires } from '../http/access-guard';
import {
  Context,
  listBody,
  PathRecordId,
  RequestContext,
  type Answer,
} from '../http/request-context';
import {
  BodyOf,
  bool,
  Described,
  id,
  instantOf,
  list,
  listOf,
  nullable,
  object,
  oneOf,
  PAGE,
  QueryOf,
  ref,
  text,
  time,
  type Schema,
} from '../http/schema';
import { checkLimitPools, LIMITS } from '../limits/limits-of';
import { STORAGE, type Storage } from '../storage';
import { VERSION } from '../version';

const SHARED_RESOURCES = {
  ...bool,
  description:
    'A collector limited to accounts may also report what other accounts own and share with these',
};
const NEW_TOKEN = object(
  {
    name: text(200),
    role: oneOf(ROLES),
    read_only: bool,
    shared_resources: SHARED_RESOURCES,
    ...LIMITS,
    expires_at: nullable(time),
  },
  ['name', 'role'],
);
interface NewTokenBody {
  name: string;
  role: Role;
  read_only?: boolean;
  shared_resources?: boolean;
  accounts?: string[] | null;
  pools?: number[] | null;
  expires_at?: string | null;
}
const QUERY = object(PAGE, []);
const TOKEN = {
  id,
  public_id: text(),
  name: text(),
  role: oneOf(ROLES),
  read_only: bool,
  shared_resources: SHARED_RESOURCES,
  ...LIMITS,
  created_by: text(),
  created_by_name: text(),
  created_at: time,
  expires_at: nullable(time),
  last_used_at: nullable(time),
  revoked_at: nullable(time),
};
export const ACCESS_COMPONENTS: Record<string, Schema> = {
  Token: object(TOKEN),
  NewToken: object({
    ...TOKEN,
    secret: {
      ...nullable(text()),
      description: 'Shown once: null when the same Idempotency-Key asks again',
    },
  }),
  Me: object({
    actor: object({ type: text(), id: text(), name: text() }),
    role: oneOf(ROLES),
    read_only: bool,
    ...LIMITS,
    permissions: list(text()),
    version: text(),
    csrf_token: nullable(text()),
    provider: nullable(text()),
  }),
};

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
  @Described({ answer: ref('Me') })
  me(@Context() context: RequestContext): unknown {
    const { principal, session } = context;
    return {
      actor: principal.actor,
      role: principal.role,
      read_only: principal.readOnly,
      accounts: principal.accounts,
      pools: principal.pools,
      permissions: permissionsOf(principal),
      version: VERSION,
      csrf_token: session?.csrf ?? null,
      provider: session?.session.provider ?? null,
    };
  }

  @Get('tokens')
  @Requires('tokens:manage')
  @Described({ query: QUERY, answer: listOf('Token') })
  list(@QueryOf(QUERY) query: { page?: number; page_size?: number }): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return this.storage.unitOfWork.read(async (stores) => {
      const { items, total } = await stores.tokens.list(page.page, page.size);
      return listBody(items.map(tokenView), total, page);
    });
  }

  @Post('tokens')
  @Requires('tokens:manage')
  @Described({ body: NEW_TOKEN, answer: ref('NewToken'), status: 201 })
  async create(
    @Context() context: RequestContext,
    @BodyOf(NEW_TOKEN) body: NewTokenBody,
  ): Promise<unknown> {
    const asked = {
      name: body.name,
      role: body.role,
      readOnly: body.read_only,
      sharedResources: body.shared_resources,
      accounts: body.accounts,
      pools: body.pools,
      expiresAt: body.expires_at ? instantOf(body.expires_at, 'expires_at') : null,
    };
    await checkLimitPools(this.storage, body.pools);
    const answer = ({ token, text: secret }: { token: Token; text: string | null }): Answer => ({
      status: 201,
      headers: { location: `/api/v1/tokens/${token.id}` },
      body: { ...tokenView(token), secret },
    });
    return context.write((change) => this.issueToken.execute(change, asked), answer, undefined, {
      kept: ({ token }) => answer({ token, text: null }),
    });
  }

  @Get('tokens/:id')
  @Requires('tokens:manage')
  @Described({ answer: ref('Token') })
  get(@PathRecordId() id: number): Promise<unknown> {
    return this.storage.unitOfWork.read(async (stores) => {
      const token = await stores.tokens.get(id);
      if (!token) throw new AccessError('token_not_found', `There is no token ${id}.`);
      return tokenView(token);
    });
  }

  @Delete('tokens/:id')
  @Requires('tokens:manage')
  @Described({ answer: ref('Token') })
  revoke(@Context() context: RequestContext, @PathRecordId() id: number): Promise<unknown> {
    return context.write(
      async (change) => {
        const token = await this.revokeToken.execute(change, id);
        this.authenticate.forget();
        return token;
      },
      (token) => ({ status: 200, body: tokenView(token) }),
    );
  }

  @Post('tokens/:id/rotate')
  @HttpCode(200)
  @Requires('tokens:manage')
  @Described({ answer: ref('NewToken') })
  rotate(@Context() context: RequestContext, @PathRecordId() id: number): Promise<unknown> {
    const answer = ({ token, text: secret }: { token: Token; text: string | null }): Answer => ({
      status: 200,
      body: { ...tokenView(token), secret },
    });
    return context.write(
      async (change) => {
        const rotated = await this.rotateToken.execute(change, id);
        this.authenticate.forget();
        return rotated;
      },
      answer,
      undefined,
      { kept: ({ token }) => answer({ token, text: null }) },
    );
  }
}

function tokenView(token: Token): Record<string, unknown> {
  return {
    id: token.id,
    public_id: token.publicId,
    name: token.name,
    role: token.role,
    read_only: token.readOnly,
    shared_resources: token.sharedResources,
    accounts: token.accounts,
    pools: token.pools,
    created_by: token.createdBy,
    created_by_name: token.createdByName,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt,
    revoked_at: token.revokedAt,
  };
}
