import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Requirement } from './http/access-guard';
import { ofClass } from './http/class-schema';
import { problemOf, problemResponses, problemsOf, successOf } from './http/document/answers';
import { alsoInLines, FILE_BODY, JSON_FILE } from './http/document/file-body';
import { withExamples } from './http/document/with-examples';
import { HEADER_COMPONENTS, SHARED_PARAMETERS } from './http/document/headers';
import { readRoute, type DocumentedOperation, type RouteFacts } from './http/document/route-facts';
import { ProblemDto } from './http/problem.dto';
import { eventFacts, EVENT_TYPE_SCHEMAS, EVENT_WEBHOOKS } from './http/document/event-webhooks';
import { withShape } from './http/shape';
import { VERSION } from './config/version';

/** The OpenAPI 3.1 document of all routes: the contract. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('CloudPAM')
    .setDescription('IP address management for AWS and GCP')
    .setVersion(VERSION)
    .setOpenAPIVersion('3.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'cpam_<id>_<secret>',
      description: 'An API token',
    })
    .addSecurityRequirements('bearer')
    .addCookieAuth(
      '__Host-cloudpam_session',
      {
        type: 'apiKey',
        in: 'cookie',
        description: 'A login; over plain HTTP without __Host-. Writes need X-CloudPAM-CSRF too',
      },
      'session',
    )
    .addSecurityRequirements('session');
  const document = withoutSuffix(
    SwaggerModule.createDocument(app, builder.build(), {
      extraModels: [ProblemDto],
      operationIdFactory: (controller, method) =>
        `${controller.replace(/Controller$/, '')}_${method}`,
    }),
  );
  // The schemas are JSON Schema 2020-12, which 3.1 takes as it is; Nest's types still say 3.0.
  const ofClasses = Object.fromEntries(
    Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
      name,
      withShape(ofClass(schema as Readonly<Record<string, unknown>>)),
    ]),
  );
  document.components = {
    ...document.components,
    schemas: {
      ...ofClasses,
      ...JSON_FILE,
      ...eventFacts(ofClasses),
      ...EVENT_TYPE_SCHEMAS,
    } as NonNullable<OpenAPIObject['components']>['schemas'],
  };
  const statuses = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'put', 'post', 'patch', 'delete'] as const) {
      if (!item[method]) continue;
      const made = documented(path, method, item[method]);
      item[method] = made;
      for (const status of Object.keys(made.responses)) if (status >= '400') statuses.add(status);
    }
  }
  document.components.responses = problemResponses(statuses);
  document.components.headers = HEADER_COMPONENTS;
  return { ...withExamples(document), webhooks: EVENT_WEBHOOKS } as OpenAPIObject; // of 3.1
}

/** An operation with all that it shares with others: parameters, problems, who may. */
function documented(
  path: string,
  method: 'get' | 'put' | 'post' | 'patch' | 'delete',
  operation: DocumentedOperation,
): DocumentedOperation {
  const { facts, requirement, rest } = readRoute(path, method, operation);
  const shared: readonly (keyof typeof SHARED_PARAMETERS)[] = [
    ...(facts.takesKey ? (['IdempotencyKey'] as const) : []),
    ...(facts.takesVersion ? (['IfMatch'] as const) : []),
    ...(facts.isTagged ? (['IfNoneMatch'] as const) : []),
    ...(facts.isForReplicas ? (['Position'] as const) : []),
    ...(facts.isWrite && !facts.isPublic ? (['ChangeReason'] as const) : []),
  ];
  const tagged = facts.isTagged && !facts.headers.includes('ETag') ? (['ETag'] as const) : [];
  const written = [
    ...(facts.takesKey ? (['Idempotency-Replayed'] as const) : []),
    ...(facts.isWrite && !facts.isPublic ? (['X-CloudPAM-Position'] as const) : []),
  ];
  const told: Responses = Object.fromEntries(
    Object.entries(rest.responses).map(([status, response]) => [
      status,
      successOf(response as Response, [...facts.headers, ...written, ...tagged]), // of `ApiResponse`
    ]),
  );
  const made = rest.responses['201'];
  // A dry run has made nothing, and answers as it would have.
  const tried = made && facts.hasDryRun ? { 200: successOf(made as Response, written) } : {};
  const unchanged = facts.isTagged
    ? { 304: successOf({ description: 'The caller has it already' }, ['ETag']) }
    : {};
  const codes = problemsOf(facts);
  const problems = Object.keys(codes).map(
    (status) => [status, problemOf(status, facts.headers)] as const,
  );
  const own = facts.problems.map((code) => `\`${code}\``).join(', ');
  return {
    ...rest,
    ...(facts.takesFiles ? { requestBody: FILE_BODY } : {}),
    ...(facts.isPublic ? { security: [] } : {}),
    description: [
      rest.description,
      own && `Its problems: ${own}.`,
      requirement && whoMay(requirement),
    ]
      .filter(Boolean)
      .join(' '),
    parameters: [
      ...(rest.parameters ?? []).map((each) => markedAsReplaced(each, facts.replaced)),
      ...shared.map((name) => SHARED_PARAMETERS[name]),
    ],
    responses: {
      ...tried,
      ...(facts.takesFiles ? alsoInLines(told) : told),
      ...unchanged,
      ...Object.fromEntries(problems),
    },
    'x-problems': codes,
  } as DocumentedOperation; // with an extension that its type does not have
}

/** A parameter that another operation stands for now says so. */
function markedAsReplaced(parameter: Parameter, replaced: RouteFacts['replaced']): Parameter {
  const by = 'name' in parameter ? replaced[parameter.name] : undefined;
  if (by === undefined || !('name' in parameter)) return parameter;
  const description = `${parameter.description ?? ''}. Ask \`${by}\` instead: the answer is its`;
  return { ...parameter, description, deprecated: true, 'x-answer-of': by } as Parameter; // with an extension
}

/** Clients know a `Vlan`, and nothing of our classes. */
function withoutSuffix(document: OpenAPIObject): OpenAPIObject {
  const renamed = JSON.parse(
    JSON.stringify(document).replace(/(#\/components\/schemas\/\w+)Dto"/g, '$1"'),
  ) as OpenAPIObject; // the same with other names
  const schemas = Object.entries(renamed.components?.schemas ?? {}).map(([name, schema]) => [
    name.replace(/Dto$/, ''),
    schema,
  ]);
  return {
    ...renamed,
    components: {
      ...renamed.components,
      schemas: Object.fromEntries(schemas) as Record<string, Schema>,
    },
  };
}

function whoMay({ permission, withinLimits }: Requirement): string {
  if (permission === 'public') return 'Anyone may ask.';
  return `Needs the permission \`${permission}\`${withinLimits ? '' : ', without limits to some accounts or pools'}.`;
}

type Parameter = NonNullable<DocumentedOperation['parameters']>[number];
type Responses = DocumentedOperation['responses'];
type Response = Exclude<NonNullable<Responses[string]>, ReferenceObject>;
interface ReferenceObject {
  $ref: string;
}
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
