import { Module } from '@nestjs/common';
import {
  Authenticate,
  AuthenticateSession,
  BootstrapToken,
  ChangeUser,
  EndAtProvider,
  EndSessions,
  IssueToken,
  LimitLogins,
  LogIn,
  LogOut,
  NoteRefusedLogin,
  RecheckSession,
  RevokeToken,
  RotateToken,
  StartLogin,
  TakeLogin,
} from '@cloudpam/identity';
import { CONFIG, type Config } from '../config/config';
import { STORAGE, type Storage } from '../storage/storage';
import { useCase, useCases } from '../storage/use-case';
import { Admission } from './admission';
import { BearerStrategy } from './bearer-strategy';
import { FormerSession } from './former-session';
import { LoginController } from './login.controller';
import { LoginRefusals } from './login-refusals';
import { LogoutController } from './logout.controller';
import { NODE_SECRETS } from './node-secrets';
import { OidcClients } from './oidc-clients';
import { Passports } from './passports';
import { ReturnAddress } from './return-address';
import { SessionCookies } from './session-cookies';
import { SessionStrategy } from './session-strategy';
import { TokensController } from './tokens.controller';
import { UsersController } from './users.controller';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Who asks and who may: tokens, users, logins and sessions. */
@Module({
  controllers: [TokensController, LoginController, LogoutController, UsersController],
  providers: [
    Admission,
    BearerStrategy,
    FormerSession,
    LoginRefusals,
    OidcClients,
    Passports,
    ReturnAddress,
    SessionCookies,
    SessionStrategy,
    ...useCases(RevokeToken, LogOut, NoteRefusedLogin, ChangeUser, EndSessions),
    useCase(Authenticate, (work) => new Authenticate(work, NODE_SECRETS, performance)),
    useCase(BootstrapToken, (work) => new BootstrapToken(work, NODE_SECRETS)),
    useCase(IssueToken, (work) => new IssueToken(work, NODE_SECRETS)),
    useCase(RotateToken, (work) => new RotateToken(work, NODE_SECRETS)),
    useCase(StartLogin, (work) => new StartLogin(work, NODE_SECRETS)),
    useCase(TakeLogin, (work) => new TakeLogin(work, NODE_SECRETS)),
    useCase(
      LogIn,
      (work, { sessionHours }) => new LogIn(work, NODE_SECRETS, sessionHours * HOUR_MS),
    ),
    useCase(LimitLogins, (work) => new LimitLogins(work, NODE_SECRETS, performance)),
    useCase(EndAtProvider, (work) => new EndAtProvider(work, NODE_SECRETS)),
    {
      provide: RecheckSession,
      inject: [STORAGE, CONFIG, OidcClients],
      useFactory: ({ unitOfWork }: Storage, config: Config, clients: OidcClients) =>
        new RecheckSession(
          unitOfWork,
          NODE_SECRETS,
          clients,
          config.sessionRecheckMinutes * MINUTE_MS,
        ),
    },
    {
      provide: AuthenticateSession,
      inject: [STORAGE, CONFIG, RecheckSession],
      useFactory: ({ unitOfWork }: Storage, config: Config, recheck: RecheckSession) =>
        new AuthenticateSession(
          unitOfWork,
          NODE_SECRETS,
          config.sessionIdleMinutes * MINUTE_MS,
          performance,
          recheck,
        ),
    },
  ],
  exports: [Admission, OidcClients],
})
export class AccessModule {}
