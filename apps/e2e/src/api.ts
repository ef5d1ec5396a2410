/** An answer of the server, whatever its status. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** What these tests read of a pool. */
export interface Pool {
  readonly id: number;
  readonly vrf_id: number;
  readonly parent_id: number | null;
  readonly account_id: number | null;
  readonly region: string | null;
  readonly name: string;
  readonly cidr: string;
  readonly kind: string;
  readonly source: string;
  readonly external_id: string | null;
  readonly sync_status: string | null;
  readonly version: number;
  readonly child_count?: number;
  readonly tags: Record<string, string>;
  readonly utilization: {
    readonly total: string;
    readonly used: string;
    readonly reserved: string;
    readonly free: string;
    readonly ratio: number;
  };
}

export interface List<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next_cursor: string | null;
}

/** What is known of each account and of each of its scopes. */
export interface DiscoveryStatus {
  readonly items: readonly {
    readonly account_id: number;
    readonly account_key: string;
    readonly status: string;
    readonly error_msg: string | null;
    readonly coverage: readonly {
      readonly region: string;
      readonly coverage: string;
      readonly error_code: string | null;
      readonly error_msg: string | null;
      readonly vpc_count: number;
      readonly subnet_count: number;
    }[];
  }[];
  readonly findings: Readonly<Record<'overlap' | 'drift' | 'orphan' | 'unmanaged', number>>;
}

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly request_id: string;
  readonly largest_free?: string;
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
  readonly conflicts?: readonly {
    readonly pool_id: number;
    readonly cidr: string;
    readonly name: string;
  }[];
}

export interface AuditEntry {
  readonly action: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly request_id: string;
  readonly reason: string | null;
  readonly actor: { readonly type: string; readonly id: string };
  readonly diff: { readonly before: unknown; readonly after: unknown };
}
export interface AuditList {
  readonly entries: readonly AuditEntry[];
  readonly total: number;
}

/** A client that shows what the server answers, problems included. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string | undefined,
  ) {}

  get<T>(path: string): Promise<Answer<T>> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    if (body === undefined) return this.send<T>('POST', path, undefined, headers);
    return this.send<T>('POST', path, JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  patch<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>('PATCH', path, JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  delete<T>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>('DELETE', path, undefined, headers);
  }

  /** A request exactly as given; `path` starts after `/api/v1`. */
  async send<T>(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: (json ? JSON.parse(text) : text) as T,
    }; // the caller knows the route
  }

  /** The body of an answer that must have this status. */
  async expect<T>(status: number, asked: Promise<Answer<T>>): Promise<T> {
    const { body, status: given } = await asked;
    if (given !== status)
      throw new Error(`expected ${status}, was answered ${given}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Every item of a list, by its cursor. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next: List<T> = await this.expect(
        200,
        this.get<List<T>>(
          `${path}${path.includes('?') ? '&' : '?'}page_size=500` +
            (cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`),
        ),
      );
      items.push(...next.items);
      cursor = next.next_cursor;
    }
    return items;
  }

  /** A fresh VRF, so that a test has the whole address space for itself. */
  async newVrf(name: string): Promise<number> {
    return (await this.expect(201, this.post<{ id: number }>('/vrfs', { name }))).id;
  }

  newPool(fields: {
    name: string;
    cidr: string;
    vrf_id: number;
    kind?: string;
    tags?: Record<string, string>;
  }): Promise<Pool> {
    return this.expect(201, this.post<Pool>('/pools', fields));
  }
}
