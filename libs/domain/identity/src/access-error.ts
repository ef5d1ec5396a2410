export type AccessErrorCode =
  | 'unauthenticated' | 'forbidden' | 'token_not_found' | 'last_admin' | 'token_revoked' | 'client_certificate_required' | 'invalid_token_request'
  | 'user_not_found' | 'user_changed' | 'user_inactive' | 'no_role' | 'invalid_login' | 'invalid_return_to' | 'provider_not_found' | 'provider_unavailable'
  | 'csrf_refused' | 'invalid_limits' | 'outside_limits' | 'public_url_needed';

/** A caller who is not known or may not do what was asked; the message says what to do. */
export class AccessError extends Error {
  constructor(readonly code: AccessErrorCode, message: string, readonly field?: string) {
    super(message);
    this.name = 'AccessError';
  }
}
