import { RECORDS, type RecordsList } from '@cloudpam/pools';
import type { Role } from './token';

/** Who may do what with the records beside the pool tree, those of each kind alike. */
function recordPermissions() {
  const roles = { read: ['viewer', 'editor', 'admin'], write: ['editor', 'admin'] } as const;
  const table = Object.values(RECORDS).flatMap(({ list }) =>
    Object.entries(roles).map(([action, who]) => [`${list}:${action}`, who]),
  );
  return Object.fromEntries(table) as {
    readonly [P in `${RecordsList}:read`]: typeof roles.read;
  } & { readonly [P in `${RecordsList}:write`]: typeof roles.write };
}

/** Who may do what: the one table. A route declares one of these permissions. */
export const PERMISSIONS = {
  'pools:read': ['viewer', 'editor', 'admin'],
  'pools:write': ['editor', 'admin'],
  'quarantine:release': ['admin'],
  ...recordPermissions(),
  'discovery:read': ['viewer', 'editor', 'admin'],
  'discovery:decide': ['editor', 'admin'],
  'discovery:post': ['collector', 'admin'],
  'audit:read': ['viewer', 'editor', 'admin'],
  'export:read': ['viewer', 'editor', 'admin'],
  'import:read': ['viewer', 'editor', 'admin'],
  'import:write': ['editor', 'admin'],
  'tokens:manage': ['admin'],
  'users:manage': ['admin'],
  'webhooks:manage': ['admin'],
  'digests:manage': ['admin'],
  'metrics:read': ['viewer', 'editor', 'admin'],
  'self:read': ['viewer', 'editor', 'admin', 'collector'],
} as const satisfies Record<string, readonly Role[]>;

/** `area:action`, a key of `PERMISSIONS`. */
export type Permission = keyof typeof PERMISSIONS;

/** Whether a person or token may use a permission; a read-only token never writes. */
export function allows(
  who: { readonly role: Role; readonly readOnly: boolean },
  permission: Permission,
): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(who.role) && !(who.readOnly && !permission.endsWith(':read'));
}

/** All permissions of a person or token, for its owner to see. */
export function permissionsOf(who: {
  readonly role: Role;
  readonly readOnly: boolean;
}): Permission[] {
  // The keys of the table are its type.
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => allows(who, permission));
}
