import { accountAt } from '@cloudpam/provider-aws/testing';
import type { AuditList, DiscoveryStatus, List } from './api';
import { startOrganization, type Organization } from './aws-double';
import { reportOf, startCollector, type CollectorReport } from './run-collector';
import { startServer, type Server } from './start-server';
import { STORAGES, type Database } from './storages';

const TYPO = '999988887777';
const [OWN, MEMBER, LATER] = [accountAt(0).id, accountAt(1).id, accountAt(2).id];
const SIZE = { accounts: 3, regions: ['us-east-1', 'eu-west-1'], vpcs: 1, subnets: 1 };

describe.each(STORAGES)('accounts that are named by hand, on $name', ({ open }) => {
  let database: Database;
  let server: Server;
  let organization: Organization;

  beforeAll(async () => {
    database = await open();
    server = await startServer(database.url);
    organization = await startOrganization(SIZE, { faults: { deniedAccounts: [LATER] } });
  });
  afterAll(async () => {
    await organization.stop();
    await server.stop();
    await database.remove();
  });

  const run = async (code: number, args: readonly string[]): Promise<CollectorReport> =>
    reportOf(await startCollector(server.url, args, organization.env).ended, code);
  const known = async (): Promise<string[]> =>
    (await server.api.expect(200, server.api.get<List<{ external_id: string }>>('/accounts'))).items
      .map(({ external_id: id }) => id)
      .sort();
  const failed = async (): Promise<string[]> =>
    (
      await server.api.expect(200, server.api.get<DiscoveryStatus>('/discovery/status'))
    ).items.flatMap(({ account_key: key, coverage }) =>
      coverage
        .filter((each) => each.coverage === 'failed')
        .map(({ region, error_code: error }) => `${key} ${region} ${error}`),
    );
  const audited = async (): Promise<string> =>
    JSON.stringify(
      (
        await server.api.expect(200, server.api.get<AuditList>('/audit?page_size=500'))
      ).entries.filter(({ action }) => !action.startsWith('finding.')),
    );

  it('leave no record where they are mistyped, and the report says so', async () => {
    const dry = await run(1, [...organization.args([OWN, TYPO]), '--dry-run']);
    const report = await run(1, organization.args([OWN, TYPO]));
    for (const { scopes } of [dry, report]) {
      const [typo, ...more] = scopes.filter(({ account }) => account === TYPO);
      expect(more).toEqual([]);
      expect(typo).toMatchObject({
        coverage: 'failed',
        error: expect.stringMatching(
          new RegExp(
            `^refused: account_not_found: There is no account aws:${TYPO} here, .*; AccessDenied: ` +
              `User: .*${TYPO}:role/`,
          ),
        ),
      });
    }
    expect([await known(), await failed()]).toEqual([[OWN], []]);
    expect(await audited()).not.toContain(TYPO);
  });

  it('end with 2 when nothing but a mistype was named', async () => {
    await run(2, organization.args([TYPO]));
    expect(await known()).toEqual([OWN]);
  });

  it('show as failed once they are known: a role that was removed hides nothing', async () => {
    await run(0, organization.args([MEMBER]));
    await organization.stop();
    organization = await startOrganization(SIZE, { faults: { deniedAccounts: [MEMBER, LATER] } });
    await run(2, organization.args([MEMBER]));
    expect(await failed()).toEqual([`aws:${MEMBER} us-east-1 AccessDenied`]);
  });

  it('show as failed when the organization lists them, though nobody has entered them yet', async () => {
    await run(1, organization.args());
    expect(await known()).toEqual([OWN, MEMBER, LATER].sort());
    expect((await failed()).sort()).toEqual(
      [`aws:${MEMBER} us-east-1 AccessDenied`, `aws:${LATER} us-east-1 AccessDenied`].sort(),
    );
  });

  it('make no account on the schedule of an agent either', async () => {
    const agent = {
      instance: '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a11',
      accounts: [`aws:${OWN}`, `aws:${TYPO}`],
      unproven: [`aws:${TYPO}`],
      older_than_seconds: 0,
    };
    expect(
      await server.api.expect(200, server.api.post('/collectors/jobs:schedule', agent)),
    ).toEqual({ queued: 1 });
    expect(await known()).not.toContain(TYPO);
  });
});
