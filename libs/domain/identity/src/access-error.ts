import type { DiffValue } from '@cloudpam/audit';

/** Why access is refused; the API has one status for each. */
export type AccessErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'token_not_found'
  | 'last_admin'
  | 'token_revoked'
  | 'client_certificate_required'
  | 'invalid_token_request'
  | 'user_not_found'
  | 'user_changed'
  | 'user_inactive'
  | 'no_role'
  | 'invalid_login'
  | 'invalid_return_to'
  | 'provider_not_found'
  | 'provider_unavailable'
  | 'csrf_refused'
  | 'login_cancelled'
  | 'provider_settings'
  | 'invalid_logout_token'
  | 'invalid_limits'
  | 'outside_limits'
  | 'public_url_needed';

/** A caller who is not known or may not do what was asked; the message says what to do. */
export class AccessError extends Error {
  constructor(
    readonly code: AccessErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = 'AccessError';
  }
}

/**
 * What an operator is told of a refused login, in the log and the audit trail: never a token, a
 * code or a secret.
 */
export type LoginFacts = { readonly [name: string]: DiffValue };

/** A login that was not let in. */
export class LoginRefused extends AccessError {
  /**
   * @param person as whom someone came, once the provider has said so
   * @param isAudited whether the audit trail has it already
   */
  constructor(
    code: AccessErrorCode,
    message: string,
    readonly facts: LoginFacts,
    readonly person?: string,
    readonly isAudited = false,
  ) {
    super(code, message);
    this.name = 'LoginRefused';
  }
}
