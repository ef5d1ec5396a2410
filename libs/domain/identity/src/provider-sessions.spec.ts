import { StorageUnavailable } from '@cloudpam/audit';
import {
  AuthenticateSession,
  EndAtProvider,
  RecheckSession,
  type ProviderWord,
  type Secrets,
} from './index';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { after, HOUR, identity, logInAt, MAP, MINUTE, SECRETS, START } from './people.fixture';

const INTERVAL = 15 * MINUTE;

describe('sessions whose provider is asked again', () => {
  let storage: MemoryStorage;
  let words: ((token: string) => ProviderWord | Promise<ProviderWord>)[];
  let asked: string[];
  let servers: AuthenticateSession[];
  let elapsed: number;
  beforeEach(() => {
    storage = new MemoryStorage();
    words = [];
    asked = [];
    elapsed = START.getTime();
    const provider = {
      ask: async (_: string, token: string): Promise<ProviderWord> => {
        asked.push(token);
        return (await words.shift()?.(token)) ?? { state: 'unknown', refreshToken: undefined };
      },
    };
    servers = [1, 2].map(
      () =>
        new AuthenticateSession(
          storage.unitOfWork,
          SECRETS,
          12 * HOUR,
          { now: () => elapsed },
          new RecheckSession(storage.unitOfWork, SECRETS, provider, INTERVAL),
        ),
    );
  });
  const logIn = (groups = ['netops'], at = START) =>
    logInAt(storage, identity('ada', groups, { refreshToken: 'r1', sid: 's1' }), at);
  const alive =
    (groups: readonly string[] | undefined, refreshToken = 'r2') =>
    (): ProviderWord => ({
      state: 'alive',
      refreshToken,
      roleMap: MAP,
      identity: groups && identity('ada', groups),
    });
  const at = (secret: string, ms: number, server = 0) => {
    elapsed = Math.max(elapsed, after(ms).getTime());
    return servers[server]?.execute(secret, after(ms)).then(
      ({ user }) => user.role,
      (error: { code: string }) => error.code,
    );
  };
  const told = async () =>
    (await storage.unitOfWork.read(({ audit }) => audit.list({ entityType: 'user' }, 1, 50)))
      .entries;

  it('go on with what the groups give now, and use each refresh token once', async () => {
    const { secret } = await logIn(['admins']);
    words = [alive(['netops']), alive(['netops', 'admins'], 'r3')];
    expect([await at(secret, 14 * MINUTE), asked]).toEqual(['admin', []]);
    expect([await at(secret, INTERVAL), await at(secret, INTERVAL + MINUTE), asked]).toEqual([
      'editor',
      'editor',
      ['r1'],
    ]);
    expect([await at(secret, 2 * INTERVAL), asked]).toEqual(['admin', ['r1', 'r2']]);
  });

  it('are asked about at once when the clock was set back, for the interval would be that much longer', async () => {
    const { secret } = await logIn(['admins'], after(HOUR));
    words = [alive(['netops'])];
    expect([await at(secret, 0), await at(secret, 10 * MINUTE), asked]).toEqual([
      'editor',
      'editor',
      ['r1'],
    ]);
  });

  it('end, all of them, when no group has a role any more; another login makes it good', async () => {
    const [first, second] = [await logIn(), await logIn()];
    words = [alive(['cooks'])];
    expect([await at(first.secret, INTERVAL), await at(second.secret, INTERVAL)]).toEqual([
      'unauthenticated',
      'unauthenticated',
    ]);
    expect((await told())[0]).toMatchObject({
      type: 'user.log_in_refused',
      diff: {
        after: {
          why: 'no_role',
          groups: ['cooks'],
          mapped_groups: ['admins', 'netops'],
          ended_sessions: 2,
        },
      },
    });
    const user = () => storage.unitOfWork.read(({ users }) => users.get(first.user.id));
    expect((await user())?.refusedAt).toEqual(after(INTERVAL));
    await logIn(['netops'], after(INTERVAL));
    expect((await user())?.refusedAt).toBeNull();
  });

  it('end when the provider has ended them, and say why in the audit trail', async () => {
    const [first, second] = [await logIn(), await logIn()];
    words = [() => ({ state: 'ended', facts: { error: 'invalid_grant' } }), alive(undefined)];
    expect([await at(first.secret, INTERVAL), await at(second.secret, INTERVAL)]).toEqual([
      'unauthenticated',
      'editor',
    ]);
    expect((await told())[0]).toMatchObject({
      type: 'user.session_ended',
      diff: { after: { error: 'invalid_grant' } },
    });
  });

  it('are asked about by one request at a time, on one server at a time', async () => {
    const { secret } = await logIn();
    let answer: (word: ProviderWord) => void = () => undefined;
    words = [
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    ];
    const waiting = [at(secret, INTERVAL), at(secret, INTERVAL)];
    while (asked.length === 0) await Promise.resolve();
    expect(await at(secret, INTERVAL, 1)).toBe('editor');
    answer(alive(['admins'])());
    expect(await Promise.all(waiting)).toEqual(['admin', 'admin']);
    expect(asked).toEqual(['r1']);
  });

  it('go on for an hour while the provider does not answer, then wait for it', async () => {
    const { secret } = await logIn();
    expect([
      await at(secret, INTERVAL),
      await at(secret, INTERVAL + 29_000),
      await at(secret, INTERVAL + 31_000),
    ]).toEqual(['editor', 'editor', 'editor']);
    expect(asked).toHaveLength(2);
    words = [() => ({ state: 'unknown', refreshToken: 'r2' }), alive(['netops'])];
    expect(await at(secret, INTERVAL + HOUR)).toBe('provider_unavailable');
    expect(await at(secret, INTERVAL + HOUR + MINUTE)).toBe('editor');
    expect(asked).toEqual(['r1', 'r1', 'r1', 'r2']);
  });

  it('go on where nothing can be written, without asking for a word that could not be kept', async () => {
    const { secret } = await logIn();
    const full = jest
      .spyOn(storage.unitOfWork, 'run')
      .mockRejectedValue(new StorageUnavailable('read_only', 'full'));
    expect([await at(secret, INTERVAL), asked]).toEqual(['editor', []]);
    full.mockRestore();
    words = [alive(['admins'])];
    expect(await at(secret, INTERVAL + 1)).toBe('admin');
  });

  it('keep a refresh token that only the secret of the cookie opens', async () => {
    const { session, secret } = await logIn();
    const opened = (key: string): string | undefined =>
      (SECRETS as Secrets).unseal(SECRETS.hash(key), session.refreshToken ?? '');
    expect([opened(`refresh:${secret}`), opened(`csrf:${secret}`), opened('refresh:')]).toEqual([
      'r1',
      undefined,
      undefined,
    ]);
  });

  it('end here when the provider says that they have ended there, by a token that is good once', async () => {
    const [first, second] = [
      await logIn(),
      await logInAt(storage, identity('ada', ['netops'], { sid: 's2' })),
    ];
    const end = (jti: string, sid: string | null, subject: string | null) =>
      new EndAtProvider(storage.unitOfWork, SECRETS).execute(
        { actor: { type: 'system', id: 'okta', name: 'okta' }, at: START, requestId: 'test' },
        { issuer: 'https://id.example', jti, sid, subject, expiresAt: after(HOUR) },
      );
    expect(await end('one', 's1', null)).toBe(1);
    expect([await at(first.secret, 0), await at(second.secret, 0)]).toEqual([
      'unauthenticated',
      'editor',
    ]);
    await expect(end('one', null, 'ada')).rejects.toMatchObject({ code: 'invalid_logout_token' });
    expect(await end('two', null, 'ada')).toBe(1);
    expect((await told())[0]).toMatchObject({
      type: 'user.session_ended',
      diff: { before: { sessions: 1 } },
    });
  });
});
