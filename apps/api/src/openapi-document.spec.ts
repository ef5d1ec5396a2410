import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from './openapi-document';
import { Prepared } from './prepared.fixture';

interface Described {
  readonly description?: string;
}
interface Operation extends Described {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly (Described & { readonly name: string })[];
}

/** What has no description, of what there is. */
function undescribed(all: readonly (readonly [string, Described | undefined])[]): string[] {
  expect(all.length).toBeGreaterThan(50);
  return all.flatMap(([name, each]) => (each?.description ? [] : [name]));
}

describe('the OpenAPI document', () => {
  let server: Prepared;
  let document: OpenAPIObject;
  let operations: Operation[];

  beforeAll(async () => {
    server = await Prepared.open();
    document = openApiDocument(server.app);
    operations = Object.values(document.paths).flatMap((item) =>
      (['get', 'post', 'patch', 'delete'] as const).flatMap((method) => item[method] ?? []),
    ) as unknown as Operation[]; // what a path has of them
  });
  afterAll(() => server.app.close());

  it('describes every operation, and gives each a summary and a name of its own', () => {
    expect(undescribed(operations.map((each) => [each.operationId, each]))).toEqual([]);
    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('describes every parameter', () => {
    const parameters = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters.map((each) => [`${operationId} ${each.name}`, each] as const),
    );
    expect(undescribed(parameters)).toEqual([]);
  });

  it('describes every property of every schema', () => {
    const schemas = (document.components?.schemas ?? {}) as unknown as Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, Described>> }>
    >; // schemas of our classes
    const properties = Object.entries(schemas).flatMap(([schema, { properties = {} }]) =>
      Object.entries(properties).map(([name, each]) => [`${schema}.${name}`, each] as const),
    );
    expect(undescribed(properties)).toEqual([]);
  });

  it('gives a format to every CIDR and address', () => {
    const schemas = (document.components?.schemas ?? {}) as unknown as Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, { format?: string }>> }>
    >; // schemas of our classes
    const formats = Object.entries(schemas).flatMap(([schema, { properties = {} }]) =>
      // That of a finding may be an address.
      (schema === 'FindingFacts' ? [] : ['cidr', 'ip']).flatMap((name) => {
        const field = properties[name];
        return field ? [[`${schema}.${name}`, field.format === name]] : [];
      }),
    );
    expect(formats.length).toBeGreaterThan(10);
    expect(formats.filter(([, hasFormat]) => hasFormat !== true)).toEqual([]);
  });

  it('calls no schema as our classes are called', () => {
    expect(JSON.stringify(document)).not.toMatch(/"#\/components\/schemas\/\w+Dto"/);
  });
});
