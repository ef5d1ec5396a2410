import type { CloudFailure } from '@cloudpam/provider-shapes';

/** There are no credentials to ask AWS with; the message says why, and what to do. */
export class NoCredentials extends Error {
  override readonly name = 'NoCredentials';
  readonly code: string;

  constructor({ code, message }: CloudFailure, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
