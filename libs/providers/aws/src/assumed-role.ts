import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type STSClient,
} from '@aws-sdk/client-sts';
import { MalformedAnswer, regionNotEnabled } from './aws-failure';

/** The credentials of a role, good until `expiration`. */
export interface AssumedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

// As the SDK: credentials are renewed when they would expire within this.
const RENEWED_BEFORE_MS = 300_000;

/**
 * The credentials of one role, assumed when first needed and again before they expire. Unlike the
 * SDK's
 * `fromTemporaryCredentials` it has no client of its own, which nobody could destroy.
 */
export class AssumedRole {
  private current: AssumedCredentials | undefined;
  /** On a clock that nobody sets. */
  private renewAt = -Infinity;
  private assuming: Promise<AssumedCredentials> | undefined;

  constructor(
    private readonly sts: STSClient,
    /** Asked when the account has not enabled the region of the first. */
    private readonly defaultSts: STSClient,
    private readonly input: AssumeRoleCommandInput,
  ) {}

  /**
   * Asked for several times at once, it assumes the role once. @throws the SDK's error, and tries
   * anew the next time
   */
  async credentials(): Promise<AssumedCredentials> {
    if (this.current && performance.now() < this.renewAt) return this.current;
    this.assuming ??= this.assume().finally(() => (this.assuming = undefined));
    return (this.current = await this.assuming);
  }

  forget(): void {
    this.current = undefined;
  }

  private async assume(): Promise<AssumedCredentials> {
    const askedAt = performance.now();
    const command = new AssumeRoleCommand(this.input);
    const { Credentials } = await this.sts.send(command).catch((error: unknown) => {
      if (this.sts === this.defaultSts || !regionNotEnabled(error)) throw error;
      return this.defaultSts.send(command);
    });
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration,
    } = Credentials ?? {};
    if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration)
      throw new MalformedAnswer(
        `AssumeRole was answered without credentials of ${this.input.RoleArn}`,
      );
    // By a clock that goes wrong they would seem to be good for longer than they were asked for.
    const askedForMs = (this.input.DurationSeconds ?? 3_600) * 1_000;
    const goodForMs = Math.min(expiration.getTime() - new Date().getTime(), askedForMs);
    this.renewAt = askedAt + goodForMs - RENEWED_BEFORE_MS;
    return { accessKeyId, secretAccessKey, sessionToken, expiration };
  }
}
