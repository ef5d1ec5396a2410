import { Body, Controller, Delete, Get, Inject, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccessError,
  AuthenticateSession,
  ChangeUser,
  EndSessions,
  type User,
} from '@cloudpam/identity';
import { Requires } from '../http/access-guard';
import { NamedPageQuery, WholeListQuery } from '../http/common.dto';
import { ListPage, pageOfAll } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { checkLimitPools } from '../limits/limits-of';
import { STORAGE, type Storage } from '../storage/storage';
import { EndedSessionsDto, UserSessionDto, UserSessionsDto } from './dto/user-session.dto';
import { UserDto, UserListDto, UserPatchDto } from './dto/user.dto';

/** People who have logged in, for admins. */
@ApiTags('access')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly changeUser: ChangeUser,
    private readonly endSessions: EndSessions,
    private readonly sessions: AuthenticateSession,
  ) {}

  @Get()
  @Requires('users:manage')
  @Operation({
    id: 'listUsers',
    summary: 'List people',
    description: 'Lists who has ever logged in, by id.',
    answer: UserListDto,
  })
  list(@Query() query: NamedPageQuery): Promise<UserListDto> {
    const page = new ListPage(query, 'users');
    return this.storage.unitOfWork.read(async (stores) => {
      const { items, total } = await stores.users.list({ name: query.name }, page.page, page.size);
      return page.answer(items.map(UserDto.of), total);
    });
  }

  @Get(':id')
  @Requires('users:manage')
  @Operation({
    id: 'getUser',
    summary: 'Get a person',
    description: 'Gives a person with their version as ETag.',
    answer: UserDto,
    problems: ['user_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathRecordId() userId: number): Promise<UserDto> {
    const user = await this.found(userId);
    void context.reply.header('etag', `"${user.version}"`);
    return UserDto.of(user);
  }

  @Patch(':id')
  @Requires('users:manage')
  @Operation({
    id: 'updateUser',
    summary: "Change a person's access",
    description:
      'Changes role, limits or access; with If-Match only the version that was read. ' +
      'Another role and a lost access end all sessions of the person.',
    answer: UserDto,
    problems: [
      'user_not_found',
      'user_changed',
      'version_mismatch',
      'last_admin',
      'invalid_limits',
    ],
    named: ['pool_not_found'],
    headers: ['ETag'],
  })
  async change(
    @Context() context: RequestContext,
    @PathRecordId() userId: number,
    @Body() { role_pinned: rolePinned, ...body }: UserPatchDto,
  ): Promise<UserDto> {
    await checkLimitPools(this.storage, body.pools);
    return context.write(
      async (change) => {
        const asked = { ...body, rolePinned };
        const user = await this.changeUser.execute(change, userId, asked, context.expectedVersion);
        this.sessions.forget();
        return user;
      },
      (user) => ({
        status: 200,
        headers: { etag: `"${user.version}"` },
        body: UserDto.of(user),
      }),
      undefined,
      { versioned: true },
    );
  }

  @Get(':id/sessions')
  @Requires('users:manage')
  @Operation({
    id: 'listUserSessions',
    summary: 'List the sessions of a person',
    description: 'Lists the sessions that have not ended, newest first.',
    answer: UserSessionsDto,
    problems: ['user_not_found'],
  })
  async listSessions(
    @Context() context: RequestContext,
    @PathRecordId() userId: number,
    @Query() query: WholeListQuery,
  ): Promise<UserSessionsDto> {
    await this.found(userId);
    const sessions = await this.sessions.ofUser(userId, new Date());
    const currentId = context.session?.session.id;
    return pageOfAll(
      sessions.map((each) => UserSessionDto.of(each, currentId)),
      query,
      `sessions of ${userId}`,
    );
  }

  @Delete(':id/sessions')
  @Requires('users:manage')
  @Operation({
    id: 'endUserSessions',
    summary: 'End the sessions of a person',
    description: 'Ends all sessions of a person, who may log in again.',
    answer: EndedSessionsDto,
    problems: ['user_not_found'],
  })
  end(
    @Context() context: RequestContext,
    @PathRecordId() userId: number,
  ): Promise<EndedSessionsDto> {
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
