import { Module } from '@nestjs/common';
import {
  ApplySnapshot,
  CancelJob,
  ClaimJob,
  DecideResources,
  EndDismissals,
  FinishJob,
  IsolateNetwork,
  NoteHeartbeat,
  ReleaseAddresses,
  ReleaseOrphans,
  ReportProgress,
  RequestDiscovery,
  ScheduleDiscoveries,
} from '@cloudpam/reconciliation';
import { useCase, useCases } from '../storage/use-case';
import { AgentsController } from './agents.controller';
import { DecisionsController } from './decisions.controller';
import { ImportSnapshots } from './import-snapshots';
import { InventoryController } from './inventory.controller';
import { JobsController } from './jobs.controller';
import { SnapshotsController } from './snapshots.controller';
import { WAITING_BYTES } from './waiting-bytes';

/** What collectors find in the clouds, and what becomes of it. */
@Module({
  controllers: [
    SnapshotsController,
    InventoryController,
    DecisionsController,
    JobsController,
    AgentsController,
  ],
  providers: [
    ImportSnapshots,
    useCase(
      ApplySnapshot,
      (work, { discoveryPolicy }) => new ApplySnapshot(work, discoveryPolicy, WAITING_BYTES),
    ),
    useCase(
      IsolateNetwork,
      (work, { discoveryPolicy }) => new IsolateNetwork(work, discoveryPolicy),
    ),
    ...useCases(
      DecideResources,
      EndDismissals,
      ReleaseAddresses,
      ReleaseOrphans,
      RequestDiscovery,
      CancelJob,
      NoteHeartbeat,
      ScheduleDiscoveries,
      ClaimJob,
      ReportProgress,
      FinishJob,
    ),
  ],
  exports: [EndDismissals, ImportSnapshots, ReleaseAddresses, ReleaseOrphans],
})
export class DiscoveryModule {}
