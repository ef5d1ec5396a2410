import type { TLSSocket } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import {
  AccessError,
  allows,
  isLimited,
  principalOfToken,
  type Principal,
  type Token,
} from '@cloudpam/identity';
import type { FastifyInstance } from 'fastify';
import { NODE_SECRETS } from './node-secrets';
import { Passports, type Caller } from './passports';
import { CONFIG, type Config } from '../config/config';
import { accessScopeOf } from '../limits/access-scope-of';
import { STORAGE, type Storage } from '../storage/storage';
import type { Requirement } from '../http/access-guard';
import { PublicAddress } from '../http/public-address';
import type { AuthenticatedRequest } from '../http/request-context';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** What is known of a request that was let in. */
type Admitted = Pick<AuthenticatedRequest, 'principal' | 'session' | 'accessScope'>;

/**
 * Who comes in: a bearer token or a session that has the route's permission, or 401 and 403, before
 * a byte of the body is read. Of a request with both the token counts. A write by session must come
 * from our own page.
 */
@Injectable()
export class Admission {
  constructor(
    private readonly passports: Passports,
    private readonly address: PublicAddress,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  /**
   * Puts admission before the reading of every body. After the limits on requests for each address,
   * which are hooks on the request.
   */
  guard(server: FastifyInstance): void {
    server.addHook('preParsing', (request, _reply, payload, done) => {
      const requirement = requirementOf(request);
      if (!requirement) return done(null, payload);
      const refuse = (error: unknown): void => done(error as Error); // use cases and strategies give errors
      this.passports.authenticate(request, (error, caller) => {
        if (!caller) return refuse(error);
        const enter = (admitted: Admitted): void => {
          Object.assign(request, admitted);
          done(null, payload);
        };
        try {
          const admitted = this.admit(request, caller, requirement);
          if (admitted instanceof Promise) admitted.then(enter, refuse);
          else enter(admitted);
        } catch (reason) {
          refuse(reason);
        }
      });
    });
  }

  /**
   * Whether who asked would be let in now as they were then, and would see the same: for answers
   * that take long. It keeps no session alive. Where that cannot be found out, it is taken to be so.
   */
  async stillAdmits(request: AuthenticatedRequest): Promise<boolean> {
    const requirement = requirementOf(request);
    if (!requirement) return true;
    try {
      const caller = await new Promise<Caller>((resolve, reject) => {
        this.passports.authenticate(
          request,
          // Strategies give errors.
          (error, found) => (found ? resolve(found) : reject(error as Error)),
          false,
        );
      });
      const { principal, accessScope } = await this.admit(request, caller, requirement);
      return isDeepStrictEqual(
        { principal, accessScope },
        { principal: request.principal, accessScope: request.accessScope },
      );
    } catch (error) {
      return !(error instanceof AccessError);
    }
  }

  /**
   * @throws AccessError `forbidden`, `csrf_refused`, `client_certificate_required`; now, or in the
   * promise
   */
  private admit(
    request: AuthenticatedRequest,
    caller: Caller,
    requirement: Requirement,
  ): Admitted | Promise<Admitted> {
    if ('token' in caller) {
      this.checkCertificate(request, caller.token);
      return this.permit({ principal: principalOfToken(caller.token) }, requirement);
    }
    if (!SAFE_METHODS.includes(request.method)) this.checkOwnPage(request, caller.session.csrf);
    const { session } = caller;
    return this.permit({ principal: session.principal, session }, requirement);
  }

  /**
   * @throws AccessError `forbidden` without the permission, or with limits where the route is about
   * the whole server
   */
  private permit(
    known: Admitted & { readonly principal: Principal },
    { permission, withinLimits }: Requirement,
  ): Admitted | Promise<Admitted> {
    const { principal } = known;
    if (permission === 'public' || !allows(principal, permission)) {
      const who =
        principal.actor.type === 'user'
          ? `a user of the role ${principal.role}`
          : `a ${principal.readOnly ? 'read-only ' : ''}${principal.role} token`;
      throw new AccessError(
        'forbidden',
        `This needs the permission ${permission}, which ${who} does not have.`,
      );
    }
    // What a collector posts is held against the accounts of its token where it is read.
    if (!isLimited(principal) || permission === 'discovery:post') return known;
    if (!withinLimits)
      throw new AccessError(
        'forbidden',
        'This is about the whole server, and you are limited to some accounts or pools.',
      );
    return accessScopeOf(this.storage, principal).then((accessScope) => ({
      ...known,
      accessScope,
    }));
  }

  /**
   * @throws AccessError `client_certificate_required` for a collector without one, where they are
   * asked for
   */
  private checkCertificate(request: AuthenticatedRequest, token: Token): void {
    if (
      this.config.tls?.clientCa === undefined ||
      token.role !== 'collector' ||
      (request.raw.socket as TLSSocket).authorized
    )
      return; // the server speaks TLS only
    throw new AccessError(
      'client_certificate_required',
      'Collectors show a client certificate here, signed by the CA of this server: --tls-cert and --tls-key.',
    );
  }

  /**
   * @throws AccessError `csrf_refused` unless the write comes from our own page, which knows the
   * session's CSRF token
   */
  private checkOwnPage(request: AuthenticatedRequest, csrf: string): void {
    const { headers } = request;
    const isOwn =
      headers.origin === undefined
        ? headers['sec-fetch-site'] === 'same-origin'
        : headers.origin === this.address.originOf(request);
    const given = headers['x-cloudpam-csrf'];
    if (
      isOwn &&
      typeof given === 'string' &&
      NODE_SECRETS.equal(NODE_SECRETS.hash(given), NODE_SECRETS.hash(csrf))
    )
      return;
    throw new AccessError(
      'csrf_refused',
      isOwn
        ? 'A write with a session needs the header X-CloudPAM-CSRF with the csrf_token that GET /api/v1/me gives.'
        : 'This write does not come from the page of this server. If it does, PUBLIC_URL or ' +
            'TRUSTED_PROXIES is not set right.',
    );
  }
}

/** What `Requires` has put there; undefined for a route that answers anyone. */
function requirementOf({ routeOptions }: AuthenticatedRequest): Requirement | undefined {
  const { requirement } = routeOptions.config as { requirement?: Requirement };
  return requirement?.permission === 'public' ? undefined : requirement;
}
