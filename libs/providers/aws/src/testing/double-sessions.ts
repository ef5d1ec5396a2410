import { createHmac } from 'node:crypto';

/** Credentials as STS hands them out. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Of what a known access key is. */
export interface KnownKey {
  readonly account: string;
  readonly secretAccessKey: string;
  /** Must come with every call; a long-term key has none. */
  readonly sessionToken?: string;
  /** Of the sessions handed out for the account, from 1. */
  readonly session?: number;
}

export const OWN_CREDENTIALS = {
  accessKeyId: 'AKIDDOUBLE',
  secretAccessKey: 'secret-of-the-double',
} as const;

/**
 * Hands out session credentials and knows them again. Keeps a number for each account, nothing for
 * each session.
 */
export class DoubleSessions {
  private readonly handedOut = new Map<string, number>();

  constructor(private readonly ownAccount: string) {}

  handOut(account: string): SessionCredentials {
    const session = (this.handedOut.get(account) ?? 0) + 1;
    this.handedOut.set(account, session);
    return credentialsOf(account, session);
  }

  /** Undefined for a key that was never handed out. */
  known(accessKeyId: string): KnownKey | undefined {
    if (accessKeyId === OWN_CREDENTIALS.accessKeyId)
      return { account: this.ownAccount, secretAccessKey: OWN_CREDENTIALS.secretAccessKey };
    const [, account = '', number = ''] = /^ASIA(\d{12})N(\d+)$/.exec(accessKeyId) ?? [];
    const session = Number(number);
    if (session < 1 || session > (this.handedOut.get(account) ?? 0)) return undefined;
    const { secretAccessKey, sessionToken } = credentialsOf(account, session);
    return { account, session, secretAccessKey, sessionToken };
  }
}

function credentialsOf(account: string, session: number): SessionCredentials {
  const accessKeyId = `ASIA${account}N${session}`;
  const secretAccessKey = createHmac('sha256', 'double').update(accessKeyId).digest('hex');
  return { accessKeyId, secretAccessKey, sessionToken: `token-of-${accessKeyId}` };
}
