import { AccessError } from './access-error';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';
import { isLive, type Token } from './token';
import { readTokenText } from './token-text';

const TOUCH_INTERVAL_MS = 60_000;
/** How long another process may go on with a token that was revoked or rotated here. */
const KNOWN_FOR_MS = 3_000;
const MOST_KNOWN = 1_000;

/**
 * Finds the token that a text stands for: one indexed read, remembered for three seconds. The secret is compared every time.
 * Notes the token's use at most once a minute.
 */
export class Authenticate {
  private readonly known = new Map<string, { readonly token: Token; readonly until: number }>();

  constructor(private readonly unitOfWork: IdentityUnitOfWork, private readonly secrets: Secrets) {}

  /** @throws AccessError `unauthenticated` for an unknown, revoked or expired token, without telling which */
  async execute(text: string, at: Date): Promise<Token> {
    const parts = readTokenText(text);
    const token = parts && await this.find(parts.publicId, at);
    if (!token || !this.fits(token, parts.secret, at)) {
      throw new AccessError('unauthenticated', 'This token is unknown, revoked or expired. Send a valid one as Authorization: Bearer cpam_...');
    }
    if (!isUsedLately(token, at)) {
      this.remember({ ...token, lastUsedAt: at }, at);
      await this.unitOfWork.run((stores) => stores.tokens.touch(token.id, at));
    }
    return token;
  }

  /** The same without a wait, for a token that was seen just now; undefined for any other. */
  remembered(text: string, at: Date): Token | undefined {
    const parts = readTokenText(text);
    const known = parts && this.known.get(parts.publicId);
    return known && known.until > at.getTime() && isUsedLately(known.token, at) && this.fits(known.token, parts.secret, at) ? known.token : undefined;
  }

  /** Call after tokens were changed: this process knows at once, others within three seconds. */
  forget(): void {
    this.known.clear();
  }

  private fits(token: Token, secret: string, at: Date): boolean {
    return this.secrets.equal(this.secrets.hash(secret), token.secretHash) && isLive(token, at);
  }

  private async find(publicId: string, at: Date): Promise<Token | undefined> {
    const known = this.known.get(publicId);
    if (known && known.until > at.getTime()) return known.token;
    const token = await this.unitOfWork.read((stores) => stores.tokens.byPublicId(publicId));
    // What nobody made is not remembered: any number of guesses takes no memory.
    if (token) this.remember(token, at);
    else this.known.delete(publicId);
    return token;
  }

  private remember(token: Token, at: Date): void {
    this.known.delete(token.publicId);
    this.known.set(token.publicId, { token, until: at.getTime() + KNOWN_FOR_MS });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest !== undefined) this.known.delete(oldest);
  }
}

function isUsedLately({ lastUsedAt }: Token, at: Date): boolean {
  return lastUsedAt !== null && at.getTime() - lastUsedAt.getTime() <= TOUCH_INTERVAL_MS;
}
