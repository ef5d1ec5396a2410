import type { PostgresNode } from '../postgres-node';
import { messageOf } from '../errors';
import { isConnectionLost } from '../unavailable';
import { askedTogether, Line } from './line';
import { reaches, type Position } from './position';
import { IDENTITY, type Primary } from './primary';

/** A replica that is further behind, in seconds, answers no reads. */
export const MOST_LAG_S = 5;
const MOST_ERRORS = 3;
const GOOD_UNTIL_BACK = 3;
/** Which log it follows it tells at once only to who may read statistics, and others after its next checkpoint. */
export const LOOK = `select pg_is_in_recovery() as standby, ${IDENTITY} as identity,
  coalesce((select received_tli from pg_stat_wal_receiver),
    (select timeline_id from pg_control_checkpoint())) as timeline,
  (pg_last_wal_replay_lsn() - '0/0')::text as lsn`;
const REPLAYED = `select (pg_last_wal_replay_lsn() - '0/0')::text as lsn`;

/** What a server says to `LOOK`. */
export interface Look {
  readonly standby: boolean;
  readonly identity: string;
  readonly timeline: number;
  readonly lsn: string | null;
}

/** How a replica is, for operators. */
export interface ReplicaState {
  /** `HOST:PORT/DATABASE` */
  readonly name: string;
  /** Whether reads go there. */
  readonly isIn: boolean;
  /** Why not. */
  readonly fault: string | undefined;
  readonly lagBytes: number;
  readonly lagSeconds: number;
  /** How many reads it has answered. */
  readonly reads: number;
}

/** One replica: how far it is, and whether it is of use. */
export class Replica {
  readonly name: string;
  /** Reads that it has not answered yet. */
  underWay = 0;
  /** Somebody waited for nothing: the next ones do not, until it has come to what was waited for. */
  private missed: Position | undefined;
  private readonly line: Line;
  private readonly askReplayed: () => Promise<void>;
  private replayed: Position | undefined;
  private isIn: boolean | undefined;
  private fault: string | undefined;
  private isSuspect = false;
  /** Looks that failed, one after the other. */
  private failed = 0;
  private isLooking = false;
  // At the start one good look is enough.
  private good = GOOD_UNTIL_BACK - 1;
  private reads = 0;

  constructor(
    url: string,
    private readonly node: PostgresNode,
    private readonly log: (message: string) => void,
  ) {
    this.name = nameOf(url);
    this.line = new Line(url);
    this.askReplayed = askedTogether(async () => {
      const { lsn } = await this.line.row<{ lsn: string | null }>('replayed', REPLAYED);
      if (this.replayed && lsn !== null)
        this.replayed = { timeline: this.replayed.timeline, lsn: BigInt(lsn) };
    });
  }

  get isUsable(): boolean {
    return this.isIn === true && !this.isSuspect;
  }

  /** Whether it is worth waiting until it has more. */
  get isHopeful(): boolean {
    return this.isUsable && this.missed === undefined;
  }

  has(position: Position): boolean {
    return reaches(this.replayed, position);
  }

  /** Finds out how far it is. */
  async ask(): Promise<void> {
    await this.askReplayed().catch(() => this.suspect());
  }

  /** To be told when it did not come to a position in time. */
  miss(position: Position): void {
    this.missed = position;
  }

  /** @throws what the work throws, and whatever goes wrong here */
  async answer<T>(work: (node: PostgresNode) => Promise<T>): Promise<T> {
    this.underWay++;
    try {
      const answer = await work(this.node);
      this.reads++;
      return answer;
    } catch (error) {
      if (isConnectionLost(causeOf(error))) this.suspect();
      throw error;
    } finally {
      this.underWay--;
    }
  }

  /** Looks whether it follows the primary, and closely; one look at a time. */
  async look(primary: Primary): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    await this.judge(primary);
    this.isLooking = false;
  }

  private async judge(primary: Primary): Promise<void> {
    try {
      const look = await this.line.row<Look>('look', LOOK);
      this.failed = 0;
      const replayed = replayedOf(look);
      this.replayed = look.standby ? replayed : undefined;
      if (this.missed && this.has(this.missed)) this.missed = undefined;
      const wrong = await faultOf(look, primary);
      const seconds = replayed ? primary.lag(replayed).seconds : 0;
      if (wrong !== undefined) this.leave(wrong);
      else if (seconds > MOST_LAG_S) this.leave(`it is ${seconds.toFixed(1)} s behind`);
      else this.noteGood();
    } catch (error) {
      this.suspect();
      this.good = 0;
      this.failed++;
      if (this.failed >= MOST_ERRORS) this.leave(messageOf(error));
    }
  }

  state(primary: Primary): ReplicaState {
    const { name, fault, reads } = this;
    const lag = this.replayed ? primary.lag(this.replayed) : { bytes: NaN, seconds: NaN };
    const isIn = this.isIn === true;
    return { name, isIn, fault, lagBytes: lag.bytes, lagSeconds: lag.seconds, reads };
  }

  async close(): Promise<void> {
    await Promise.all([this.line.close(), this.node.close()]);
  }

  /**
   * It is not asked until it was looked at again; what is under way there may wait for an answer that does not come.
   */
  private suspect(): void {
    this.isSuspect = true;
    this.node.sever();
  }

  private noteGood(): void {
    this.isSuspect = false;
    this.good++;
    if (this.isIn === true || this.good < GOOD_UNTIL_BACK) return;
    this.isIn = true;
    this.fault = undefined;
    this.log(`the replica ${this.name} answers reads`);
  }

  private leave(fault: string): void {
    this.good = 0;
    if (this.isIn !== false) this.log(`the replica ${this.name} answers no reads: ${fault}`);
    this.isIn = false;
    this.fault = fault;
  }
}

/** How far a server is that said so. */
export function replayedOf({ timeline, lsn }: Look): Position | undefined {
  return lsn === null ? undefined : { timeline, lsn: BigInt(lsn) };
}

/** Why a server is no replica of the primary; undefined when it is one. */
export async function faultOf(look: Look, primary: Primary): Promise<string | undefined> {
  const replayed = replayedOf(look);
  if (!look.standby) return 'it takes writes of its own';
  if (look.identity !== primary.identity) return 'it is no replica of this database';
  if (look.timeline !== primary.known?.timeline) return 'it follows another timeline';
  if (!replayed) return 'it does not tell what it has replayed';
  return (await isAhead(replayed, primary)) ? 'it has what the primary never wrote' : undefined;
}

/**
 * Whether it has more than the primary: then it follows somebody else, which a role without `pg_monitor` may be told
 * late.
 */
async function isAhead({ lsn }: Position, primary: Primary): Promise<boolean> {
  return lsn > (primary.known?.lsn ?? 0n) && lsn > (await primary.position()).lsn;
}

export function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}
