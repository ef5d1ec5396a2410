import { AssumedRole } from './assumed-role';
import type { AwsConnection } from './aws-connection';
import { callerSession, type AwsSession, type AwsSessions } from './aws-session';
import { callerAccount } from './caller-account';
import { Places } from './places';

/** The role that is assumed in each member of an organization, and how. */
export interface MemberRole {
  /** Its name, with its path if it has one: `CloudPAMCollector`, `teams/net/CloudPAMCollector`. */
  readonly roleName: string;
  /** Demanded by the role's trust policy, if it does. */
  readonly externalId?: string;
  /**
   * How long the credentials of one AssumeRole are good for, in seconds, 900 to 43,200. Default
   * 900.
   */
  readonly sessionSeconds?: number;
  /** Calls at a time for one account. Default 2. */
  readonly accountConcurrency?: number;
}

interface Member {
  readonly session: AwsSession;
  readonly places: Places;
  /** Works that run or wait. */
  users: number;
}

// A collector reads the scopes of an account one after the other: enough for those that are between
// two of theirs.
const IDLE_KEPT = 32;
const SESSION_SECONDS = 900;
const SESSION_NAME = 'cloudpam-collector';

/**
 * Sessions of the members of an organization. Of those that nobody uses only the latest few are
 * kept.
 */
export class MemberSessions implements AwsSessions {
  private readonly members = new Map<string, Member>();
  private readonly entered = new Set<string>();
  private caller: Promise<string> | undefined;

  constructor(
    private readonly connection: AwsConnection,
    private readonly role: MemberRole,
  ) {}

  /** How many are held, in use or not. */
  get size(): number {
    return this.members.size;
  }

  /** Whether there were credentials of the account at any time: then there is such an account. */
  hasEntered(account: string): boolean {
    return this.entered.has(account);
  }

  /**
   * The account of the caller: it is read with its own credentials. Asked once. @throws the SDK's
   * error
   */
  async callerAccount(): Promise<string> {
    this.caller ??= callerAccount(this.connection.sts).catch((error: unknown) => {
      this.caller = undefined;
      throw error;
    });
    return this.caller;
  }

  // A work makes its calls one after the other, so places for works are a limit of calls.
  async use<T>(
    account: string,
    signal: AbortSignal | undefined,
    work: (session: AwsSession) => Promise<T>,
  ): Promise<T> {
    const member = this.members.get(account) ?? {
      session: this.session(account),
      places: new Places(this.role.accountConcurrency ?? 2),
      users: 0,
    };
    // To the end of the map's order: the latest used.
    this.members.delete(account);
    this.members.set(account, member);
    member.users++;
    try {
      return await member.places.take(signal, () => work(member.session));
    } finally {
      member.users--;
      this.dropIdle();
    }
  }

  private dropIdle(): void {
    const idle = [...this.members].filter(([, { users }]) => users === 0);
    for (const [account] of idle.slice(0, Math.max(0, idle.length - IDLE_KEPT)))
      this.members.delete(account);
  }

  private session(account: string): AwsSession {
    const { roleName, externalId, sessionSeconds } = this.role;
    const caller = callerSession(this.connection);
    const role = new AssumedRole(this.connection.sts, this.connection.defaultSts, {
      RoleArn: `arn:${this.connection.partition}:iam::${account}:role/${roleName}`,
      RoleSessionName: SESSION_NAME,
      DurationSeconds: sessionSeconds ?? SESSION_SECONDS,
      ...(externalId && { ExternalId: externalId }),
    });
    return {
      credentials: async (properties) => {
        const isOwn = (await this.callerAccount()) === account;
        const credentials = await (isOwn ? caller.credentials(properties) : role.credentials());
        this.entered.add(account);
        return credentials;
      },
      renew: async () => {
        role.forget();
        // The role may have been assumed, or refused, with what has expired.
        await caller.renew();
      },
    };
  }
}
