import '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicAddress } from '../http/public-address';

const SESSION = 'cloudpam_session';
const LOGIN = 'cloudpam_login';
/** Of all cookies the only one that the page reads. */
const REFUSED = 'cloudpam_refused';
const REFUSED_SECONDS = 300;

/**
 * The cookies: the session, a login under way, and the name of who was refused. Script cannot read
 * the first two, other sites cannot make a browser send them with a write, and over HTTPS the
 * prefix `__Host-` keeps them from being set by another host of the domain.
 */
@Injectable()
export class SessionCookies {
  constructor(private readonly address: PublicAddress) {}

  session(request: FastifyRequest): string | undefined {
    return this.get(request, SESSION);
  }

  setSession(request: FastifyRequest, reply: FastifyReply, secret: string, seconds: number): void {
    this.set(request, reply, SESSION, secret, seconds);
  }

  clearSession(request: FastifyRequest, reply: FastifyReply): void {
    this.set(request, reply, SESSION, '', 0);
  }

  /**
   * The secret of the login with this state. Each login has a cookie of its own: two tabs do not
   * disturb each other.
   */
  login(request: FastifyRequest, state: string): string | undefined {
    return this.get(request, loginName(state));
  }

  setLogin(
    request: FastifyRequest,
    reply: FastifyReply,
    state: string,
    secret: string,
    seconds: number,
  ): void {
    this.set(request, reply, loginName(state), secret, seconds);
  }

  clearLogin(request: FastifyRequest, reply: FastifyReply, state: string): void {
    this.set(request, reply, loginName(state), '', 0);
  }

  /**
   * As whom someone was refused, for the login page alone to say: in its address anybody could
   * write it.
   */
  setRefusedPerson(request: FastifyRequest, reply: FastifyReply, name: string): void {
    void reply.setCookie(REFUSED, name.toWellFormed(), {
      path: '/login',
      maxAge: REFUSED_SECONDS,
      sameSite: 'lax',
      secure: this.address.isHttps(request),
    });
  }

  private get(request: FastifyRequest, name: string): string | undefined {
    return request.cookies[this.name(request, name)];
  }

  private set(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    value: string,
    maxAge: number,
  ): void {
    void reply.setCookie(this.name(request, name), value, {
      path: '/',
      maxAge,
      httpOnly: true,
      sameSite: 'lax',
      secure: this.address.isHttps(request),
    });
  }

  private name(request: FastifyRequest, name: string): string {
    return this.address.isHttps(request) ? `__Host-${name}` : name;
  }
}

function loginName(state: string): string {
  return `${LOGIN}_${state.slice(0, 8)}`;
}
