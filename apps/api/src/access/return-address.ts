import { Injectable } from '@nestjs/common';
import { AccessError } from '@cloudpam/identity';
import type { FastifyRequest } from 'fastify';
import { PublicAddress } from '../http/public-address';

export const CALLBACK_PATH = '/api/v1/auth/oidc/callback';
export const AFTER_LOGOUT_PATH = '/login';

/** Where providers send people back to. */
@Injectable()
export class ReturnAddress {
  constructor(private readonly address: PublicAddress) {}

  /**
   * @throws AccessError `public_url_needed`: a host that only the client claims is no place to send
   * a login to
   */
  callback(request: FastifyRequest): string {
    const home = this.address.of(request);
    if (home === undefined)
      throw new AccessError(
        'public_url_needed',
        'The server does not know under which address people use it. Its PUBLIC_URL must be set.',
      );
    return `${home}${CALLBACK_PATH}`;
  }

  /** Undefined where {@link callback} throws. */
  afterLogout(request: FastifyRequest): string | undefined {
    const home = this.address.of(request);
    return home === undefined ? undefined : `${home}${AFTER_LOGOUT_PATH}`;
  }
}
