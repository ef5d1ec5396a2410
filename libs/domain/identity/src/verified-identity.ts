import { LoginRefused, type LoginFacts } from './access-error';
import { roleOf, type RoleMap } from './role-map';
import type { User, UserRole } from './user';

const MOST_KEPT_GROUPS = 1_000;
const MOST_TOLD_GROUPS = 50;
const LONGEST_TOLD_GROUP = 200;

/** Who a provider says someone is; verified before it comes here. */
export interface VerifiedIdentity {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
  /** Name of the claim that the groups come from. */
  readonly claim: string;
  /**
   * Why there are no groups: the claim is not there, or counts for nothing. Null when it is there.
   */
  readonly claimFault: string | null;
  readonly idToken: string | null;
  /** Name of the session at the provider, where it says one. */
  readonly sid: string | null;
  /** Whom to name when the provider is asked to end its session. */
  readonly logoutHint: string | null;
  readonly refreshToken: string | null;
}

/** The groups that are stored and shown: all that have a role, then others, 1,000 at most. */
export function keptGroups(groups: readonly string[], map: RoleMap): readonly string[] {
  if (groups.length <= MOST_KEPT_GROUPS) return groups;
  const mapped = new Set(map.map(({ group }) => group));
  return [
    ...groups.filter((group) => mapped.has(group)),
    ...groups.filter((group) => !mapped.has(group)),
  ].slice(0, MOST_KEPT_GROUPS);
}

/** The role that someone has now: the one set by hand, or else the one that their groups give. */
export function roleNow(
  known: User | undefined,
  identity: VerifiedIdentity,
  map: RoleMap,
): UserRole | undefined {
  return known?.rolePinned ? known.role : roleOf(identity.groups, map);
}

/** Why someone has no role, for them and for the operator. */
export function withoutRole(identity: VerifiedIdentity, map: RoleMap): LoginRefused {
  const what =
    identity.claimFault === null
      ? 'none of your groups has a role here'
      : 'it does not say which groups you are in';
  return new LoginRefused(
    'no_role',
    `${identity.provider} knows you, but ${what}. Ask an admin to map one of your groups, ` +
      'or to add you to one that is mapped.',
    roleFacts(identity, map),
    identity.name,
    true,
  );
}

function roleFacts(
  { issuer, subject, claim, claimFault, groups }: VerifiedIdentity,
  map: RoleMap,
): LoginFacts {
  return {
    issuer,
    subject,
    claim,
    ...(claimFault === null ? {} : { claim_fault: claimFault }),
    groups: groups
      .slice(0, MOST_TOLD_GROUPS)
      .map((group) => group.slice(0, LONGEST_TOLD_GROUP).toWellFormed()),
    group_count: groups.length,
    mapped_groups: map.slice(0, MOST_TOLD_GROUPS).map(({ group }) => group),
  };
}
