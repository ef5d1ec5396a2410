import { isStorableText, storableJson, storableText } from '@cloudpam/audit';
import { AccessError, type VerifiedIdentity } from '@cloudpam/identity';
import type { OidcProvider } from '../config/oidc-settings';

type Claims = { readonly [name: string]: unknown };
type Tokens = { readonly id_token?: string; readonly refresh_token?: string };

const MOST_GROUPS = 10_000;

/**
 * Who verified claims are about. The user info is asked for only when the id token lacks the role
 * claim, e-mail or name. An e-mail address decides about a role only when the provider has verified
 * it. Texts have U+FFFD in place of what no storage can keep.
 * @throws AccessError `invalid_login` for a subject with such characters, who could be taken for
 *   another
 */
export async function identityOf(
  { name: provider, roleClaim }: Pick<OidcProvider, 'name' | 'roleClaim'>,
  claims: Claims & { readonly iss: string; readonly sub: string },
  tokens: Tokens,
  userInfo: () => Promise<Claims>,
): Promise<VerifiedIdentity> {
  if (!isStorableText(claims.sub))
    throw new AccessError('invalid_login', 'The provider names its subject by no valid text.');
  const complete =
    claimAt(claims, roleClaim) !== undefined &&
    text(claims['email']) !== undefined &&
    text(claims['name']) !== undefined;
  const all = storableJson(complete ? claims : { ...(await userInfo()), ...claims }) as Claims; // an object stays one
  const email = text(all['email']);
  const claimFault = faultOf(all, roleClaim);
  return {
    provider,
    issuer: claims.iss,
    subject: claims.sub,
    email: email ?? null,
    groups: claimFault === null ? textsOf(claimAt(all, roleClaim)) : [],
    claim: roleClaim,
    claimFault,
    name: cut(text(all['name']) ?? text(all['preferred_username']) ?? email ?? claims.sub, 200),
    idToken: tokens.id_token ?? null,
    refreshToken: tokens.refresh_token ?? null,
    sid: text(all['sid']) ?? null,
    logoutHint: text(all['login_hint']) ?? text(all['preferred_username']) ?? email ?? claims.sub,
  };
}

/** Why the role claim gives no groups at all; null when it does, even if there are none in it. */
function faultOf(claims: Claims, roleClaim: string): string | null {
  if (
    roleClaim === 'email' &&
    claims['email'] !== undefined &&
    claims['email_verified'] !== true &&
    claims['email_verified'] !== 'true'
  )
    return 'the provider has not verified the address';
  if (claimAt(claims, roleClaim) !== undefined) return null;
  // Entra ID leaves out a list that is too long, and says where it could be read.
  return claimAt(claims, '_claim_names') === undefined
    ? 'the claim is missing'
    : 'the provider left the claim out, for the groups are too many';
}

/**
 * A claim by its name, which may have dots in it, or by a path with dots, as `realm_access.roles`;
 * names on the way may have dots too, as in `resource_access.pam.example.com.roles`. The longest
 * name that is there counts first.
 */
export function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return undefined;
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.');
    if (!Object.hasOwn(claims, name)) continue;
    const value = (claims as Claims)[name]; // an object, as was just asked
    const found = length === parts.length ? value : claimAt(value, parts.slice(length).join('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value])
    .filter((each): each is string => typeof each === 'string')
    .slice(0, MOST_GROUPS);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? cut(value, 320) : undefined;
}

/** The begin of a text; a character that the cut goes through is replaced. */
function cut(value: string, length: number): string {
  return storableText(value.slice(0, length));
}
