import type { Role } from './token';

/** Who may do what: the one table. A route declares one of these permissions. */
export const PERMISSIONS = {
  'pools:read': ['viewer', 'editor', 'admin'],
  'pools:write': ['editor', 'admin'],
  'accounts:read': ['viewer', 'editor', 'admin'],
  'accounts:write': ['editor', 'admin'],
  'vrfs:read': ['viewer', 'editor', 'admin'],
  'vrfs:write': ['editor', 'admin'],
  'vlans:read': ['viewer', 'editor', 'admin'],
  'vlans:write': ['editor', 'admin'],
  'discovery:read': ['viewer', 'editor', 'admin'],
  'discovery:decide': ['editor', 'admin'],
  'discovery:post': ['collector', 'admin'],
  'audit:read': ['viewer', 'editor', 'admin'],
  'export:read': ['viewer', 'editor', 'admin'],
  'tokens:manage': ['admin'],
  'users:manage': ['admin'],
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
