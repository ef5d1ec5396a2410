import { identityOf } from './verified-claims';

const CLAIMS = { iss: 'https://id.example', sub: 'ada', email: 'ada@example.com', name: 'Ada' };
const TOKENS = { id_token: 'a.b.c' };
const nothing = (): Promise<Record<string, unknown>> =>
  Promise.reject(new Error('asked for the user info'));
const groupsOf = async (
  roleClaim: string,
  claims: object,
  info: object = {},
): Promise<readonly string[]> =>
  (
    await identityOf({ name: 'okta', roleClaim }, { ...CLAIMS, ...claims }, TOKENS, () =>
      Promise.resolve({ ...info }),
    )
  ).groups;

describe('the identity of verified claims', () => {
  it('needs no user info when the id token says everything', async () => {
    await expect(
      identityOf(
        { name: 'okta', roleClaim: 'groups' },
        { ...CLAIMS, groups: ['a'], sid: 's1', preferred_username: 'ada.l' },
        { ...TOKENS, refresh_token: 'r' },
        nothing,
      ),
    ).resolves.toEqual({
      provider: 'okta',
      issuer: 'https://id.example',
      subject: 'ada',
      email: 'ada@example.com',
      name: 'Ada',
      groups: ['a'],
      claim: 'groups',
      claimFault: null,
      idToken: 'a.b.c',
      refreshToken: 'r',
      sid: 's1',
      logoutHint: 'ada.l',
    });
  });

  it('takes groups from the user info, but no other subject or issuer', async () => {
    const identity = await identityOf({ name: 'okta', roleClaim: 'groups' }, CLAIMS, {}, () =>
      Promise.resolve({ groups: ['a'], iss: 'https://evil.example', sub: 'mallory', name: 'M' }),
    );
    expect(identity).toMatchObject({
      groups: ['a'],
      issuer: 'https://id.example',
      subject: 'ada',
      name: 'Ada',
    });
  });

  it('replaces what no storage can keep, also where a text is cut, but in the subject', async () => {
    const all = {
      ...CLAIMS,
      name: `${'a'.repeat(199)}\u{1f600}`,
      email: 'a\0b',
      groups: ['x\ud800'],
      sid: '\udfff',
    };
    expect(
      await identityOf({ name: 'okta', roleClaim: 'groups' }, all, TOKENS, nothing),
    ).toMatchObject({
      name: `${'a'.repeat(199)}\ufffd`,
      email: 'a\ufffdb',
      groups: ['x\ufffd'],
      sid: '\ufffd',
    });
    const other = identityOf(
      { name: 'okta', roleClaim: 'groups' },
      { ...all, sub: 'ada\0' },
      TOKENS,
      nothing,
    );
    await expect(other).rejects.toMatchObject({ code: 'invalid_login' });
  });

  it('finds a claim by name or path, of one text or many', async () => {
    expect(
      await groupsOf('https://example.com/roles', { 'https://example.com/roles': ['a'] }),
    ).toEqual(['a']);
    expect(
      await groupsOf('realm_access.roles', { realm_access: { roles: ['a', 7, null, 'b'] } }),
    ).toEqual(['a', 'b']);
    expect(await groupsOf('hd', { hd: 'example.com' })).toEqual(['example.com']);
    expect(await groupsOf('groups', { groups: { nested: true } })).toEqual([]);
  });

  it('finds a path through names with dots, and nothing that is not their own', async () => {
    const claims = {
      resource_access: { 'pam.example.com': { roles: ['a'] }, pam: { example: 'other' } },
      'urn:x.y': { groups: ['b'] },
    };
    expect(await groupsOf('resource_access.pam.example.com.roles', claims)).toEqual(['a']);
    expect(await groupsOf('urn:x.y.groups', claims)).toEqual(['b']);
    expect(await groupsOf('constructor.name', claims)).toEqual([]);
  });

  it('says why there are no groups', async () => {
    const faultOf = async (roleClaim: string, claims: object) =>
      (
        await identityOf({ name: 'okta', roleClaim }, { ...CLAIMS, ...claims }, TOKENS, () =>
          Promise.resolve({}),
        )
      ).claimFault;
    expect(await faultOf('groups', { groups: [] })).toBeNull();
    expect(await faultOf('groups', {})).toBe('the claim is missing');
    expect(await faultOf('groups', { _claim_names: { groups: 'src1' } })).toBe(
      'the provider left the claim out, for the groups are too many',
    );
    expect(await faultOf('email', {})).toBe('the provider has not verified the address');
  });

  it('gives nothing for an e-mail address that was not verified', async () => {
    expect(await groupsOf('email', {})).toEqual([]);
    expect(await groupsOf('email', { email_verified: false })).toEqual([]);
    expect(await groupsOf('email', { email_verified: true })).toEqual(['ada@example.com']);
  });
});
