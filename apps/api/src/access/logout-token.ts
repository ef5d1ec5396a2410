import type { LogoutToken } from '@cloudpam/identity';
import { decodeJwt, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { CLOCK_TOLERANCE_S } from './discovered-provider';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/**
 * A logout token is sent at once; an older one is not believed, so that used ones need not be
 * remembered for longer.
 */
const OLDEST_S = 600;
const TYPES = ['logout+jwt', 'application/logout+jwt', 'jwt'];

interface Expected {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: JWTVerifyGetKey;
  readonly algorithms: string[];
  readonly now: Date;
}

/**
 * Who a token says that it is from: for finding the keys to check that by. Undefined for what is no
 * token.
 */
export function issuerOf(text: string): string | undefined {
  try {
    return decodeJwt(text).iss;
  } catch {
    return undefined;
  }
}

/**
 * What a logout token says, checked as OpenID Connect Back-Channel Logout 1.0, 2.6, asks, but for
 * its use before.
 * @throws Error for anything else, an id token above all
 */
export async function logoutTokenOf(
  text: string,
  { issuer, clientId, keys, algorithms, now }: Expected,
): Promise<LogoutToken> {
  const { payload, protectedHeader } = await jwtVerify(text, keys, {
    issuer,
    audience: clientId,
    algorithms,
    clockTolerance: CLOCK_TOLERANCE_S,
    maxTokenAge: OLDEST_S,
    requiredClaims: ['iat', 'jti', 'events'],
    currentDate: now,
  });
  const { jti, sub, sid, events, iat = 0 } = payload;
  if (protectedHeader.typ !== undefined && !TYPES.includes(protectedHeader.typ.toLowerCase()))
    throw new Error(`its type is ${protectedHeader.typ}`);
  if ('nonce' in payload) throw new Error('it has a nonce, as only id tokens do');
  if (!isObject(events) || !isObject(events[EVENT])) throw new Error('its events name no logout');
  if (typeof jti !== 'string' || jti === '') throw new Error('its jti is no text');
  if ((sid !== undefined && typeof sid !== 'string') || (sub === undefined && sid === undefined))
    throw new Error('it names neither a session nor a subject');
  return {
    issuer,
    jti,
    sid: sid ?? null,
    subject: sub ?? null,
    expiresAt: new Date((iat + OLDEST_S + 2 * CLOCK_TOLERANCE_S) * 1_000),
  };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
