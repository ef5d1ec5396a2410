import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { AuditModule } from '../audit/audit.module';
import { EventHub } from './event-hub';
import { EventsController } from './events.controller';
import { OpenStreams } from './open-streams';

/** What happens, told to those who listen. */
@Module({
  imports: [AccessModule, AuditModule],
  controllers: [EventsController],
  providers: [EventHub, OpenStreams],
})
export class EventsModule {}
