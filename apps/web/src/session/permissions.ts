import type { Me } from '../api/wire-access';

/** The permissions of the server that screens ask for; `GET /me` lists those of the caller. */
export type Permission =
  | 'pools:write'
  | 'accounts:write'
  | 'vrfs:write'
  | 'vlans:write'
  | 'discovery:decide'
  | 'audit:read'
  | 'export:read'
  | 'tokens:manage'
  | 'users:manage';

/**
 * Why the caller may not do it, as a sentence for a disabled action; undefined when allowed. It only keeps people from
 * running into a 403: the server decides.
 */
export function refusal(me: Me | undefined, permission: Permission): string | undefined {
  if (!me) return 'Your permissions are still loading.';
  if (me.permissions.includes(permission)) return undefined;
  if (me.read_only && !permission.endsWith(':read')) return 'Your token is read-only.';
  return `Your role is ${me.role}, which may not do this (${permission}).`;
}
