import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { AccessError, type LiveSession, type Token } from '@cloudpam/identity';
import type { FastifyRequest } from 'fastify';
import { Authenticator, type AuthenticateCallback } from 'passport';
import { BearerStrategy } from './bearer-strategy';
import { SessionStrategy } from './session-strategy';

/** What strategies are shown of a request. */
export interface Shown {
  readonly headers: IncomingHttpHeaders;
  readonly request: FastifyRequest;
  /** False where nobody asks, and it is only looked whether who asked may still. */
  readonly isUse: boolean;
}

/** Who asks. */
export type Caller = { readonly token: Token } | { readonly session: LiveSession };

/**
 * Finds out who asks, by Passport: of a request with both a token and a session the token counts.
 * One for each server.
 */
@Injectable()
export class Passports {
  private readonly passport = new Authenticator();

  constructor(bearer: BearerStrategy, session: SessionStrategy) {
    this.passport.use('bearer', bearer).use('session', session);
  }

  /**
   * @param done is given the AccessError `unauthenticated` or whatever went wrong, or who asks; at
   * once, where nobody has to be asked
   * @param isUse false for what keeps no session alive
   */
  authenticate(
    request: FastifyRequest,
    done: (error: unknown, caller?: Caller) => void,
    isUse = true,
  ): void {
    const { headers } = request;
    const byToken = headers.authorization !== undefined;
    const answered: AuthenticateCallback = (error: unknown, user) => {
      if (error) return done(error);
      if (!user) {
        return done(
          new AccessError(
            'unauthenticated',
            `Send a token as Authorization: Bearer cpam_...${byToken ? '' : ', or log in.'}`,
          ),
        );
      }
      // What the strategy of that name gives.
      done(
        undefined,
        byToken ? { token: user as unknown as Token } : { session: user as unknown as LiveSession },
      );
    };
    this.passport.authenticate(byToken ? 'bearer' : 'session', { session: false }, answered)(
      { headers, request, isUse },
      undefined,
      done,
    );
  }
}
