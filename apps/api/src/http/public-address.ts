import { compile } from '@fastify/proxy-addr';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * Under which address people use this server: `PUBLIC_URL`, or else what a request itself may be
 * believed about that.
 */
@Injectable()
export class PublicAddress {
  /** Whether the address is a proxy's, whose word about the request is believed. */
  private readonly isProxy: (address: string, hop: number) => boolean;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl' | 'trustedProxies'>,
  ) {
    this.isProxy = compile([...config.trustedProxies]);
  }

  /**
   * As `https://pam.example`; undefined when the host is only a claim of the client. Where others
   * send people back to comes from here.
   */
  of(request: FastifyRequest): string | undefined {
    if (this.config.publicUrl !== undefined) return this.config.publicUrl;
    const told =
      request.headers['x-forwarded-host'] !== undefined &&
      this.isProxy(request.socket.remoteAddress ?? '', 0);
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
