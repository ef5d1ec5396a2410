export { ROLES, type Role, type Token, type TokenStore } from './token';
export { allows, PERMISSIONS, permissionsOf, type Permission } from './permissions';
export { AccessError, type AccessErrorCode } from './access-error';
export type { IdentityStores, IdentityUnitOfWork, Secrets } from './identity-stores';
export { Authenticate } from './authenticate';
export { BootstrapToken, IssueToken, RevokeToken, RotateToken, type NewToken } from './manage-tokens';
export { readTokenText, tokenText } from './token-text';
