/** A JSON Schema as the document has it. */
export type Schema = { readonly [keyword: string]: unknown };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
}
export interface Document {
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } };
  readonly components: { readonly schemas: { readonly [name: string]: Schema } };
}

export interface GeneratedRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

const METHODS = ['get', 'post', 'patch', 'delete'];
/** What would take the token of the run away, waits on purpose, or redirects to a provider. */
const LEFT_OUT =
  /^(delete|post) \/api\/v1\/tokens\/\{id\}|(jobs\/claim|events|stream)$|\/api\/v1\/auth\/|^patch \/api\/v1\/users/;
const MOST_DEPTH = 5;
const TEXTS = [
  '',
  'a',
  'prod',
  'env:prod',
  '10.0.0.0/8',
  '2001:db8::/32',
  '10.0.0.0-10.0.0.9',
  'vpc-1',
  'x'.repeat(300),
  'ä 漢 😀',
  "'; drop table pool; --",
  '%',
  '_',
  '\\',
  '<script>',
  '../..',
  '=1+1',
];
const HOSTILE_TEXTS = [
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '__proto__',
  'constructor',
  'x'.repeat(30_000),
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59-12:00',
  '2016-12-31T23:59:60Z',
  'NaN',
  '-0',
  '1e309',
];
const CIDRS = [
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.0.1.0/24',
  '192.168.0.0/20',
  '2001:db8::/48',
  '10.0.0.1/8',
  '0.0.0.0/0',
  '::/0',
  '::ffff:0:0/96',
  '10.0.0.0/33',
  'fd00::/8',
  '240.0.0.0/4',
  '1.2.3',
  '',
];
const MOMENTS = [
  '2026-01-01T00:00:00Z',
  '2030-06-01T12:00:00+02:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-02-30T00:00:00Z',
  'yesterday',
  '',
];
const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  -(2 ** 63),
  [],
  {},
  [[]],
  { a: {} },
  'text',
];
const NAMES = ['__proto__', 'constructor', 'extra', 'dry_run', '', 'a\0'];

/**
 * Requests out of an OpenAPI document: valid ones, invalid ones and hostile ones, the same for the
 * same random numbers.
 */
export class RequestGenerator {
  readonly operations: readonly Operation[];

  constructor(
    private readonly document: Document,
    private readonly random: () => number,
  ) {
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        if (item[method] === undefined || LEFT_OUT.test(`${method} ${path}`)) return [];
        const given = item[method] as {
          parameters?: Parameter[];
          requestBody?: { content: { 'application/json'?: { schema: Schema } } };
        };
        return [
          {
            method,
            path,
            parameters: given.parameters ?? [],
            body: given.requestBody?.content['application/json']?.schema,
          },
        ];
      }),
    );
  }

  next(): GeneratedRequest {
    const operation = this.oneOf(this.operations);
    // How often something is left as the document wants it.
    const order = this.random();
    const params = new URLSearchParams();
    let path = operation.path;
    const headers: Record<string, string> = {};
    for (const { name, in: place, required, schema } of operation.parameters) {
      if (place === 'path')
        path = path.replace(
          `{${name}}`,
          encodeURIComponent(
            this.chance(order) ? String(1 + this.below(40)) : this.text().toWellFormed(),
          ),
        );
      else if (required === true || this.chance(0.25)) {
        const text = this.textOf(this.value(schema, order, 0));
        if (place === 'query') params.append(name, text.toWellFormed());
        else if (/^[\x20-\x7e]*$/.test(text)) headers[name.toLowerCase()] = text;
      }
    }
    if (!this.chance(order))
      params.append(this.oneOf([...NAMES, 'page', 'cursor', 'q']), this.text().toWellFormed());
    const query = params.toString();
    const body =
      operation.body && this.chance(0.95)
        ? this.json(operation.body, order)
        : !operation.body && operation.method !== 'get' && this.chance(0.1)
          ? '{}'
          : undefined;
    if (body !== undefined)
      headers['content-type'] = this.chance(0.97)
        ? 'application/json'
        : this.oneOf(['text/plain', 'application/xml', 'multipart/form-data']);
    return { operation, url: `${path}${query === '' ? '' : `?${query}`}`, headers, body };
  }

  private json(schema: Schema, order: number): string {
    if (this.chance(0.03))
      return this.oneOf([
        '',
        '{',
        '[]',
        'null',
        '"x"',
        '{"a":1,}',
        `${'['.repeat(200)}${']'.repeat(200)}`,
        '{"__proto__":{"a":1}}',
      ]);
    return JSON.stringify(this.value(schema, order, 0)) ?? 'null';
  }

  private value(given: Schema, order: number, depth: number): unknown {
    if (!this.chance(0.5 + order / 2))
      return this.chance(0.5) ? this.oneOf(HOSTILE_VALUES) : this.text();
    const schema = this.resolved(given);
    const {
      enum: values,
      oneOf,
      anyOf,
      type,
      items,
      properties,
    } = schema as {
      enum?: unknown[];
      oneOf?: Schema[];
      anyOf?: Schema[];
      type?: string | string[];
      items?: Schema;
      properties?: Record<string, Schema>;
    };
    if (values) return this.oneOf(values);
    if (oneOf ?? anyOf) return this.value(this.oneOf(oneOf ?? anyOf ?? []), order, depth);
    switch (Array.isArray(type) ? this.oneOf(type) : type) {
      case 'null':
        return null;
      case 'boolean':
        return this.chance(0.5);
      case 'integer':
      case 'number':
        return this.number(schema);
      case 'array':
        return depth > MOST_DEPTH
          ? []
          : Array.from({ length: this.below(4) }, () => this.value(items ?? {}, order, depth + 1));
      case 'object':
        return depth > MOST_DEPTH ? {} : this.object(schema, properties ?? {}, order, depth);
      case 'string':
        return this.string(schema);
      default:
        return this.oneOf(HOSTILE_VALUES);
    }
  }

  private object(
    schema: Schema,
    properties: Record<string, Schema>,
    order: number,
    depth: number,
  ): object {
    const required = (schema['required'] ?? []) as readonly string[];
    const wanted = Object.entries(properties).filter(([name]) =>
      required.includes(name) ? this.chance(0.9 + order / 10) : this.chance(0.4),
    );
    const members = wanted.map(([name, each]): [string, unknown] => [
      name,
      this.named(name) ?? this.value(each, order, depth + 1),
    ]);
    if (typeof schema['additionalProperties'] === 'object')
      members.push([this.text(), this.text()]);
    if (!this.chance(order)) members.push([this.oneOf(NAMES), this.oneOf(HOSTILE_VALUES)]);
    return Object.fromEntries(members);
  }

  /** What a value's name tells of it, now and then. */
  private named(name: string): unknown {
    if (!this.chance(0.8)) return undefined;
    if (name === 'cidr') return this.oneOf(CIDRS);
    if (name === 'prefix_length' || name === 'count')
      return 1 + this.below(name === 'count' ? 3 : 34);
    return /(^|_)ids?$/.test(name) &&
      name.endsWith('id') &&
      name !== 'run_id' &&
      name !== 'external_id'
      ? 1 + this.below(20)
      : undefined;
  }

  private number({
    minimum,
    maximum,
    type,
  }: {
    minimum?: number;
    maximum?: number;
    type?: unknown;
  }): number {
    const low = minimum ?? -5;
    const high = Math.min(maximum ?? low + 100, low + 1_000);
    const picked = this.chance(0.9)
      ? low + this.below(high - low + 1)
      : this.oneOf([low - 1, (maximum ?? high) + 1, 0, -1, 2 ** 31, 2 ** 53]);
    return type === 'number' ? picked + this.random() : picked;
  }

  private string(schema: Schema): string {
    if (schema['format'] === 'date-time') return this.oneOf(MOMENTS);
    if (schema['format'] === 'uuid') return '6a2b1c7e-3f0d-4b8a-9c55-1d2e3f405162';
    return this.chance(0.2) ? this.oneOf(CIDRS) : this.text();
  }

  private text(): string {
    return this.chance(0.8) ? this.oneOf(TEXTS) : this.oneOf(HOSTILE_TEXTS);
  }

  private textOf(value: unknown): string {
    return typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.map((each) => this.textOf(each)).join(',')
        : (JSON.stringify(value) ?? '');
  }

  private resolved(schema: Schema): Schema {
    const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema['$ref'] ?? ''))?.[1];
    return name === undefined
      ? schema
      : this.resolved(this.document.components.schemas[name] ?? {});
  }

  private oneOf<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined && values.length === 0) throw new Error('nothing to choose from');
    return value as T; // the index lies in the list
  }

  private below(count: number): number {
    return Math.floor(this.random() * count);
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }
}
