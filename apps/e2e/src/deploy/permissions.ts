import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { ROOT } from '../start-server';
import type { Resource } from './terraform-copy';
import { at, list, text, texts } from './value';

const DOCS = path.join(ROOT, 'docs/collectors');
const documented = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(DOCS, 'aws', file), 'utf8'));

/** A role of a project cannot hold it: docs/collectors/gcp.md. */
const FOLDERS_ONLY = 'resourcemanager.folders.list';
/** What is granted beside the roles of the collector's own, by what it is granted on. */
const GRANTS: Readonly<Record<string, string>> = {
  google_secret_manager_secret_iam_member: 'roles/secretmanager.secretAccessor',
  google_cloud_run_v2_job_iam_member: 'roles/run.invoker',
  google_iap_web_backend_service_iam_member: 'roles/iap.httpsResourceAccessor',
};
/** What platforms need to start a collector, by the names of the policies. */
const TO_START: Readonly<Record<string, readonly string[]>> = {
  run: ['ecs:RunTask', 'iam:PassRole'],
  start: [
    'secretsmanager:GetSecretValue',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchGetImage',
  ],
};

/** Permissions beyond those that are documented, or without one of them. */
export function permissionFaults(resources: readonly Resource[]): string[] {
  return resources.flatMap((each) => {
    if (each.type.endsWith('_iam_custom_role')) return customRoleFaults(each);
    if (each.type.startsWith('google_') && /_iam_(member|binding|policy)$/.test(each.type))
      return grantFaults(each);
    if (each.type === 'aws_iam_role_policy') return policyFaults(each);
    if (each.type === 'aws_iam_role') return trustFaults(each);
    if (/^aws_iam_.*(policy|attachment)/.test(each.type))
      return [`${each.address}: is a policy that nobody checks`];
    return [];
  });
}

function customRoleFaults({ address, type, values }: Resource): string[] {
  const role: unknown = parse(readFileSync(path.join(DOCS, 'gcp/custom-role.yaml'), 'utf8'));
  const right = texts(at(role, 'includedPermissions')).filter(
    (each) => type !== 'google_project_iam_custom_role' || each !== FOLDERS_ONLY,
  );
  const given = texts(at(values, 'permissions'));
  return [
    ...given
      .filter((each) => !right.includes(each))
      .map((each) => `${address}: permission ${each} is not documented`),
    ...right
      .filter((each) => !given.includes(each))
      .map((each) => `${address}: permission ${each} is missing`),
  ];
}

function grantFaults({ address, type, values }: Resource): string[] {
  const role = text(at(values, 'role'));
  if (GRANTS[type] === role) return [];
  const isOwn = /^google_(project|organization|folder)_iam_member$/.test(type);
  // The roles of the collector's own have no other name before a cloud gives them one.
  if (isOwn && /^google_(project|organization)_iam_custom_role\.id$/.test(role)) return [];
  return [`${address}: role ${role} is not documented`];
}

function policyFaults({ address, values }: Resource): string[] {
  const name = text(at(values, 'name'));
  const statements = list(at(JSON.parse(text(at(values, 'policy'))), 'Statement'));
  if (name === 'collect') {
    const right = ['collector-policy.json', 'member-role-policy.json'].flatMap((file) =>
      list(at(documented(file), 'Statement')).map(withActions),
    );
    return statements
      .filter((each) => !right.some((one) => isDeepStrictEqual(one, withActions(each))))
      .map((each) => `${address}: statement is not documented: ${JSON.stringify(each)}`);
  }
  const allowed = TO_START[name] ?? [];
  return statements
    .flatMap((each) => texts(at(each, 'Action')))
    .filter((action) => !allowed.includes(action))
    .map((action) => `${address}: action ${action} is not documented`);
}

/** One action as a list of one. */
function withActions(statement: unknown): unknown {
  const action = at(statement, 'Action');
  return { ...(statement as object), Action: Array.isArray(action) ? action : [action] };
}

/** Roles that people's own accounts give trust to; those of services are for their services. */
function trustFaults({ address, values }: Resource): string[] {
  const trust: unknown = JSON.parse(text(at(values, 'assume_role_policy')));
  const statements = list(at(trust, 'Statement'));
  const isOfService = statements.every(
    (each) =>
      typeof at(each, 'Principal', 'Service') === 'string' &&
      typeof at(each, 'Condition', 'StringEquals', 'aws:SourceAccount') === 'string',
  );
  const externalId = at(statements[0], 'Condition', 'StringEquals', 'sts:ExternalId');
  const right = ['external-id', 'principal-org'].map((kind): unknown =>
    JSON.parse(
      JSON.stringify(documented(`member-trust-policy-${kind}.json`)).replace(
        'REPLACE-WITH-A-RANDOM-VALUE',
        String(externalId),
      ),
    ),
  );
  if (isOfService || right.some((each) => isDeepStrictEqual(each, trust))) return [];
  return [`${address}: trust is not documented: ${JSON.stringify(trust)}`];
}
