import { AwsConnection } from './aws-connection';
import type { AwsSession } from './aws-session';
import { MemberSessions } from './member-sessions';
import { accountAt, generatedOrganization, startAwsDouble, type AwsDouble } from './testing';

describe('MemberSessions', () => {
  let double: AwsDouble;
  beforeEach(async () => {
    double = await startAwsDouble({
      account: accountAt(0).id,
      estate: generatedOrganization({ accounts: 200, regions: ['eu-west-1'], vpcs: 1, subnets: 1 }),
    });
  });
  afterEach(() => double.close());

  const sessions = (sessionSeconds = 900): MemberSessions =>
    new MemberSessions(
      new AwsConnection({ endpoint: double.endpoint, credentials: double.credentials }),
      { roleName: 'Reader', sessionSeconds },
    );
  const keyOf = async ({ credentials }: AwsSession): Promise<string> =>
    (await credentials()).accessKeyId;
  const assumed = () => double.calls.filter(({ action }) => action === 'AssumeRole').length;

  it('keeps a few sessions however many accounts are used', async () => {
    const members = sessions();
    for (let index = 1; index < 200; index++)
      await members.use(accountAt(index).id, undefined, keyOf);
    expect(members.size).toBe(32);
    expect(assumed()).toBe(199);
  });

  it('keeps those that are in use', async () => {
    const members = sessions();
    let end = (): void => undefined;
    const inUse = members.use(
      accountAt(1).id,
      undefined,
      () => new Promise<void>((resolve) => (end = resolve)),
    );
    for (let index = 2; index < 100; index++)
      await members.use(accountAt(index).id, undefined, async () => undefined);
    expect(members.size).toBe(33);
    end();
    await inUse;
    expect(members.size).toBe(32);
  });

  it('uses the credentials of an account again while they are good', async () => {
    const members = sessions();
    const keys = [
      await members.use(accountAt(1).id, undefined, keyOf),
      await members.use(accountAt(1).id, undefined, keyOf),
    ];
    expect(keys).toEqual(['ASIA100000000001N1', 'ASIA100000000001N1']);
  });

  it('assumes the role anew when the credentials would expire within five minutes', async () => {
    const members = sessions(240);
    const keys = [
      await members.use(accountAt(1).id, undefined, keyOf),
      await members.use(accountAt(1).id, undefined, keyOf),
    ];
    expect(keys).toEqual(['ASIA100000000001N1', 'ASIA100000000001N2']);
  });

  it('assumes the role anew in time, also when the clock was set back', async () => {
    const members = sessions();
    const keys = [await members.use(accountAt(1).id, undefined, keyOf)];
    const elapsed = performance.now();
    const clocks = [
      jest.spyOn(performance, 'now').mockReturnValue(elapsed + 601_000),
      jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000),
    ];
    keys.push(await members.use(accountAt(1).id, undefined, keyOf));
    for (const clock of clocks) clock.mockRestore();
    expect(keys).toEqual(['ASIA100000000001N1', 'ASIA100000000001N2']);
  });

  it('does not keep a refusal', async () => {
    await double.close();
    let refusals = 1;
    double = await startAwsDouble({
      account: accountAt(0).id,
      estate: generatedOrganization({ accounts: 2, regions: ['eu-west-1'], vpcs: 1, subnets: 1 }),
      interrupt: ({ action }) =>
        action === 'AssumeRole' && refusals-- > 0
          ? {
              status: 403,
              body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not yet</Message></Error></ErrorResponse>',
            }
          : undefined,
    });
    const members = sessions();
    await expect(members.use(accountAt(1).id, undefined, keyOf)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'not yet',
    });
    expect(await members.use(accountAt(1).id, undefined, keyOf)).toBe('ASIA100000000001N1');
  });
});
