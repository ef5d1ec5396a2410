import { isIP } from 'node:net';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { RawBody } from '../../http/raw-body';
import type {
  Document,
  Exchange,
  Operation,
  Parameter,
  Reference,
  Response,
  Schema,
} from './document-types';

/** Headers that HTTP, compression, rates and the protection of browsers add to any answer. */
const TRANSPORT = [
  /^(connection|keep-alive|content-(type|length|encoding|security-policy)|transfer-encoding)$/,
  /^(date|vary|cache-control|strict-transport-security|referrer-policy|origin-agent-cluster)$/,
  /^(x-(content-type-options|dns-prefetch-control|download-options|frame-options))$/,
  /^x-accel-buffering$/,
  /^x-ratelimit-(limit|remaining|reset)$/,
  /^(x-(permitted-cross-domain-policies|xss-protection)|cross-origin-(opener|resource)-policy)$/,
];
const DOCUMENTED_PATHS = /^\/(api\/v1|healthz|readyz|metrics)(\/|$)/;
const PROBLEM = 'application/problem+json';

/** Holds requests that were served, and all answers, against the OpenAPI document. */
export class DocumentCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: false, coerceTypes: false });
  private readonly checks = new Map<string, ValidateFunction>();
  private readonly operations = new Map<string, Operation>();

  constructor(private readonly document: Document) {
    addFormats(this.ajv);
    this.ajv.addFormat('cidr', /^[0-9a-f.:]+\/\d{1,3}$/);
    this.ajv.addFormat('ip', (text: string) => isIP(text) > 0);
    this.ajv.addSchema(document, 'document');
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item))
        this.operations.set(
          `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
          operation,
        );
    }
  }

  /** What of this the document does not know, each with the route, the status and the place. */
  faults(exchange: Exchange): string[] {
    const { method, url, route, status } = exchange;
    if (!DOCUMENTED_PATHS.test(url)) return [];
    const operation = this.operations.get(`${method === 'HEAD' ? 'GET' : method} ${route ?? ''}`);
    const found = operation
      ? [...this.inAnswer(operation, exchange), ...this.inRequest(operation, exchange)]
      : this.withoutOperation(exchange);
    return found.map((fault) => `${method} ${route ?? url} -> ${status}: ${fault}`);
  }

  /** No such path, or not this method. */
  private withoutOperation({ method, route, status, headers, body }: Exchange): string[] {
    if (method === 'OPTIONS' && status === 204) return [];
    if (status < 400) return ['the operation is not documented'];
    const allowed = route === undefined ? status !== 405 : true;
    if (!allowed || mediaTypeOf(headers) !== PROBLEM) return ['no problem of an unknown path'];
    return this.misfits('document#/components/schemas/Problem', parsed(body), 'body');
  }

  /** The operation itself, or the one that a deprecated parameter asks for. */
  private answering(operation: Operation, { query, status }: Exchange): Operation {
    if (status >= 400) return operation;
    const other = (operation.parameters ?? [])
      .map((each) => this.resolved(each))
      .find((each) => each['x-answer-of'] !== undefined && query[each.name] !== undefined);
    const found = [...this.operations.values()].find(
      ({ operationId }) => operationId === other?.['x-answer-of'],
    );
    return found ?? operation;
  }

  private inAnswer(operation: Operation, exchange: Exchange): string[] {
    const { status, headers, body, method } = exchange;
    // What only looks, as a scanner of links does, is not sent anywhere.
    if (method === 'HEAD' && status === 200) return [];
    const response = this.responseOf(operation, status);
    if (!response) return ['the status is not documented'];
    const documented = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
    const extra = Object.keys(headers)
      .filter((name) => headers[name] !== undefined)
      .filter((name) => !documented.includes(name) && !TRANSPORT.some((each) => each.test(name)))
      .map((name) => `the header ${name} is not documented`);
    if (method === 'HEAD' || body === '') return extra;
    const type = mediaTypeOf(headers);
    const answering = this.answering(operation, exchange);
    const content = this.responseOf(answering, status)?.content?.[type];
    if (!content) return [...extra, `the media type ${type || 'none'} is not documented`];
    if (body === undefined || !type.endsWith('json') || !content.schema) return extra;
    const value = parsed(body);
    return [
      ...extra,
      ...this.misfits(this.schemaName(content.schema), value, 'body'),
      ...codeFault(operation, status, type, value),
    ];
  }

  /** What was served must be as documented; what was refused may be anything. */
  private inRequest(operation: Operation, exchange: Exchange): string[] {
    const { status, query, requestHeaders, requestBody, method } = exchange;
    if (status >= 400) return [];
    const parameters = (operation.parameters ?? []).map((each) => this.resolved(each));
    const known = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
    // Probes leave parameters unread.
    const unknown = (exchange.url.startsWith('/api/') ? Object.keys(query) : [])
      .filter((name) => !known.includes(name))
      .map((name) => `the parameter ${name} is not documented`);
    const given = parameters.flatMap((each) => {
      const value = each.in === 'query' ? query[each.name] : headerOf(requestHeaders, each);
      if (each.in === 'path') return [];
      if (value === undefined)
        return each.required ? [`the parameter ${each.name} is required`] : [];
      return this.misfits(
        this.schemaName(each.schema),
        this.read(each.schema, value),
        `parameter ${each.name}`,
      );
    });
    // Rows that are wrong are told in the answer, where each stands for itself.
    if (method === 'GET' || method === 'HEAD' || query['mode'] === 'partial')
      return [...unknown, ...given];
    return [...unknown, ...given, ...this.inBody(operation, requestHeaders, requestBody)];
  }

  private inBody(
    { requestBody: documented }: Operation,
    headers: Exchange['requestHeaders'],
    body: unknown,
  ): string[] {
    if (body === undefined || body === null)
      return documented?.required ? ['the body is required'] : [];
    if (!documented) return ['a body is not documented'];
    const type = mediaTypeOf(headers);
    const schema = documented.content?.[type]?.schema;
    if (!schema) return [`the media type ${type} of the body is not documented`];
    // Files are read by their route alone.
    if (body instanceof RawBody) return [];
    return this.misfits(this.schemaName(schema), body, 'body of the request');
  }

  private responseOf({ responses }: Operation, status: number): Response | undefined {
    const response = responses[status];
    return response && this.resolved<Response>(response);
  }

  /** A parameter is a text; the document says what it is read as. */
  private read(schema: Schema, value: unknown): unknown {
    const { type, items } = this.resolved<Schema>(schema) as { type?: unknown; items?: Schema };
    if (type === 'array')
      return [value].flat().map((each) => (items ? this.read(items, each) : each));
    if (type === 'integer' || type === 'number') return Number(value);
    if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
    return value;
  }

  private resolved<T>(value: T | Reference): T {
    if (typeof value !== 'object' || value === null || !('$ref' in value)) return value as T;
    const [, , kind = '', name = ''] = value.$ref.split('/');
    return this.document.components[kind]?.[name] as T; // the document is valid
  }

  private schemaName(schema: Schema): string {
    if (typeof schema['$ref'] === 'string') return `document${schema['$ref']}`;
    const name = `inline:${JSON.stringify(schema)}`;
    if (!this.checks.has(name)) {
      const text = JSON.stringify(schema).replaceAll('"#/components', '"document#/components');
      this.checks.set(name, this.ajv.compile(JSON.parse(text) as object));
    }
    return name;
  }

  /** What is wrong with the example of a named schema. */
  exampleFaults(name: string, value: unknown): string[] {
    return this.misfits(`document#/components/schemas/${name}`, value, name);
  }

  private misfits(name: string, value: unknown, what: string): string[] {
    let check = this.checks.get(name);
    if (!check) {
      check = this.ajv.compile({ $ref: name });
      this.checks.set(name, check);
    }
    if (check(value)) return [];
    const [error] = check.errors ?? [];
    const more = Object.values(error?.params ?? {}).join(', ');
    return [`${what}${error?.instancePath ?? ''} ${error?.message ?? ''} (${more})`];
  }
}

function codeFault(operation: Operation, status: number, type: string, body: unknown): string[] {
  if (type !== PROBLEM) return [];
  const { code } = body as { code: string }; // its schema says so
  const known = operation['x-problems']?.[status]?.includes(code) ?? false;
  return known ? [] : [`the problem ${code} is not documented`];
}

function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '') as unknown;
  } catch {
    return undefined;
  }
}

function mediaTypeOf(headers: Readonly<Record<string, unknown>>): string {
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase();
}

function headerOf(headers: Exchange['requestHeaders'], { name }: Parameter): unknown {
  return headers[name.toLowerCase()];
}
