import type { Json } from '../../prepared.fixture';
import { unzipped } from '../../testing/unzipped';
import type { Estate } from './estate.fixture';
import { queryOf, UNKNOWN, type Method, type Route } from './requests.fixture';

/** Fields that hold the id of something. */
const ID_FIELDS: Readonly<Record<string, string>> = {
  parent_id: 'pools',
  pool_id: 'pools',
  account_id: 'accounts',
  vlan_id: 'vlans',
  group_id: 'vlan-groups',
  vrf_id: 'vrfs',
  network_id: 'networks',
  explained_by: 'resources',
};

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks as the limited caller, and hears whether an answer tells of what is hidden. */
export class Listener {
  /** What was asked last. */
  asked = '';

  constructor(
    private readonly estate: Estate,
    private readonly heard: (route: Route, status: number, code: unknown) => void,
  ) {}

  async ask(route: Route, id: number, more = '', body?: Json, dry = ''): Promise<Answer> {
    const { server, as, canaries } = this.estate;
    const query = [queryOf(route, dry), more].filter(Boolean).join('&');
    const url = `${route.path.replace('{id}', String(id))}${query === '' ? '' : `?${query}`}`;
    const asked = `${url} ${JSON.stringify(body)}`;
    this.asked = `${route.method} ${asked}`;
    const given = {
      headers: { authorization: `Bearer ${as}` },
      ...(body === undefined ? {} : { payload: body }),
    };
    const answer = await server.app.inject({ method: route.method as 'GET', url, ...given });
    const isZip = answer.headers['content-type'] === 'application/zip' && answer.statusCode === 200;
    const text = isZip ? unzipped(answer.rawPayload) : answer.body;
    const json =
      String(answer.headers['content-type']).includes('json') &&
      text !== '' &&
      !text.includes('}\n{')
        ? (JSON.parse(text) as unknown)
        : undefined;
    this.heard(route, answer.statusCode, (json as Json | undefined)?.['code']);
    const told = `${JSON.stringify(answer.headers)} ${text}`;
    const leaks = [
      ...canaries.filter((each) => told.includes(each) && !asked.includes(each)),
      ...this.hiddenIds(json),
      ...this.namedIds(text, asked),
    ];
    expect([route.method, url, body, answer.statusCode < 500 ? '' : text, leaks]).toEqual([
      route.method,
      url,
      body,
      '',
      [],
    ]);
    // What follows the version in it is made of the text.
    const version = /^"(\d+)-/.exec(String(answer.headers['etag']))?.[1];
    return {
      status: answer.statusCode,
      text: `${version} ${text.replaceAll(/"request_id":"[^"]*"/g, '')}`,
    };
  }

  /** Ids of something hidden that texts name (`pool 7`), and that were not asked for. */
  private namedIds(text: string, asked: string): string[] {
    const named = text.matchAll(
      /\b(pool|record|account|vrf|vlan group|vlan|network|resource|job) (\d+)\b/gi,
    );
    return [...named].flatMap(([words, thing = '', id = '']) => {
      const isHidden = this.isHidden(NAMED[thing.toLowerCase()], Number(id));
      return isHidden && !new RegExp(`\\b${id}\\b`).test(asked) ? [words] : [];
    });
  }

  /** The accounts that the caller is limited to are known, also where nothing of theirs is seen. */
  private isHidden(part: string | undefined, id: number): boolean {
    const { ids, accessScope } = this.estate;
    if (part === 'accounts' && accessScope.accountIds?.includes(id)) return false;
    return part !== undefined && (ids[part]?.hidden.includes(id) ?? false);
  }

  /** Fields that hold an id of something hidden. */
  private hiddenIds(json: unknown): string[] {
    if (typeof json !== 'object' || json === null) return [];
    return Object.entries(json).flatMap(([field, value]: [string, unknown]) => {
      const isHidden = typeof value === 'number' && this.isHidden(ID_FIELDS[field], value);
      return [...(isHidden ? [`${field} ${value}`] : []), ...this.hiddenIds(value)];
    });
  }
}

/** Names of things in texts, by the part of the path that has their ids. */
const NAMED: Readonly<Record<string, string>> = {
  pool: 'pools',
  record: 'addresses',
  range: 'ranges',
  account: 'accounts',
  vrf: 'vrfs',
  vlan: 'vlans',
  'vlan group': 'vlan-groups',
  network: 'networks',
  resource: 'resources',
  job: 'jobs',
};

/**
 * A refusal without the id that was asked for, in the path too, so that those about two of them are
 * the same.
 */
export function withoutAsked({ status, text }: Answer, asked: number, before = '[/ ]'): string {
  return `${status} ${status < 400 ? text : text.replaceAll(new RegExp(`(?<=${before})${asked}\\b`, 'g'), 'ASKED')}`;
}

/** Where the ids of a route's path come from; undefined for a route without any. */
export function idsIn({ path }: Route): string | undefined {
  return path.includes('{id}')
    ? path.split('/').at(path.split('/').indexOf('{id}') - 1)
    : undefined;
}

export interface Seen {
  readonly method: Method;
  readonly answers: ReadonlyMap<string, string>;
}

/** All that the caller reads: every list, and everything in them. */
export async function allRead(
  listener: Listener,
  routes: readonly Route[],
  { ids }: Estate,
): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    const part = idsIn(route);
    for (const id of part === undefined ? [UNKNOWN] : (ids[part]?.seen.slice(0, 6) ?? [])) {
      const { status, text } = await listener.ask(route, id);
      answers.set(`${route.path} ${id}`, `${status} ${text}`);
    }
  }
  return answers;
}
