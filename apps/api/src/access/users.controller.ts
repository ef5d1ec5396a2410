import { Controller, Delete, Get, Inject, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccessError,
  AuthenticateSession,
  ChangeUser,
  EndSessions,
  USER_ROLES,
  type User,
  type UserRole,
  type UserSession,
} from '@cloudpam/identity';
import type { Config } from '../config';
import { CONFIG } from '../config-token';
import { Requires } from '../http/access-guard';
import { Context, listBody, PathRecordId, RequestContext } from '../http/request-context';
import {
  BodyOf,
  bool,
  Described,
  id,
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

const QUERY = object(PAGE, []);
const CHANGE: Schema = {
  ...object({ role: oneOf(USER_ROLES), role_pinned: bool, active: bool, ...LIMITS }, []),
  minProperties: 1,
};

export const USER_COMPONENTS: Record<string, Schema> = {
  User: object({
    id,
    provider: text(),
    issuer: text(),
    subject: text(),
    email: nullable(text()),
    name: text(),
    role: oneOf(USER_ROLES),
    role_pinned: bool,
    groups: list(text()),
    active: bool,
    ...LIMITS,
    created_at: time,
    last_login_at: time,
    refused_at: nullable(time),
    version: { type: 'integer' },
  }),
  UserList: listOf('User'),
  UserSession: object({
    id,
    provider: text(),
    created_at: time,
    expires_at: time,
    last_used_at: time,
    user_agent: text(),
    ip: text(),
    current: bool,
  }),
  UserSessions: object({ items: list(ref('UserSession')) }),
  EndedSessions: object({ ended: { type: 'integer' } }),
};

/** People who have logged in, for admins. */
@ApiTags('access')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    private readonly changeUser: ChangeUser,
    private readonly endSessions: EndSessions,
    private readonly sessions: AuthenticateSession,
  ) {}

  @Get()
  @Requires('users:manage')
  @Described({ query: QUERY, answer: ref('UserList') })
  list(@QueryOf(QUERY) query: { page?: number; page_size?: number }): Promise<unknown> {
    const page = { page: query.page ?? 1, size: query.page_size ?? 50 };
    return this.storage.unitOfWork.read(async (stores) => {
      const { items, total } = await stores.users.list(page.page, page.size);
      return listBody(items.map(userView), total, page);
    });
  }

  @Get(':id')
  @Requires('users:manage')
  @Described({ answer: ref('User') })
  async get(@Context() context: RequestContext, @PathRecordId() userId: number): Promise<unknown> {
    const user = await this.found(userId);
    void context.reply.header('etag', `"${user.version}"`);
    return userView(user);
  }

  @Patch(':id')
  @Requires('users:manage')
  @Described({ body: CHANGE, answer: ref('User') })
  async change(
    @Context() context: RequestContext,
    @PathRecordId() userId: number,
    @BodyOf(CHANGE)
    body: {
      role?: UserRole;
      role_pinned?: boolean;
      active?: boolean;
      accounts?: string[] | null;
      pools?: number[] | null;
    },
  ): Promise<unknown> {
    await checkLimitPools(this.storage, body.pools);
    return context.write(
      async (change) => {
        const user = await this.changeUser.execute(
          change,
          userId,
          {
            role: body.role,
            rolePinned: body.role_pinned,
            active: body.active,
            accounts: body.accounts,
            pools: body.pools,
          },
          context.expectedVersion,
        );
        this.sessions.forget();
        return user;
      },
      (user) => ({ status: 200, headers: { etag: `"${user.version}"` }, body: userView(user) }),
      undefined,
      { versioned: true },
    );
  }

  @Get(':id/sessions')
  @Requires('users:manage')
  @Described({ answer: ref('UserSessions') })
  async listSessions(
    @Context() context: RequestContext,
    @PathRecordId() userId: number,
  ): Promise<unknown> {
    await this.found(userId);
    const [now, idle] = [new Date().getTime(), this.config.sessionIdleMinutes * 60_000];
    const sessions = await this.storage.unitOfWork.read((stores) => stores.sessions.ofUser(userId));
    const live = sessions.filter(
      (each) => each.expiresAt.getTime() > now && each.lastUsedAt.getTime() > now - idle,
    );
    return { items: live.map((each) => sessionView(each, context.session?.session.id)) };
  }

  @Delete(':id/sessions')
  @Requires('users:manage')
  @Described({ answer: ref('EndedSessions') })
  end(@Context() context: RequestContext, @PathRecordId() userId: number): Promise<unknown> {
    return context.write(
      async (change) => {
        const ended = await this.endSessions.execute(change, userId);
        this.sessions.forget();
        return ended;
      },
      (ended) => ({ status: 200, body: { ended } }),
    );
  }

  private async found(userId: number): Promise<User> {
    const user = await this.storage.unitOfWork.read((stores) => stores.users.get(userId));
    if (!user) throw new AccessError('user_not_found', `There is no user ${userId}.`);
    return user;
  }
}

function userView(user: User): Record<string, unknown> {
  return {
    id: user.id,
    provider: user.provider,
    issuer: user.issuer,
    subject: user.subject,
    email: user.email,
    name: user.name,
    role: user.role,
    role_pinned: user.rolePinned,
    groups: user.groups,
    active: user.active,
    accounts: user.accounts,
    pools: user.pools,
    created_at: user.createdAt,
    last_login_at: user.lastLoginAt,
    refused_at: user.refusedAt,
    version: user.version,
  };
}

function sessionView(session: UserSession, currentId: number | undefined): Record<string, unknown> {
  return {
    id: session.id,
    provider: session.provider,
    created_at: session.createdAt,
    expires_at: session.expiresAt,
    last_used_at: session.lastUsedAt,
    user_agent: session.userAgent,
    ip: session.ip,
    current: session.id === currentId,
  };
}
