import { AccessError } from './access-error';
import { liesAhead } from './lies-ahead';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';
import type { LoginAttempt } from './user-session';
import { SECRET_LENGTH } from './token-text';

const ATTEMPT_MS = 600_000;

/**
 * What a login sends to the provider and checks in its answer. All of it follows from the secret
 * that only the browser has.
 */
export interface LoginSecrets {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636), 64 characters. */
  readonly verifier: string;
}

/** The values of a login whose browser holds `secret`. */
export function loginSecrets(secrets: Secrets, secret: string): LoginSecrets {
  const derived = (use: string): string => hex(secrets.hash(`${use}:${secret}`));
  return { state: derived('state'), nonce: derived('nonce'), verifier: derived('verifier') };
}

/**
 * Begins a login: makes the browser's secret, which is good for one answer of the provider within
 * ten minutes.
 */
export class StartLogin {
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
  ) {}

  async execute(
    provider: string,
    returnTo: string,
    at: Date,
  ): Promise<{ secret: string; maxAge: number }> {
    const secret = this.secrets.randomText(SECRET_LENGTH);
    const attempt = {
      secretHash: this.secrets.hash(secret),
      provider,
      returnTo,
      expiresAt: new Date(at.getTime() + ATTEMPT_MS),
    };
    await this.unitOfWork.run((stores) => stores.attempts.insert(attempt));
    return { secret, maxAge: ATTEMPT_MS / 1_000 };
  }
}

/**
 * Takes the login that an answer belongs to, once: a state that is sent again, to whichever server,
 * is refused.
 */
export class TakeLogin {
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
  ) {}

  /** @throws AccessError `invalid_login` */
  async execute(secret: string, state: string, at: Date): Promise<LoginAttempt & LoginSecrets> {
    const own = loginSecrets(this.secrets, secret);
    const fits = this.secrets.equal(this.secrets.hash(state), this.secrets.hash(own.state));
    const attempt = fits
      ? await this.unitOfWork.run((stores) => stores.attempts.take(this.secrets.hash(secret)))
      : undefined;
    if (
      !attempt ||
      attempt.expiresAt <= at ||
      liesAhead(new Date(attempt.expiresAt.getTime() - ATTEMPT_MS), at)
    ) {
      throw new AccessError(
        'invalid_login',
        'This answer belongs to no login that is under way in this browser, or was used before. Log in again.',
      );
    }
    return { ...attempt, ...own };
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export { hex };
