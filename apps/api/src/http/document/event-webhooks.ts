import { cloudEventSubject, cloudEventType } from '@cloudpam/events';
import { EVENT_EXAMPLES } from './generated/event-examples';
import { EVENT_SCHEMAS, FACT_SCHEMAS } from './generated/event-schemas';
import { EVENT_TABLES } from '../../limits/event-types';
import type { Schema } from '../schema';

const header = (name: string, description: string, example: string): object => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', example },
});

const PARAMETERS = [
  header('webhook-id', 'The id of the event', '4711'),
  header('webhook-timestamp', 'When it was sent, in seconds since 1970', '1769860800'),
  header(
    'webhook-signature',
    'One or two signatures with a space between them: `v1,` and HMAC-SHA-256 in base64',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
];
const RESPONSES = {
  '2XX': { description: 'It has arrived' },
  '410': { description: 'Nobody wants to be told any more: the webhook is paused' },
  default: { description: 'It is tried again' },
};
const ANY = { $ref: '#/components/schemas/CloudEvent' };

/** The schemas of the API that have the fields of facts, where they are called otherwise. */
const TOLD_OF: { readonly [facts: string]: string } = {
  DecisionFacts: 'Resource',
  DiscoveredAccountFacts: 'Account',
  LeaseFacts: 'SpaceLease',
  MapFacts: 'ImportMap',
  WebhookTestFacts: 'Webhook',
};

/**
 * What events tell of entities, for the document. What the domain does not say of a field is said as that of the API
 * is.
 * @param schemas of the document
 */
export function eventFacts(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(FACT_SCHEMAS).map(([name, facts]) => {
      const shown = fieldsOf(schemas[TOLD_OF[name] ?? name.replace(/Facts$/, '')]);
      const properties = Object.entries(fieldsOf(facts)).map(([field, own]) => {
        const { description, format } = shown[field] ?? {};
        return [
          field,
          { ...(description ? { description } : {}), ...(format ? { format } : {}), ...own },
        ];
      });
      return [name, { ...facts, properties: Object.fromEntries(properties) as Schema }];
    }),
  );
}

function fieldsOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  return (schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>; // as JSON Schema has it
}

/** What receivers of webhooks are sent, for the document: requests of ours to them, of any type and of each. */
export const EVENT_WEBHOOKS: Readonly<Record<string, object>> = {
  event: received(
    'receiveEvent',
    'Receive an event',
    'What a webhook of the template `cloudevents` is sent, signed as Standard Webhooks has it. ' +
      'It may come twice, with the same id.',
    { schema: ANY },
  ),
  ...Object.fromEntries(
    EVENT_TABLES.flatMap((table) =>
      Object.entries(table).map(([type, { version }]) => [type, ofType(type, version)]),
    ),
  ),
};

function received(
  operationId: string,
  summary: string,
  description: string,
  body: object,
  schema?: string,
): { readonly post: object } {
  return {
    post: {
      ...(schema === undefined ? {} : { 'x-event-schema': schema }),
      operationId,
      tags: ['webhooks'],
      summary,
      description,
      security: [],
      parameters: PARAMETERS,
      requestBody: { required: true, content: { 'application/cloudevents+json': body } },
      responses: RESPONSES,
    },
  };
}

/**
 * The schemas of events of each type, for the document. The requests of webhooks have that of any event, and name
 * these: generators of clients cannot merge schemas, and leave out what no request of theirs has.
 */
export const EVENT_TYPE_SCHEMAS: Readonly<Record<string, Schema>> = Object.fromEntries(
  EVENT_TABLES.flatMap((table) =>
    Object.entries(table).map(([type, { version }]) => [
      schemaNameOf(type),
      schemaOf(type, version),
    ]),
  ),
);

function schemaOf(type: string, version: number): Schema {
  const told = {
    type: 'object',
    properties: { entity_type: { const: entityOf(type) }, ...EVENT_SCHEMAS[type] },
  };
  const data = { allOf: [{ $ref: '#/components/schemas/CloudEventData' }, told] };
  const own = {
    type: 'object',
    properties: { type: { const: cloudEventType(type, version) }, data },
  };
  return { description: `An event of the type \`${type}\``, allOf: [ANY, own] };
}

/** @param type as the audit log has it: `pool.create` */
function ofType(type: string, version: number): object {
  const schema = schemaNameOf(type);
  const example = exampleOf(type, version);
  return received(
    `receive${schema.slice('Event'.length)}`,
    `Receive \`${type}\``,
    `An event of the type \`${cloudEventType(type, version)}\`, of the schema \`${schema}\`.`,
    { schema: ANY, ...(example ? { examples: { [type]: { value: example } } } : {}) },
    schema,
  );
}

function schemaNameOf(type: string): string {
  return `Event${type.replace(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}

/** What has really been told of such an event, in an envelope that is the same for all. */
function exampleOf(type: string, version: number): object | undefined {
  const told = EVENT_EXAMPLES[type];
  if (!told) return undefined;
  const { entity_id, ...rest } = told;
  return {
    specversion: '1.0',
    id: '4711',
    source: 'https://ipam.example.com',
    type: cloudEventType(type, version),
    subject: cloudEventSubject(entityOf(type), entity_id),
    time: '2026-01-31T12:00:00.000Z',
    sequence: '0000000000004711',
    datacontenttype: 'application/json',
    data: {
      entity_type: entityOf(type),
      entity_id,
      actor: { type: 'user', id: 'user:7', name: 'Ada Lovelace' },
      request_id: 'req-1a2b',
      reason: null,
      ...rest,
    },
  };
}

function entityOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}
