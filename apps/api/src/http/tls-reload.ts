import type { Server } from 'node:https';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { say } from '../background/lines';
import { CONFIG, type Config } from '../config/config';
import { watchTls } from './tls';

/** Takes renewed certificates, where the server speaks TLS. */
@Injectable()
export class TlsReload implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private end: (() => void) | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.tls) return;
    const server = this.host.httpAdapter.getHttpServer() as Server; // with TLS it is one of node:https
    this.end = watchTls(server, this.config.tls, say);
  }

  beforeApplicationShutdown(): void {
    this.end?.();
  }
}
