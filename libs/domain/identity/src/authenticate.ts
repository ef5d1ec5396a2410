import { AccessError } from './access-error';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';
import type { Token } from './token';
import { readTokenText } from './token-text';

const TOUCH_INTERVAL_MS = 60_000;

/** Finds the token that a text stands for: one indexed read. Notes its use at most once a minute. */
export class Authenticate {
  constructor(private readonly unitOfWork: IdentityUnitOfWork, private readonly secrets: Secrets) {}

  /** @throws AccessError `unauthenticated` for an unknown, revoked or expired token, without telling which */
  async execute(text: string, at: Date): Promise<Token> {
    const parts = readTokenText(text);
    const token = parts && await this.unitOfWork.read((stores) => stores.tokens.byPublicId(parts.publicId));
    const known = parts && token && this.secrets.equal(this.secrets.hash(parts.secret), token.secretHash);
    if (!known || token.revokedAt || (token.expiresAt && token.expiresAt <= at)) {
      throw new AccessError('unauthenticated', 'This token is unknown, revoked or expired. Send a valid one as Authorization: Bearer cpam_...');
    }
    if (!token.lastUsedAt || at.getTime() - token.lastUsedAt.getTime() > TOUCH_INTERVAL_MS) {
      await this.unitOfWork.run((stores) => stores.tokens.touch(token.id, at));
    }
    return token;
  }
}
