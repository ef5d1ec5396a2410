import type { Schemas } from '@cloudpam/api-client';

/** A problem (RFC 9457), as far as what answered wrote one. */
type ProblemBody = Partial<Schemas['Problem']>;

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

/** The problem that an answer tells of. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const { status, statusText } = response;
  try {
    return new ApiProblem(status, (await response.json()) as ProblemBody); // Every field is optional.
  } catch {
    return new ApiProblem(status, {
      title: `${status} ${statusText}`.trim(),
      code: 'no_problem_body',
    });
  }
}
