import { askedTogether, Line } from './line';
import { reaches, type Position } from './position';

/**
 * Where the log ends that is safe. Where commits do not wait for that, replicas may have to wait for what is not
 * safe yet.
 */
const POSITION = `select ('x' || substr(pg_walfile_name(lsn), 1, 8))::bit(32)::int as timeline,
    (lsn - '0/0')::text as lsn
  from (select case current_setting('synchronous_commit') when 'off'
    then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end as lsn) ended`;
/** What a server is: replicas of it have the same. */
export const IDENTITY = `(select system_identifier from pg_control_system())::text || '/' || current_database()`;
/** So many places are remembered with their time: a minute of them. */
const REMEMBERED = 240;

/** What is known of the server that everything is written to. */
export class Primary {
  private readonly line: Line;
  private ends: { readonly at: number; readonly lsn: bigint }[] = [];
  private newest: Position | undefined;
  /** The end of the log when it was first seen, after migrations: what has less has another schema. */
  private first: Position | undefined;
  private knownIdentity: string | undefined;
  /** Everything that was committed before the call lies before it. @throws when the server does not answer */
  readonly position: () => Promise<Position>;

  constructor(url: string) {
    this.line = new Line(url);
    this.position = askedTogether(() => this.ask());
  }

  /** Undefined until it has answered. */
  get identity(): string | undefined {
    return this.knownIdentity;
  }

  /** The end of its log as it was known last. */
  get known(): Position | undefined {
    return this.newest;
  }

  /** Notes where its log ends. @throws when it does not answer */
  readonly look = askedTogether(async (): Promise<void> => {
    const { identity } = await this.line.row<{ identity: string }>(
      'identity',
      `select ${IDENTITY} as identity`,
    );
    const { lsn } = await this.position();
    this.knownIdentity = identity;
    this.ends.push({ at: performance.now(), lsn });
    if (this.ends.length > REMEMBERED) this.ends.shift();
  });

  /** What a read needs that may see the state at `asked`; undefined when that lies in no log of this server. */
  async needs(asked: Position): Promise<Position | undefined> {
    const end = reaches(this.newest, asked) ? this.newest : await this.position();
    if (!end || !reaches(end, asked)) return undefined;
    return this.first && reaches(this.first, asked) ? this.first : asked;
  }

  /** How far behind something is that has come to this place. */
  lag({ lsn }: Position): { readonly bytes: number; readonly seconds: number } {
    const missed = this.ends.find((end) => end.lsn > lsn);
    const end = this.newest?.lsn ?? lsn;
    return {
      bytes: Number(end > lsn ? end - lsn : 0n),
      seconds: missed ? (performance.now() - missed.at) / 1_000 : 0,
    };
  }

  close(): Promise<void> {
    return this.line.close();
  }

  private async ask(): Promise<Position> {
    const row = await this.line.row<{ timeline: number; lsn: string }>('position', POSITION);
    const position = { timeline: row.timeline, lsn: BigInt(row.lsn) };
    if (this.newest?.timeline !== position.timeline) {
      this.ends = [];
      this.first = position;
    }
    return (this.newest = position);
  }
}
