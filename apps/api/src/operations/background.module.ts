import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ProviderWarnings } from '../access/provider-warnings';
import { Analysing } from '../analysis/analysing';
import { AuditModule } from '../audit/audit.module';
import { Forwarding } from '../audit/forward/forwarding';
import { EventSinks } from '../audit/sinks/event-sinks';
import { Sealing } from '../audit/sealing';
import { EstateCounting } from '../dashboard/estate-counting';
import { Digesting } from '../digests/digesting';
import { DigestsModule } from '../digests/digests.module';
import { FindingTelling } from '../discovery/finding-telling';
import { DiscoveryModule } from '../discovery/discovery.module';
import { SnapshotWatch } from '../discovery/snapshot-watch';
import { UsageCounting } from '../forecasts/usage-counting';
import { PoolsModule } from '../pools/pools.module';
import { Delivering } from '../webhooks/delivering';
import { WebhooksModule } from '../webhooks/webhooks.module';
import { Housekeeping } from './housekeeping';

/**
 * What a server does beside answering requests, in one of its processes. Each begins when the
 * application has started; before the last requests are answered end those that would only delay
 * them, and after that what has to see all that was written: sealing, forwarding and counting.
 */
@Module({
  imports: [AccessModule, AuditModule, DiscoveryModule, PoolsModule, WebhooksModule, DigestsModule],
  providers: [
    EstateCounting,
    EventSinks,
    Analysing,
    FindingTelling,
    Delivering,
    Digesting,
    Forwarding,
    Housekeeping,
    ProviderWarnings,
    Sealing,
    SnapshotWatch,
    UsageCounting,
  ],
})
export class BackgroundModule {}
