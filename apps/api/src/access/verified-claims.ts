import type { VerifiedIdentity } from '@cloudpam/identity';
import type { OidcProvider } from '../oidc-settings';

type Claims = { readonly [name: string]: unknown };

const MOST_GROUPS = 1_000;

/**
 * Who verified claims are about. The user info is asked for only when the id token lacks the role claim, e-mail or name.
 * An e-mail address decides about a role only when the provider has verified it.
 */
export async function identityOf(
  provider: Pick<OidcProvider, 'name' | 'roleClaim'>, claims: Claims & { readonly iss: string; readonly sub: string }, idToken: string, userInfo: () => Promise<Claims>,
): Promise<VerifiedIdentity> {
  const complete = claimAt(claims, provider.roleClaim) !== undefined && text(claims['email']) !== undefined && text(claims['name']) !== undefined;
  const all: Claims = complete ? claims : { ...await userInfo(), ...claims };
  const email = text(all['email']);
  const isVerified = all['email_verified'] === true || all['email_verified'] === 'true';
  const groups = provider.roleClaim === 'email' && !isVerified ? [] : textsOf(claimAt(all, provider.roleClaim));
  return {
    provider: provider.name, issuer: claims.iss, subject: claims.sub, email: email ?? null, groups, idToken,
    name: (text(all['name']) ?? text(all['preferred_username']) ?? email ?? claims.sub).slice(0, 200),
  };
}

/** A claim by its name, which may have dots in it, or by a path with dots, as `realm_access.roles`. */
function claimAt(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path];
  return path.split('.').reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Claims)[part] : undefined), claims); // an object, as was just asked
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string').slice(0, MOST_GROUPS);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 320) : undefined;
}
