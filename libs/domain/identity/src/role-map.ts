import { USER_ROLES, type UserRole } from './user';

/** Which group gives which role. The group `*` stands for who is in none of the others. */
export type RoleMap = readonly { readonly group: string; readonly role: UserRole }[];

/**
 * The highest role that the groups give; that of `*` when they give none; undefined when nothing
 * fits.
 */
export function roleOf(groups: readonly string[], map: RoleMap): UserRole | undefined {
  const rolesOf = (fits: (group: string) => boolean): UserRole[] =>
    map.filter(({ group }) => fits(group)).map(({ role }) => role);
  const named = rolesOf((group) => group !== '*' && groups.includes(group));
  const given = named.length > 0 ? named : rolesOf((group) => group === '*');
  return USER_ROLES.findLast((role) => given.includes(role));
}

/**
 * Reads `admins=admin,netops=editor,*=viewer`. A group may hold `=`; a comma in it is written `\,`.
 * @returns the map, or what is wrong with the text
 */
export function readRoleMap(text: string): RoleMap | string {
  const map: { group: string; role: UserRole }[] = [];
  for (const part of text.split(/(?<!\\),/)) {
    const at = part.lastIndexOf('=');
    const group = part.slice(0, Math.max(at, 0)).replaceAll('\\,', ',').trim();
    const role = USER_ROLES.find((each) => each === part.slice(at + 1).trim());
    if (group === '' || !role)
      return `"${part.trim()}" is not GROUP=ROLE with a role of ${USER_ROLES.join(', ')}`;
    map.push({ group, role });
  }
  return map;
}
