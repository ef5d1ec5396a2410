import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config';
import { TrustedProxies } from '../config/trusted-proxies';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * Under which address people use this server: `PUBLIC_URL`, or else what a request itself may be
 * believed about that.
 */
@Injectable()
export class PublicAddress {
  private readonly proxies: TrustedProxies;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl' | 'trustedProxies'>,
  ) {
    this.proxies = new TrustedProxies(config.trustedProxies);
  }

  /**
   * As `https://pam.example`; undefined when the host is only a claim of the client. Where others
   * send people back to comes from here.
   */
  of(request: FastifyRequest): string | undefined {
    if (this.config.publicUrl !== undefined) return this.config.publicUrl;
    const told =
      this.proxies.sent(request.raw) && request.headers['x-forwarded-host'] !== undefined;
    return told || LOOPBACK.test(request.host) ? this.asked(request) : undefined;
  }

  /** What a browser that shows our page calls its origin: only to compare with. */
  originOf(request: FastifyRequest): string {
    return this.of(request) ?? this.asked(request);
  }

  isHttps(request: FastifyRequest): boolean {
    return this.originOf(request).startsWith('https:');
  }

  private asked(request: FastifyRequest): string {
    return `${request.protocol === 'https' ? 'https' : 'http'}://${request.host}`;
  }
}
