export {
  isLimited,
  isLive,
  ROLES,
  type Limits,
  type Role,
  type Token,
  type NameFilter,
  type TokenStore,
} from './token';
export { allows, PERMISSIONS, permissionsOf, type Permission } from './permissions';
export { AccessError, LoginRefused, type AccessErrorCode, type LoginFacts } from './access-error';
export type { IdentityStores, IdentityUnitOfWork, Secrets } from './identity-stores';
export { Authenticate } from './authenticate';
export type { MonotonicClock } from './short-memory';
export {
  BootstrapToken,
  IssueToken,
  RevokeToken,
  RotateToken,
  type NewToken,
} from './manage-tokens';
export { readTokenText, tokenText } from './token-text';
export { USER_ROLES, type User, type UserRole, type UserStore } from './user';
export type {
  LoginAttempt,
  LoginAttemptStore,
  UserSession,
  UserSessionStore,
} from './user-session';
export { principalOfToken, principalOfUser, type Principal } from './principal';
export { readRoleMap, roleOf, type RoleMap } from './role-map';
export { loginSecrets, StartLogin, TakeLogin, type LoginSecrets } from './login-secrets';
export {
  LimitLogins,
  TooManyAttempts,
  type LoginCount,
  type LoginCountStore,
  type LoginLimit,
} from './limit-logins';
export { LogIn, type LoginPlace } from './log-in';
export type { VerifiedIdentity } from './verified-identity';
export { RecheckSession, type ProviderSessions, type ProviderWord } from './recheck-session';
export { EndAtProvider, type LogoutToken } from './end-at-provider';
export { NoteRefusedLogin } from './note-refused-login';
export { AuthenticateSession, type LiveSession } from './authenticate-session';
export { ChangeUser, EndSessions, LogOut, type UserChange } from './manage-users';
export { IDENTITY_EVENTS } from './identity-events';
export { CLOCK_SKEW_MS, liesAhead } from './lies-ahead';
