import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { register } from 'prom-client';
import { Requires } from '../http/access-guard';
import { Described, object, oneOf, type Schema } from '../http/schema';
import { STORAGE, type Storage } from '../storage';

const STATUS: Schema = object({ status: oneOf(['ok', 'ready', 'read_only']) });

/** What an orchestrator and a scraper ask. */
@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get('healthz')
  @Requires('public')
  @Described({ answer: STATUS })
  live(): unknown {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Requires('public')
  @Described({ answer: STATUS })
  /**
   * Ready to answer; `read_only` where nothing can be written, because the disk is full or the
   * database takes no writes.
   */
  async ready(): Promise<unknown> {
    return { status: await this.storage.ping() };
  }

  @Get('metrics')
  @ApiProduces('text/plain')
  @Header('content-type', register.contentType)
  @Requires('metrics:read')
  @Described({ answer: { type: 'string' } })
  metrics(): Promise<string> {
    return register.metrics();
  }
}
