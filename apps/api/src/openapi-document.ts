import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Requirement } from './http/access-guard';
import { ofClass } from './http/class-schema';
import { ProblemDto } from './http/problem.dto';
import { withShape } from './http/shape';
import { BULK_COMPONENTS } from './pools/bulk-row';
import { VERSION } from './config/version';

type Parameters = NonNullable<OpenAPIObject['paths'][string]['parameters']>;
const header = (name: string, description: string): Parameters[number] => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});
const ID: Parameters[number] = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id',
  schema: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
};
const REASON = header('X-Change-Reason', 'Goes into the audit entry');
const IF_MATCH = header(
  'If-Match',
  'The ETag that the change is based on; 412 when it is not the newest',
);
const HEADERS: Record<'get' | 'post' | 'patch' | 'delete', Parameters> = {
  get: [],
  post: [
    header(
      'Idempotency-Key',
      'The same key and body again give the same answer and no second effect',
    ),
    REASON,
  ],
  patch: [IF_MATCH, REASON],
  delete: [IF_MATCH, REASON],
};

/** The OpenAPI 3.1 document of all routes: the contract. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('CloudPAM')
    .setDescription('IP address management for AWS and GCP')
    .setVersion(VERSION)
    .setOpenAPIVersion('3.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token, cpam_...' })
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
  const schemas = {
    ...BULK_COMPONENTS,
  };
  // The schemas are JSON Schema 2020-12, which 3.1 takes as it is; Nest's types still say 3.0.
  const ofClasses = Object.fromEntries(
    Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
      name,
      withShape(ofClass(schema as Readonly<Record<string, unknown>>)),
    ]),
  );
  document.components = {
    ...document.components,
    schemas: { ...ofClasses, ...schemas } as NonNullable<OpenAPIObject['components']>['schemas'],
  };
  const problem = {
    description: 'What went wrong, and what to do (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'patch', 'delete'] as const) {
      const operation = item[method];
      if (!operation) continue;
      const given = operation.parameters ?? [];
      const needsId =
        path.includes('{id}') && !given.some((each) => 'name' in each && each.name === 'id');
      operation.parameters = [...(needsId ? [ID] : []), ...given, ...HEADERS[method]];
      const made = operation.responses['201'];
      const tries = operation.parameters.some((each) => 'name' in each && each.name === 'dry_run');
      // A dry run has made nothing, and answers as it would have.
      operation.responses = {
        ...operation.responses,
        ...(made && tries ? { 200: made } : {}),
        '4XX': problem,
        '5XX': problem,
      };
      const { 'x-requirement': requirement, ...told } = operation as typeof operation & {
        'x-requirement'?: Requirement;
      }; // what `Requires` adds
      if (requirement?.permission === 'public') told.security = [];
      if (told.description !== undefined && requirement) told.description += whoMay(requirement);
      item[method] = told;
    }
  }
  return document;
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
  if (permission === 'public') return ' Anyone may ask.';
  return ` Needs the permission \`${permission}\`${withinLimits ? '' : ', without limits to some accounts or pools'}.`;
}

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
