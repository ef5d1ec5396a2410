import type { DocumentedOperation } from './route-facts';

type Responses = DocumentedOperation['responses'];
type Response = Exclude<NonNullable<Responses[string]>, { $ref: string }>;
type RequestBody = NonNullable<DocumentedOperation['requestBody']>;

/** A document of another system, such as a page of NetBox's REST API. */
export const JSON_FILE = {
  JsonFile: {
    type: 'object',
    description:
      'What another system gives as JSON: a page of the REST API of NetBox, or what the AWS CLI prints',
    additionalProperties: true,
    example: {
      results: [
        {
          id: 7,
          url: 'https://netbox.example.com/api/ipam/prefixes/7/',
          prefix: '10.20.0.0/16',
          vrf: null,
          status: { value: 'active', label: 'Active' },
          description: 'Offices in Berlin',
        },
      ],
    },
  },
} as const;

/** The body of a route that takes files: several as parts, or one as it is. */
export const FILE_BODY: RequestBody = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: {
          file: {
            type: 'array',
            items: { type: 'string', format: 'binary' },
            description: 'The files: CSV, ZIP or JSON, up to 32 MB together',
          },
          map: {
            type: 'string',
            description:
              'JSON: `columns` by field, `words` (`status`, `role`, `tenant`) by word, `tags` (columns, or ' +
              '`all`), `vrf`',
          },
        },
      },
    },
    'text/csv': { schema: { type: 'string' } },
    'application/zip': { schema: { type: 'string', format: 'binary' } },
    'application/json': { schema: { $ref: '#/components/schemas/JsonFile' } },
  },
};

/** The answer of such a route, which may come in lines that tell how far it is. */
export function alsoInLines(responses: Responses): Responses {
  const made = responses['200'] as Response; // of `ApiResponse`
  const content = { ...made.content, 'application/x-ndjson': { schema: LINES_SCHEMA } };
  return { ...responses, 200: { ...made, content } };
}

const LINES_SCHEMA = {
  type: 'string',
  description:
    'Lines of JSON: any number of `{"stage": "reading", "done": 0, "of": null}`, whose `stage` is `reading`, ' +
    '`planning` or `applying`, and at last `{"result": ...}` with what is answered as JSON, or `{"problem": ...}`',
} as const;
