import { checkOf, time, type Schema } from './http/schema';
import { openApiDocument } from './openapi-document';
import { Prepared } from './prepared.fixture';

const LEAP_SECOND = '2016-12-31T23:59:60Z';
/**
 * What the document may call a text besides plain: none of these is a moment but the one that is
 * read by our rule.
 */
const FORMATS = ['cidr', 'ip', 'date', 'date-time', 'uuid', 'binary', 'int64', 'double'];

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

describe('values in every route of the document', () => {
  let server: Prepared;
  const queries: { url: string; parameters: readonly Parameter[] }[] = [];

  beforeAll(async () => {
    server = await Prepared.open();
    for (const [path, item] of Object.entries(openApiDocument(server.app).paths)) {
      if (!path.startsWith('/api/v1/') || path.includes('/auth/') || !item.get) continue;
      const parameters = ((item.get.parameters ?? []) as Parameter[]).filter(
        (each) => each.in === 'query',
      );
      queries.push({ url: path.replace('/api/v1', '').replace('{id}', '1'), parameters });
    }
  });
  afterAll(() => server.app.close());

  const refusal = async (url: string, name: string, value: string): Promise<unknown[]> => {
    const { status, body } = await server.send(
      'GET',
      `${url}?${name}=${encodeURIComponent(value)}`,
    );
    const errors = (body['errors'] ?? []) as { field: string }[];
    return [url, name, status, errors.some(({ field }) => field.split('.')[0] === name)];
  };

  it('are refused as query with NUL in it, naming the parameter', async () => {
    const tried = queries.flatMap(({ url, parameters }) =>
      parameters.map(({ name }) => [url, name] as const),
    );
    expect(tried.length).toBeGreaterThan(60);
    for (const [url, name] of tried)
      expect(await refusal(url, name, 'a\0')).toEqual([url, name, 400, true]);
  });

  it('are moments by one rule, and no schema knows another', async () => {
    const moments = queries.flatMap(({ url, parameters }) =>
      parameters
        .filter(({ schema }) => schema['format'] === 'date-time')
        .map(({ name }) => [url, name] as const),
    );
    expect(moments.length).toBeGreaterThanOrEqual(3);
    for (const [url, name] of moments)
      expect(await refusal(url, name, LEAP_SECOND)).toEqual([url, name, 400, true]);
    const formats = new Set<unknown>();
    JSON.stringify(openApiDocument(server.app), (key, value: unknown) => {
      if (key === 'examples') return undefined;
      if (key === 'format' && typeof value === 'string') formats.add(value);
      return value;
    });
    expect([...formats].filter((each) => !FORMATS.includes(String(each)))).toEqual([]);
    const check = checkOf(time);
    const others = [
      '9999-12-31T23:59:59-12:00',
      '0000-01-01T00:00:00Z',
      '2026-02-29T00:00:00Z',
      '2026-01-01',
      '2026-01-01 00:00:00Z',
    ];
    for (const text of [LEAP_SECOND, ...others]) {
      expect(() => check(text)).toThrow('moment');
    }
    expect(check('2026-01-01T00:00:00+02:00')).toBe('2026-01-01T00:00:00+02:00');
  });
});
