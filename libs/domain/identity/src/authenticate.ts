import { unlessUnavailable } from '@cloudpam/audit';
import { AccessError } from './access-error';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';
import { liesAhead } from './lies-ahead';
import { ShortMemory, type MonotonicClock } from './short-memory';
import { isLive, type Token } from './token';
import { readTokenText } from './token-text';

const TOUCH_INTERVAL_MS = 60_000;

/**
 * Finds the token that a text stands for: one indexed read, remembered for three seconds. The
 * secret is compared every time. Notes the token's use at most once a minute.
 */
export class Authenticate {
  private readonly known: ShortMemory<Token>;

  /** @param clock by which what was read is remembered */
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
    clock: MonotonicClock,
  ) {
    this.known = new ShortMemory(clock);
  }

  /**
   * @throws AccessError `unauthenticated` for an unknown, revoked or expired token, without telling
   * which
   */
  async execute(text: string, at: Date): Promise<Token> {
    const parts = readTokenText(text);
    const read = (publicId: string): Promise<Token | undefined> =>
      this.unitOfWork.read((stores) => stores.tokens.byPublicId(publicId));
    const token = parts && (await this.known.through(parts.publicId, () => read(parts.publicId)));
    if (!token || !this.fits(token, parts.secret, at)) {
      throw new AccessError(
        'unauthenticated',
        'This token is unknown, revoked or expired. Send a valid one as Authorization: Bearer cpam_...',
      );
    }
    if (!isUsedLately(token, at)) {
      this.known.replace(token.publicId, token, { ...token, lastUsedAt: at });
      // Where nothing can be written, reading goes on.
      await this.unitOfWork
        .run((stores) => stores.tokens.touch(token.id, at))
        .catch(unlessUnavailable);
    }
    return token;
  }

  /** The same without a wait, for a token that was seen just now; undefined for any other. */
  remembered(text: string, at: Date): Token | undefined {
    const parts = readTokenText(text);
    const token = parts && this.known.get(parts.publicId);
    return token && isUsedLately(token, at) && this.fits(token, parts.secret, at)
      ? token
      : undefined;
  }

  /** Call after tokens were changed: this process knows at once, others within three seconds. */
  forget(): void {
    this.known.forget();
  }

  private fits(token: Token, secret: string, at: Date): boolean {
    return this.secrets.equal(this.secrets.hash(secret), token.secretHash) && isLive(token, at);
  }
}

function isUsedLately({ lastUsedAt }: Token, at: Date): boolean {
  return (
    lastUsedAt !== null &&
    at.getTime() - lastUsedAt.getTime() <= TOUCH_INTERVAL_MS &&
    !liesAhead(lastUsedAt, at)
  );
}
