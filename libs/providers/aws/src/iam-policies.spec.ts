import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asList, asObject, asText, type JsonObject } from '@cloudpam/provider-shapes';
import { AwsCloudNetworks } from './aws-cloud-networks';
import { AwsOrganizationNetworks } from './aws-organization-networks';
import { accountAt, generatedOrganization, startAwsDouble, type Call } from './testing';

const DOCS = join(__dirname, '../../../../docs/collectors');
const FOLDER = join(DOCS, 'aws');
const [OWN, MEMBER] = [accountAt(0).id, accountAt(1).id];
const PERMISSION_POLICIES = [
  'single-account-policy.json',
  'member-role-policy.json',
  'collector-policy.json',
  'interfaces-policy.json',
];
const TRUST_POLICIES = [
  'member-trust-policy-external-id.json',
  'member-trust-policy-principal-org.json',
];

function documentOf(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

function statementsOf(file: string): readonly JsonObject[] {
  return (asList(asObject(documentOf(file))?.['Statement']) ?? []).map(
    (entry) => asObject(entry) ?? {},
  );
}

/** A single action or a list of them. */
function actionsOf(statement: JsonObject): readonly string[] {
  const action = statement['Action'];
  return (Array.isArray(action) ? action : [action]).map((each) => asText(each) ?? '');
}

/**
 * The actions of the calls made with credentials of an account, but for the one that needs no
 * permission.
 */
function calledBy(account: string, calls: readonly Call[]): readonly string[] {
  const actions = calls
    .filter((call) => call.account === account)
    .map(({ service, action }) => `${service}:${action}`);
  return [...new Set(actions)].filter((action) => action !== 'sts:GetCallerIdentity').sort();
}

describe('IAM policies of docs/collectors/aws', () => {
  const called = {
    single: [] as readonly string[],
    collector: [] as readonly string[],
    member: [] as readonly string[],
    interfaces: [] as readonly string[],
  };

  beforeAll(async () => {
    const double = await startAwsDouble({
      account: OWN,
      estate: generatedOrganization({ accounts: 2, regions: ['eu-west-1'], vpcs: 1, subnets: 1 }),
    });
    const connection = { endpoint: double.endpoint, credentials: double.credentials };
    for (const cloud of [
      new AwsCloudNetworks(connection),
      new AwsOrganizationNetworks({ ...connection, roleName: 'CloudPAMCollector' }),
    ]) {
      const before = double.calls.length;
      for (const { id } of await cloud.accounts())
        for (const scope of await cloud.scopes(id)) await cloud.read(scope);
      const calls = double.calls.slice(before);
      if (cloud instanceof AwsCloudNetworks) called.single = calledBy(OWN, calls);
      else
        Object.assign(called, { collector: calledBy(OWN, calls), member: calledBy(MEMBER, calls) });
    }
    const before = double.calls.length;
    const cloud = new AwsCloudNetworks({ ...connection, interfaces: true });
    for (const scope of await cloud.scopes(OWN)) await cloud.read(scope);
    const without = new Set(called.single);
    called.interfaces = calledBy(OWN, double.calls.slice(before)).filter(
      (action) => !without.has(action),
    );
    await double.close();
  });

  it('are these, and there are no others', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...PERMISSION_POLICIES, ...TRUST_POLICIES].sort());
  });

  it.each([...PERMISSION_POLICIES, ...TRUST_POLICIES])(
    '%s is a policy document of the present version',
    (file) => {
      expect(documentOf(file)).toEqual({ Version: '2012-10-17', Statement: expect.any(Array) });
      const statements = statementsOf(file);
      expect(statements.length).toBeGreaterThan(0);
      for (const statement of statements) {
        expect(statement).toMatchObject({
          Sid: expect.stringMatching(/^[A-Za-z0-9]+$/),
          Effect: 'Allow',
        });
        for (const action of actionsOf(statement))
          expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z]+$/);
      }
    },
  );

  it.each(PERMISSION_POLICIES)('%s says on what, and not who', (file) => {
    for (const statement of statementsOf(file)) {
      expect(statement['Resource']).toEqual(expect.stringMatching(/./));
      expect(statement).not.toHaveProperty('Principal');
    }
  });

  it.each([
    ['single-account-policy.json', 'single'],
    ['member-role-policy.json', 'member'],
    ['collector-policy.json', 'collector'],
    ['interfaces-policy.json', 'interfaces'],
  ] as const)('%s allows what is called, and nothing else', (file, who) => {
    expect(statementsOf(file).flatMap(actionsOf).sort()).toEqual([...called[who]].sort());
  });

  it.each(TRUST_POLICIES)('%s lets the role of the collector in, under a condition', (file) => {
    const [statement, ...others] = statementsOf(file);
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Action: 'sts:AssumeRole',
      Principal: { AWS: expect.stringMatching(/./) },
      Condition: expect.any(Object),
    });
    expect(statement).not.toHaveProperty('Resource');
    expect(JSON.stringify(statement)).toContain(
      'arn:aws:iam::111122223333:role/CloudPAMCollectorTask',
    );
  });

  it('never trusts everyone by the organization alone', () => {
    const [statement] = statementsOf('member-trust-policy-principal-org.json');
    expect(statement?.['Condition']).toMatchObject({
      StringEquals: { 'aws:PrincipalOrgID': expect.stringMatching(/^o-/) },
      ArnEquals: { 'aws:PrincipalArn': expect.any(String) },
    });
  });

  it('lets the role be assumed that the documentation names', () => {
    const resources = statementsOf('collector-policy.json')
      .filter((statement) => actionsOf(statement).includes('sts:AssumeRole'))
      .map(({ Resource }) => Resource);
    expect(resources).toEqual(['arn:aws:iam::*:role/CloudPAMCollector']);
  });

  it('are shown as they are in the documentation', () => {
    const shown = [
      ...readFileSync(join(DOCS, 'aws.md'), 'utf8').matchAll(/```json\n([^`]*)```/g),
    ].map(([, text]) => JSON.parse(text ?? '') as unknown);
    expect(shown).toEqual(
      [
        'single-account-policy.json',
        'interfaces-policy.json',
        'collector-policy.json',
        ...TRUST_POLICIES,
      ].map(documentOf),
    );
  });
});
