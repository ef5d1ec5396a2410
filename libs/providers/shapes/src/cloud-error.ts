import type { CloudFailure } from './listing';

/**
 * A failure that is not of one scope: the message begins with the code, if there is one, and can be
 * shown.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError';

  constructor({ code, message }: CloudFailure, cause: unknown) {
    // `Error` is the name of what has no code.
    super(code === 'Error' ? message : `${code}: ${message}`, { cause });
  }
}
