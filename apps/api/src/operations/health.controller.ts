import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { register } from 'prom-client';
import { PARENT } from '../workers/worker';
import { ESTATE } from './observe-discovery';
import { Requires } from '../http/access-guard';
import { Operation } from '../http/operation';
import { STORAGE, type Storage } from '../storage/storage';
import { HealthDto } from './dto/health.dto';

/** What an orchestrator and a scraper ask. */
@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get('healthz')
  @Requires('public')
  @Operation({
    id: 'getHealth',
    summary: 'Ask whether the server runs',
    description: 'Answers while the process runs, whatever the database does.',
    answer: HealthDto,
  })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Requires('public')
  @Operation({
    id: 'getReadiness',
    summary: 'Ask whether the server can answer',
    description:
      'Asks the database. `read_only` where nothing can be written, because the disk is full or ' +
      'the database takes no writes.',
    answer: HealthDto,
    problems: ['database_unavailable'],
  })
  async ready(): Promise<HealthDto> {
    return { status: await this.storage.ping() };
  }

  @Get('metrics')
  @ApiProduces('text/plain')
  @Header('content-type', register.contentType)
  @Requires('metrics:read')
  @Operation({
    id: 'getMetrics',
    summary: 'Get the metrics',
    description:
      'Gives the metrics of this server as Prometheus scrapes them: of several workers together.',
    answer: String,
  })
  async metrics(): Promise<string> {
    const ofRequests = PARENT ? PARENT.ask('metrics', null) : register.metrics();
    return (await Promise.all([ofRequests, ESTATE.metrics()])).join('');
  }
}
