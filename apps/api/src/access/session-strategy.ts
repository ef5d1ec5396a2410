import { Injectable } from '@nestjs/common';
import { AuthenticateSession } from '@cloudpam/identity';
import type { Request } from 'express';
import { Strategy } from 'passport-strategy';
import type { Shown } from './passports';
import { SessionCookies } from './session-cookies';

/**
 * The session of a person who has logged in, by its cookie. A request of an open page that only
 * polls does not prolong it.
 */
@Injectable()
export class SessionStrategy extends Strategy {
  constructor(
    private readonly sessions: AuthenticateSession,
    private readonly cookies: SessionCookies,
  ) {
    super();
  }

  override authenticate(shown: Request): void {
    const { request, isUse } = shown as unknown as Shown; // `Passports` shows this to every strategy
    const secret = this.cookies.session(request);
    if (secret === undefined) return this.fail(401);
    const byPerson = isUse && request.headers['x-cloudpam-poll'] === undefined;
    this.sessions.execute(secret, new Date(), byPerson).then(
      (live) => this.success(live),
      (error: unknown) => this.error(error as Error),
    ); // the use case throws errors
  }
}
