import { Injectable } from '@nestjs/common';
import { AccessError, AuthenticateSession, type LiveSession } from '@cloudpam/identity';
import type { FastifyRequest } from 'fastify';
import { SessionCookies } from './session-cookies';

/** The session that a browser has, where none is needed. */
@Injectable()
export class FormerSession {
  constructor(
    private readonly cookies: SessionCookies,
    private readonly sessions: AuthenticateSession,
  ) {}

  /** Undefined for none, and for one that has ended. */
  of(request: FastifyRequest): Promise<LiveSession | undefined> {
    return this.sessions
      .execute(this.cookies.session(request) ?? '', new Date(), false)
      .catch((error: unknown) => {
        if (error instanceof AccessError) return undefined;
        throw error;
      });
  }
}
