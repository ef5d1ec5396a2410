import type { AwsConnection, AwsCredentialSource } from './aws-connection';
import { credentialsExpired } from './aws-failure';

/** What one account is read with. */
export interface AwsSession {
  readonly credentials: AwsCredentialSource;
  /**
   * Forgets credentials that AWS calls expired. @throws the SDK's error when there are no others to
   * be had
   */
  renew(): Promise<void>;
}

/** The sessions of accounts, opened when they are needed. */
export interface AwsSessions {
  /**
   * Does the work with the session of an account, once there is a place for it: an account may have
   * a limit of works at a time. Opening a session asks nothing yet; what AWS says against it is
   * thrown where its credentials are first used.
   */
  use<T>(
    account: string,
    signal: AbortSignal | undefined,
    work: (session: AwsSession) => Promise<T>,
  ): Promise<T>;
}

/** The session of the caller itself. */
export function callerSession(connection: AwsConnection): AwsSession {
  return {
    credentials: connection.credentials,
    renew: async () => void (await connection.credentials({ forceRefresh: true })),
  };
}

/**
 * Does the work; if AWS calls the credentials expired meanwhile, renews them and does all of it
 * once more.
 */
export async function renewingOnce<T>(session: AwsSession, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!credentialsExpired(error)) throw error;
    await session.renew();
    return work();
  }
}
