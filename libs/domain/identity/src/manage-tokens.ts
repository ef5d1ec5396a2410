import { SYSTEM_ACTOR, write, type Change } from '@cloudpam/audit';
import { AccessError } from './access-error';
import { adminsLeft, keepLastAdmin } from './admins-left';
import { limitsRefusal } from './limits-refusal';
import { identityEvent } from './identity-events';
import type { IdentityStores, IdentityUnitOfWork, Secrets } from './identity-stores';
import { isLive, type Limits, type Role, type Token } from './token';
import { PUBLIC_ID_LENGTH, readTokenText, SECRET_LENGTH, tokenText } from './token-text';

/** What a token is made of; everything else is chosen by the server. */
export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly readOnly?: boolean;
  readonly sharedResources?: boolean;
  readonly accounts?: Limits['accounts'];
  readonly pools?: Limits['pools'];
  readonly expiresAt?: Date | null;
}

/** Makes a token. Its text is given once and stored nowhere. */
export class IssueToken {
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
  ) {}

  /** @throws AccessError `invalid_token_request` */
  async execute(change: Change, asked: NewToken): Promise<{ token: Token; text: string }> {
    if (asked.name.trim() === '' || asked.name.length > 200)
      throw new AccessError(
        'invalid_token_request',
        'A token has a name of 1 to 200 characters.',
        'name',
      );
    if (asked.expiresAt && asked.expiresAt <= change.at)
      throw new AccessError('invalid_token_request', 'expires_at lies in the past.', 'expires_at');
    const limits = limitsRefusal(asked.role, {
      accounts: asked.accounts ?? null,
      pools: asked.pools ?? null,
    });
    if (limits !== undefined)
      throw new AccessError('invalid_token_request', limits, asked.accounts ? 'accounts' : 'pools');
    if (asked.sharedResources && (asked.role !== 'collector' || !asked.accounts)) {
      throw new AccessError(
        'invalid_token_request',
        'Only a collector that is limited to accounts needs the permission to report shared resources.',
        'shared_resources',
      );
    }
    const publicId = this.secrets.randomText(PUBLIC_ID_LENGTH);
    const secret = this.secrets.randomText(SECRET_LENGTH);
    return write(this.unitOfWork, change, async (stores) => ({
      token: await insert(stores, change, asked, publicId, this.secrets.hash(secret)),
      text: tokenText(publicId, secret),
    }));
  }
}

/** Gives a token a new secret; the old one ends at once. Name, role and limits stay. */
export class RotateToken {
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
  ) {}

  /** @throws AccessError `token_not_found` | `token_revoked` */
  async execute(change: Change, id: number): Promise<{ token: Token; text: string }> {
    const secret = this.secrets.randomText(SECRET_LENGTH);
    return write(this.unitOfWork, change, async (stores) => {
      const found = await stores.tokens.get(id);
      if (!found) throw new AccessError('token_not_found', `There is no token ${id}.`);
      if (found.revokedAt)
        throw new AccessError('token_revoked', `Token ${id} was revoked; make a new one.`);
      const secretHash = this.secrets.hash(secret);
      await stores.tokens.rotate(id, secretHash);
      await stores.audit.append([
        identityEvent(change, 'token.rotate', id, {
          before: { secret: 'the former one' },
          after: { secret: 'a new one' },
        }),
      ]);
      return { token: { ...found, secretHash }, text: tokenText(found.publicId, secret) };
    });
  }
}

/** Ends a token at once. */
export class RevokeToken {
  constructor(private readonly unitOfWork: IdentityUnitOfWork) {}

  /** @throws AccessError `token_not_found` | `last_admin` */
  async execute(change: Change, id: number): Promise<Token> {
    return write(this.unitOfWork, change, async (stores) => {
      const token = await stores.tokens.get(id);
      if (!token) throw new AccessError('token_not_found', `There is no token ${id}.`);
      if (token.revokedAt) return token;
      if (token.role === 'admin' && !token.readOnly && isLive(token, change.at))
        await keepLastAdmin(stores, change.at);
      await stores.tokens.revoke(id, change.at);
      await stores.audit.append([
        identityEvent(change, 'token.revoke', id, {
          before: { revoked_at: null },
          after: { revoked_at: change.at.toISOString() },
        }),
      ]);
      return { ...token, revokedAt: change.at };
    });
  }
}

/**
 * The first tokens of a new server: for the admin the given text, or a fresh one; for other roles a
 * given text. A text whose token is there already, revoked ones too, makes none. Without a given
 * text it does nothing once there is an admin, person or token.
 */
export class BootstrapToken {
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
  ) {}

  /**
   * @returns the text when a token was made. @throws AccessError `invalid_token_request` for a
   * given text that is no token, or one that has another role already
   */
  async execute(
    at: Date,
    given: string | undefined,
    role: 'admin' | 'collector' | 'viewer' = 'admin',
  ): Promise<string | undefined> {
    const parts =
      given === undefined
        ? {
            publicId: this.secrets.randomText(PUBLIC_ID_LENGTH),
            secret: this.secrets.randomText(SECRET_LENGTH),
          }
        : readTokenText(given);
    if (!parts)
      throw new AccessError(
        'invalid_token_request',
        'A bootstrap token looks like cpam_<12 characters a-z2-7>_<52 characters a-z2-7>.',
      );
    const change: Change = { actor: SYSTEM_ACTOR, at, requestId: 'bootstrap' };
    return write(this.unitOfWork, change, async (stores) => {
      // Several servers may start at the same moment.
      await stores.tokens.hold();
      if (given === undefined) {
        if ((await adminsLeft(stores, at)) > 0) return undefined;
      } else {
        const there = await stores.tokens.byPublicId(parts.publicId);
        if (there && there.role !== role && isLive(there, at))
          throw new AccessError(
            'invalid_token_request',
            `The bootstrap token ${there.publicId} is to have the role ${role}, and there is one of the ` +
              `role ${there.role}. Give another one, or revoke that first.`,
          );
        if (there) return undefined;
      }
      await insert(
        stores,
        change,
        { name: role === 'admin' ? 'bootstrap' : `bootstrap ${role}`, role },
        parts.publicId,
        this.secrets.hash(parts.secret),
      );
      return tokenText(parts.publicId, parts.secret);
    });
  }
}

async function insert(
  stores: IdentityStores,
  change: Change,
  asked: NewToken,
  publicId: string,
  secretHash: Uint8Array,
): Promise<Token> {
  const token = await stores.tokens.insert({
    publicId,
    name: asked.name,
    role: asked.role,
    secretHash,
    readOnly: asked.readOnly ?? false,
    sharedResources: asked.sharedResources ?? false,
    accounts: asked.accounts ?? null,
    pools: asked.pools ?? null,
    createdBy: change.actor.id,
    createdByName: change.actor.name,
    createdAt: change.at,
    expiresAt: asked.expiresAt ?? null,
    lastUsedAt: null,
    revokedAt: null,
  });
  await stores.audit.append([
    identityEvent(change, 'token.create', token.id, {
      before: null,
      after: {
        name: token.name,
        role: token.role,
        read_only: token.readOnly,
        shared_resources: token.sharedResources,
        accounts: token.accounts,
        pools: token.pools,
        expires_at: token.expiresAt?.toISOString() ?? null,
      },
    }),
  ]);
  return token;
}
