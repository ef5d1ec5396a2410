import { type Change } from '@cloudpam/audit';
import { AccessError } from './access-error';
import { identityEvent } from './identity-events';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';

/** A provider's word, verified, that a session or all sessions of a person have ended there. */
export interface LogoutToken {
  readonly issuer: string;
  /** Unique for the issuer: the token is good once. */
  readonly jti: string;
  readonly sid: string | null;
  readonly subject: string | null;
  /** Until when it would be taken for good again. */
  readonly expiresAt: Date;
}

/** Ends here what a provider says has ended there (OpenID Connect Back-Channel Logout 1.0). */
export class EndAtProvider {
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
  ) {}

  /**
   * @returns how many sessions ended. @throws AccessError `invalid_logout_token` for one that was
   *   used before, on whichever server
   */
  execute(change: Change, { issuer, jti, sid, subject, expiresAt }: LogoutToken): Promise<number> {
    return this.unitOfWork.run(async (stores) => {
      if (
        !(await stores.sessions.useLogoutToken(
          this.secrets.hash(JSON.stringify([issuer, jti])),
          expiresAt,
        ))
      ) {
        throw new AccessError('invalid_logout_token', 'This logout token was used before.');
      }
      const ended = new Map<number, number>();
      for (const session of await stores.sessions.atProvider(issuer, sid, subject)) {
        if (await stores.sessions.end(session.id))
          ended.set(session.userId, (ended.get(session.userId) ?? 0) + 1);
      }
      await stores.audit.append(
        [...ended].map(([userId, sessions]) =>
          identityEvent(change, 'user.session_ended', userId, {
            before: { sessions },
            after: { why: 'logged out at the provider' },
          }),
        ),
      );
      return [...ended.values()].reduce((sum, each) => sum + each, 0);
    });
  }
}
