import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import {
  Authenticate,
  AuthenticateSession,
  BootstrapToken,
  ChangeUser,
  EndAtProvider,
  EndSessions,
  IssueToken,
  LogIn,
  LogOut,
  NoteRefusedLogin,
  RecheckSession,
  RevokeToken,
  RotateToken,
  StartLogin,
  TakeLogin,
} from '@cloudpam/identity';
import {
  AllocateSubnet,
  CreatePools,
  DeletePool,
  MergePools,
  MoveTree,
  SplitPool,
  UpdatePool,
} from '@cloudpam/pools';
import {
  ApplySnapshot,
  CancelJob,
  ClaimJob,
  DecideResources,
  FinishJob,
  IsolateNetwork,
  NoteHeartbeat,
  ReportProgress,
  RequestDiscovery,
  ScheduleDiscoveries,
} from '@cloudpam/reconciliation';
import { BearerStrategy } from './access/bearer-strategy';
import { FormerSession } from './access/former-session';
import { LoginController } from './access/login.controller';
import { LoginRefusals } from './access/login-refusals';
import { LogoutController } from './access/logout.controller';
import { NODE_SECRETS } from './access/node-secrets';
import { OidcClients } from './access/oidc-clients';
import { Passports } from './access/passports';
import { ReturnAddress } from './access/return-address';
import { SessionCookies } from './access/session-cookies';
import { SessionStrategy } from './access/session-strategy';
import { TokensController } from './access/tokens.controller';
import { AuditController } from './audit/audit.controller';
import { UsersController } from './access/users.controller';
import { CONFIG, type Config } from './config/config';
import { WAITING_BYTES } from './discovery/waiting-bytes';
import { AgentsController } from './discovery/agents.controller';
import { DecisionsController } from './discovery/decisions.controller';
import { InventoryController } from './discovery/inventory.controller';
import { JobsController } from './discovery/jobs.controller';
import { SnapshotsController } from './discovery/snapshots.controller';
import { AccessGuard } from './http/access-guard';
import { AllowedMethods } from './http/allowed-methods';
import { Admission } from './access/admission';
import { NoExtras } from './http/no-extras';
import { ProblemFilter } from './http/problem-filter';
import { RequestValidation } from './http/request-validation';
import { ExportTurns } from './http/turns';
import { PublicAddress } from './http/public-address';
import { ExportController } from './operations/export.controller';
import { HealthController } from './operations/health.controller';
import { AllocationsController } from './pools/allocations.controller';
import { PoolsController } from './pools/pools.controller';
import { AccountsController } from './records/accounts.controller';
import { VlansController } from './records/vlans.controller';
import { RegionsController } from './records/regions.controller';
import { VrfsController } from './records/vrfs.controller';
import { SearchController } from './search/search.controller';
import { STORAGE, type Storage } from './storage/storage';

const CONTROLLERS = [
  PoolsController,
  AllocationsController,
  AccountsController,
  RegionsController,
  VrfsController,
  VlansController,
  SnapshotsController,
  InventoryController,
  DecisionsController,
  JobsController,
  AgentsController,
  SearchController,
  AuditController,
  ExportController,
  TokensController,
  LoginController,
  LogoutController,
  UsersController,
  HealthController,
];

type Work = Storage['unitOfWork'];

/** The composition root: use cases over one storage. */
@Module({})
export class AppModule {
  /** @param open without the guard: for measuring what it costs */
  static over(storage: Storage, config: Config, open = false): DynamicModule {
    const useCase = <T>(
      provide: new (...args: never[]) => T,
      make: (work: Work) => T,
    ): Provider => ({ provide, useFactory: () => make(storage.unitOfWork) });
    return {
      module: AppModule,
      controllers: CONTROLLERS,
      providers: [
        { provide: STORAGE, useValue: storage },
        { provide: CONFIG, useValue: config },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: RequestValidation },
        ...(open ? [] : [{ provide: APP_GUARD, useClass: AccessGuard }]),
        { provide: APP_GUARD, useClass: NoExtras },
        BearerStrategy,
        SessionStrategy,
        Passports,
        Admission,
        AllowedMethods,
        ExportTurns,
        PublicAddress,
        SessionCookies,
        OidcClients,
        FormerSession,
        LoginRefusals,
        ReturnAddress,
        useCase(CreatePools, (work) => new CreatePools(work)),
        useCase(UpdatePool, (work) => new UpdatePool(work)),
        useCase(DeletePool, (work) => new DeletePool(work)),
        useCase(MoveTree, (work) => new MoveTree(work)),
        useCase(AllocateSubnet, (work) => new AllocateSubnet(work)),
        useCase(SplitPool, (work) => new SplitPool(work)),
        useCase(MergePools, (work) => new MergePools(work)),
        useCase(
          ApplySnapshot,
          (work) => new ApplySnapshot(work, config.discoveryPolicy, WAITING_BYTES),
        ),
        useCase(DecideResources, (work) => new DecideResources(work)),
        useCase(IsolateNetwork, (work) => new IsolateNetwork(work, config.discoveryPolicy)),
        useCase(RequestDiscovery, (work) => new RequestDiscovery(work)),
        useCase(CancelJob, (work) => new CancelJob(work)),
        useCase(NoteHeartbeat, (work) => new NoteHeartbeat(work)),
        useCase(ScheduleDiscoveries, (work) => new ScheduleDiscoveries(work)),
        useCase(ClaimJob, (work) => new ClaimJob(work)),
        useCase(ReportProgress, (work) => new ReportProgress(work)),
        useCase(FinishJob, (work) => new FinishJob(work)),
        useCase(Authenticate, (work) => new Authenticate(work, NODE_SECRETS, performance)),
        useCase(IssueToken, (work) => new IssueToken(work, NODE_SECRETS)),
        useCase(RotateToken, (work) => new RotateToken(work, NODE_SECRETS)),
        useCase(RevokeToken, (work) => new RevokeToken(work)),
        useCase(StartLogin, (work) => new StartLogin(work, NODE_SECRETS)),
        useCase(TakeLogin, (work) => new TakeLogin(work, NODE_SECRETS)),
        useCase(LogIn, (work) => new LogIn(work, NODE_SECRETS, config.sessionHours * 3_600_000)),
        useCase(LogOut, (work) => new LogOut(work)),
        useCase(EndAtProvider, (work) => new EndAtProvider(work, NODE_SECRETS)),
        useCase(NoteRefusedLogin, (work) => new NoteRefusedLogin(work)),
        {
          provide: AuthenticateSession,
          inject: [OidcClients],
          useFactory: (clients: OidcClients) =>
            new AuthenticateSession(
              storage.unitOfWork,
              NODE_SECRETS,
              config.sessionIdleMinutes * 60_000,
              performance,
              new RecheckSession(
                storage.unitOfWork,
                NODE_SECRETS,
                clients,
                config.sessionRecheckMinutes * 60_000,
              ),
            ),
        },
        useCase(ChangeUser, (work) => new ChangeUser(work)),
        useCase(EndSessions, (work) => new EndSessions(work)),
        useCase(BootstrapToken, (work) => new BootstrapToken(work, NODE_SECRETS)),
      ],
    };
  }
}
