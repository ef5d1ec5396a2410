import type { Change } from '@cloudpam/audit';
import {
  AuthenticateSession,
  BootstrapToken,
  ChangeUser,
  EndSessions,
  IssueToken,
  LogOut,
  readRoleMap,
  RevokeToken,
  roleOf,
  StartLogin,
  TakeLogin,
  loginSecrets,
  type User,
} from './index';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { after, HOUR, identity, logInAt, MINUTE, SECRETS, START } from './people.fixture';

const change: Change = {
  actor: { type: 'token', id: 'root', name: 'root' },
  at: START,
  requestId: 'test',
};

describe('people', () => {
  let storage: MemoryStorage;
  let sessions: AuthenticateSession;
  let elapsed: number;
  beforeEach(() => {
    storage = new MemoryStorage();
    elapsed = START.getTime();
    sessions = new AuthenticateSession(storage.unitOfWork, SECRETS, HOUR, { now: () => elapsed });
  });
  const logIn = (subject: string, groups: string[], at = START) =>
    logInAt(storage, identity(subject, groups), at);
  const changeUser = (user: User, asked: Parameters<ChangeUser['execute']>[2], version?: number) =>
    new ChangeUser(storage.unitOfWork).execute(change, user.id, asked, version);
  const is = (secret: string, at: Date): Promise<boolean> => {
    elapsed = Math.max(elapsed, at.getTime());
    return sessions.execute(secret, at).then(
      () => true,
      () => false,
    );
  };
  const actions = async (): Promise<string[]> =>
    (
      await storage.unitOfWork.read(({ audit }) => audit.list({ entityType: 'user' }, 1, 50))
    ).entries
      .map(({ type }) => type)
      .reverse();

  it('are logged out when they do nothing for an hour, and after twelve whatever they do', async () => {
    const { secret } = await logIn('ada', ['netops']);
    expect(await is(secret, after(HOUR - 1))).toBe(true);
    for (let hours = 1.5; hours < 12; hours += 0.5)
      expect(await is(secret, after(hours * HOUR))).toBe(true);
    expect(await is(secret, after(12 * HOUR))).toBe(false);
    const idle = await logIn('bob', ['netops']);
    expect(await is(idle.secret, after(HOUR))).toBe(false);
  });

  it('are found by one read in three seconds, and forgotten at once when told so', async () => {
    const { secret, user } = await logIn('ada', ['netops']);
    expect(await is(secret, START)).toBe(true);
    await new EndSessions(storage.unitOfWork).execute(change, user.id);
    expect(await is(secret, after(2_999))).toBe(true);
    expect(await is(secret, after(3_001))).toBe(false);
    const again = await logIn('ada', ['netops']);
    expect(await is(again.secret, START)).toBe(true);
    await new LogOut(storage.unitOfWork).execute(change, again.session);
    sessions.forget();
    expect(await is(again.secret, START)).toBe(false);
  });

  it('are not remembered from a read that began before a change', async () => {
    const { secret, user } = await logIn('ada', ['netops']);
    const found = sessions.execute(secret, START);
    await new EndSessions(storage.unitOfWork).execute(change, user.id);
    sessions.forget();
    await found.catch(() => undefined);
    expect(await is(secret, START)).toBe(false);
  });

  it('lose their sessions with their role or access, and are audited without secrets', async () => {
    await logIn('root', ['admins']);
    const { secret, user } = await logIn('ada', ['netops']);
    const viewer = await changeUser(user, { role: 'viewer' });
    expect(viewer).toMatchObject({ role: 'viewer', rolePinned: true, version: 2 });
    expect(await is(secret, START)).toBe(false);
    const again = await logIn('ada', ['netops']);
    expect(again.user.role).toBe('viewer');
    await changeUser(viewer, { active: false });
    expect(await is(again.secret, START)).toBe(false);
    await expect(logIn('ada', ['netops'])).rejects.toMatchObject({ code: 'user_inactive' });
    await expect(logIn('eve', ['cooks'])).rejects.toMatchObject({ code: 'no_role' });
    expect((await actions()).slice(2)).toEqual([
      'user.create',
      'user.log_in',
      'user.update',
      'user.log_in',
      'user.update',
      'user.log_in_refused',
      'user.log_in_refused',
    ]);
    const audit = JSON.stringify(
      (await storage.unitOfWork.read((stores) => stores.audit.list({}, 1, 50))).entries,
    );
    for (const text of [secret, again.secret, 'a.b.c']) expect(audit).not.toContain(text);
  });

  it(
    'keep their sessions when the role stays, and take their groups back when it is no ' +
      'longer set by hand',
    async () => {
      await logIn('root', ['admins']);
      const { secret, user } = await logIn('ada', ['netops']);
      const pinned = await changeUser(user, { rolePinned: true });
      expect(await is(secret, START)).toBe(true);
      await changeUser(pinned, { role: 'viewer', rolePinned: false });
      expect((await logIn('ada', ['netops'])).user).toMatchObject({
        role: 'editor',
        rolePinned: false,
      });
    },
  );

  it('are not changed on the ground of what was outdated', async () => {
    const { user } = await logIn('ada', ['netops']);
    await changeUser(user, { role: 'viewer' }, 1);
    await expect(changeUser(user, { role: 'editor' }, 1)).rejects.toMatchObject({
      code: 'user_changed',
    });
    await expect(changeUser({ ...user, id: 99 }, { role: 'editor' })).rejects.toMatchObject({
      code: 'user_not_found',
    });
  });

  it('leave one admin, person or token, whoever is last', async () => {
    const { user } = await logIn('ada', ['admins']);
    await expect(changeUser(user, { role: 'editor' })).rejects.toMatchObject({
      code: 'last_admin',
    });
    await expect(changeUser(user, { active: false })).rejects.toMatchObject({ code: 'last_admin' });
    expect(
      await new BootstrapToken(storage.unitOfWork, SECRETS).execute(START, undefined),
    ).toBeUndefined();
    await new IssueToken(storage.unitOfWork, SECRETS).execute(change, {
      name: 'reader',
      role: 'admin',
      readOnly: true,
    });
    await expect(changeUser(user, { role: 'editor' })).rejects.toMatchObject({
      code: 'last_admin',
    });
    const { token } = await new IssueToken(storage.unitOfWork, SECRETS).execute(change, {
      name: 'root',
      role: 'admin',
    });
    await changeUser(user, { role: 'editor' });
    await expect(
      new RevokeToken(storage.unitOfWork).execute(change, token.id),
    ).rejects.toMatchObject({ code: 'last_admin' });
    await changeUser(user, { role: 'admin' });
    await new RevokeToken(storage.unitOfWork).execute(change, token.id);
  });

  it('cannot demote each other at the same time', async () => {
    const [ada, bob] = [await logIn('ada', ['admins']), await logIn('bob', ['admins'])];
    const outcomes = await Promise.allSettled([
      changeUser(ada.user, { role: 'viewer' }),
      changeUser(bob.user, { active: false }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('finish a login once, in ten minutes, in the browser that began it', async () => {
    const [start, take] = [
      new StartLogin(storage.unitOfWork, SECRETS),
      new TakeLogin(storage.unitOfWork, SECRETS),
    ];
    const { secret } = await start.execute('okta', '/pools', START);
    const { state } = loginSecrets(SECRETS, secret);
    await expect(take.execute('a'.repeat(52), state, START)).rejects.toMatchObject({
      code: 'invalid_login',
    });
    await expect(take.execute(secret, `${state}a`, START)).rejects.toMatchObject({
      code: 'invalid_login',
    });
    expect(await take.execute(secret, state, START)).toMatchObject({
      provider: 'okta',
      returnTo: '/pools',
    });
    await expect(take.execute(secret, state, START)).rejects.toMatchObject({
      code: 'invalid_login',
    });
    const late = await start.execute('okta', '/', START);
    await expect(
      take.execute(late.secret, loginSecrets(SECRETS, late.secret).state, after(10 * MINUTE)),
    ).rejects.toMatchObject({ code: 'invalid_login' });
  });

  it('gain no time from a clock that is set back', async () => {
    const { secret, session, user } = await logIn('ada', ['netops'], after(HOUR));
    expect(await is(secret, after(HOUR))).toBe(true);
    await changeUser(user, { active: false });
    elapsed += 3_001;
    expect(await is(secret, START)).toBe(false);
    const bob = await logIn('bob', ['netops'], after(HOUR));
    expect(await is(bob.secret, START)).toBe(true);
    const stored = await storage.unitOfWork.read(({ sessions: all }) => all.ofUser(bob.user.id));
    expect(stored.map(({ lastUsedAt }) => lastUsedAt)).toEqual([START]);
    expect(session.lastUsedAt).toEqual(after(HOUR));
    const begun = await new StartLogin(storage.unitOfWork, SECRETS).execute(
      'okta',
      '/',
      after(HOUR),
    );
    const { state } = loginSecrets(SECRETS, begun.secret);
    const taken = new TakeLogin(storage.unitOfWork, SECRETS).execute(begun.secret, state, START);
    await expect(taken).rejects.toMatchObject({ code: 'invalid_login' });
  });
});

describe('a role map', () => {
  it('gives the highest role of the groups, and that of * to who is in none', () => {
    const map = readRoleMap('admins=admin, netops=editor,cn=readers\\,ou=groups=viewer,*=editor');
    if (typeof map === 'string') throw new Error(map);
    expect(map.map(({ group }) => group)).toEqual([
      'admins',
      'netops',
      'cn=readers,ou=groups',
      '*',
    ]);
    expect([
      roleOf(['netops', 'admins'], map),
      roleOf(['cn=readers,ou=groups'], map),
      roleOf(['Admins'], map),
      roleOf([], map),
    ]).toEqual(['admin', 'viewer', 'editor', 'editor']);
    expect(roleOf(['*'], [{ group: 'a', role: 'viewer' }])).toBeUndefined();
  });

  it.each(['admins', '=admin', 'admins=root', 'admins=collector', 'a=viewer,,b=viewer'])(
    'is not %j',
    (text) => {
      expect(readRoleMap(text)).toEqual(expect.stringContaining('is not GROUP=ROLE'));
    },
  );
});
