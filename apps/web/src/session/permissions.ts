import type { Schemas } from '@cloudpam/api-client';
import { isLimited } from '../limits/limits-text';

/** Refused to who is limited to a part of the estate: they change pools, and no records beside them. */
function isAboutTheServer(permission: Schemas['Permission']): boolean {
  return permission.endsWith(':write') && permission !== 'pools:write';
}

/**
 * Why the caller may not do it, as a sentence for a disabled action; undefined when allowed. It
 * only keeps people from running into a 403: the server decides.
 */
export function refusal(
  me: Schemas['Me'] | undefined,
  permission: Schemas['Permission'],
): string | undefined {
  if (!me) return 'Your permissions are still loading.';
  if (isLimited(me) && isAboutTheServer(permission))
    return 'You are limited to some accounts or pools, and this is about the whole server.';
  if (me.permissions.includes(permission)) return undefined;
  if (me.read_only && !permission.endsWith(':read')) return 'Your token is read-only.';
  return `Your role is ${me.role}, which may not do this (${permission}).`;
}
