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
    const secure = this.address.isHttps(request) ? '; Secure' : '';
    void reply.header(
      'set-cookie',
      `${REFUSED}=${encodeURIComponent(name.toWellFormed())}; Path=/login; Max-Age=${REFUSED_SECONDS}; SameSite=Lax${secure}`,
    );
  }

  /** Values are of a-z and 2-7: nothing in them is ever quoted or encoded. */
  private get(request: FastifyRequest, name: string): string | undefined {
    const start = `${this.name(request, name)}=`;
    return request.headers.cookie
      ?.split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(start))
      ?.slice(start.length);
  }

  private set(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    value: string,
    maxAge: number,
  ): void {
    const secure = this.address.isHttps(request) ? '; Secure' : '';
    // Fastify's reply keeps earlier values of this header and adds to them.
    void reply.header(
      'set-cookie',
      `${this.name(request, name)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`,
    );
  }

  private name(request: FastifyRequest, name: string): string {
    return this.address.isHttps(request) ? `__Host-${name}` : name;
  }
}

function loginName(state: string): string {
  return `${LOGIN}_${state.slice(0, 8)}`;
}
