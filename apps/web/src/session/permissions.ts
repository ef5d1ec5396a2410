import type { Me } from '../api/wire-access';

/** What a person may want to do on a screen. */
export type Deed = 'edit_pools' | 'edit_records' | 'decide_findings' | 'manage_tokens' | 'read_audit';

const ROLES_OF_DEED = {
  edit_pools: ['editor', 'admin'],
  edit_records: ['editor', 'admin'],
  decide_findings: ['editor', 'admin'],
  manage_tokens: ['admin'],
  read_audit: ['viewer', 'editor', 'admin'],
} as const satisfies Record<Deed, readonly Me['role'][]>;

/**
 * Why the caller may not do it, as a sentence for a disabled action; undefined when allowed. The server decides by its
 * own table; this one only keeps people from running into a 403.
 */
export function refusal(me: Me | undefined, deed: Deed): string | undefined {
  if (!me) return 'Your permissions are still loading.';
  const roles: readonly string[] = ROLES_OF_DEED[deed];
  if (!roles.includes(me.role)) return `Your role is ${me.role}; this needs ${roles[0] ?? 'more'}.`;
  if (me.read_only && deed !== 'read_audit') return 'Your token is read-only.';
  return undefined;
}
