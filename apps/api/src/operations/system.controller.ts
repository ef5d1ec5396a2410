import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/config';
import { COMMIT, VERSION } from '../config/version';
import { Requires } from '../http/access-guard';
import { Operation } from '../http/operation';
import { Context, RequestContext } from '../http/request-context';
import { DATABASES, SystemDto } from './dto/system.dto';

/** What runs here. */
@ApiTags('operations')
@Controller('api/v1/system')
export class SystemController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @Requires('self:read', 'within limits')
  @Operation({
    id: 'getSystem',
    summary: 'Get what runs',
    description: 'Gives version and commit of the server, and what it runs on.',
    answer: SystemDto,
  })
  get(@Context() _: RequestContext): SystemDto {
    const { databaseUrl } = this.config;
    return {
      version: VERSION,
      commit: COMMIT,
      node: process.versions.node,
      database: DATABASES.find((each) => databaseUrl.startsWith(each)) ?? 'postgres',
    };
  }
}
