import { Injectable } from '@nestjs/common';
import {
  AccessError,
  LimitLogins,
  LoginRefused,
  NoteRefusedLogin,
  TooManyAttempts,
} from '@cloudpam/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OidcProvider } from '../config/oidc-settings';
import { SessionCookies } from './session-cookies';

/** As much of a login as is known by now. */
export interface LoginTrail {
  provider?: OidcProvider;
  returnTo?: string;
  /** As whom someone comes. */
  person?: string;
}

/** A request that no login could come of is in the log alone. */
const NO_LOGIN = ['invalid_return_to', 'provider_not_found', 'public_url_needed'];
/**
 * Refused logins of nobody known in a minute, from everywhere: so many go into the audit trail,
 * which forgets nothing.
 */
const UNKNOWN = { name: 'refused of nobody known', perMinute: 300 };

/**
 * A login that is refused: the operator learns why from log and audit trail, the person from the
 * login page.
 */
@Injectable()
export class LoginRefusals {
  constructor(
    private readonly limits: LimitLogins,
    private readonly note: NoteRefusedLogin,
    private readonly cookies: SessionCookies,
  ) {}

  /**
   * A browser that asks for a page is shown the login page with the reason; any other client gets
   * the problem.
   */
  async forPeople(
    request: FastifyRequest,
    reply: FastifyReply,
    trail: LoginTrail,
    work: () => Promise<void>,
  ): Promise<void> {
    // What only looks, as a scanner of links does, begins and ends no login.
    if (request.method === 'HEAD')
      return void reply.header('cache-control', 'no-store').status(200).send();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AccessError) && !(error instanceof TooManyAttempts)) throw error;
      await this.tell(request, trail, error);
      void reply.header('cache-control', 'no-store');
      if (!(request.headers.accept ?? '').includes('text/html')) throw error;
      const person = error instanceof LoginRefused ? error.person : undefined;
      if (person !== undefined) this.cookies.setRefusedPerson(request, reply, person);
      void reply.redirect(`/login?${queryOf(error, trail).toString()}`, 303);
    }
  }

  private async tell(
    request: FastifyRequest,
    { provider, person }: LoginTrail,
    error: AccessError | TooManyAttempts,
  ): Promise<void> {
    const facts = {
      ...(provider ? { provider: provider.name } : {}),
      why: codeOf(error),
      ip: request.ip,
      ...(error instanceof LoginRefused ? error.facts : {}),
    };
    request.log.warn({ ...facts, ...(person === undefined ? {} : { person }) }, 'login refused');
    try {
      if (await this.isForAudit(error, person))
        await this.note.execute({ at: new Date(), requestId: request.id }, facts, person);
    } catch (failure) {
      request.log.error({ err: failure }, 'the refused login is not in the audit trail');
    }
  }

  /**
   * Whether the audit trail is to have it, and has not. Who has no login under way must not be able
   * to fill it.
   */
  private async isForAudit(
    error: AccessError | TooManyAttempts,
    person: string | undefined,
  ): Promise<boolean> {
    if (error instanceof LoginRefused && error.isAudited) return false;
    if (person !== undefined) return true;
    if (error instanceof TooManyAttempts || NO_LOGIN.includes(error.code)) return false;
    return this.limits.allows(UNKNOWN, '', new Date());
  }
}

function queryOf(
  error: AccessError | TooManyAttempts,
  { provider, returnTo }: LoginTrail,
): URLSearchParams {
  return new URLSearchParams({
    problem: codeOf(error),
    ...(provider ? { provider: provider.name } : {}),
    ...(error instanceof TooManyAttempts ? { wait: String(error.retryAfter) } : {}),
    ...(returnTo === undefined || returnTo === '/' ? {} : { return: returnTo }),
  });
}

function codeOf(error: AccessError | TooManyAttempts): string {
  return error instanceof TooManyAttempts ? 'rate_limited' : error.code;
}
