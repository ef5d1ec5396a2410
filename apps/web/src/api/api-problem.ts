/** RFC 9457 body of an error answer. */
export interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code?: string;
  readonly request_id?: string;
  readonly errors?: readonly {
    readonly field: string;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly conflicts?: readonly {
    readonly pool_id: number;
    readonly cidr: string;
    readonly name: string;
  }[];
  /** Largest free block left, as `/22`. */
  readonly largest_free?: string | number | null;
}

/**
 * An answer of the API that is not a success. `code` is stable; the message may be shown to a
 * person.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.body = body;
  }

  /** Message for a field of the request, if the server blamed one. */
  fieldError(field: string): string | undefined {
    return this.body.errors?.find((error) => error.field === field)?.detail;
  }

  /** Prefix length of the largest free block, when the pool was exhausted. */
  get largestFree(): number | undefined {
    const text = this.body.largest_free;
    if (text === undefined || text === null) return undefined;
    const length = Number(String(text).split('/').at(-1));
    return Number.isInteger(length) ? length : undefined;
  }
}
