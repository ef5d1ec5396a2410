/** `queued` waits for an agent, `running` has a lease; the others are ended. */
export const JOB_STATUSES = [
  'queued',
  'running',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
] as const;
/** One of `JOB_STATUSES`. */
export type JobStatus = (typeof JOB_STATUSES)[number];

/** What became of a job, in scopes and resources. */
export interface JobCounts {
  readonly scopes: number;
  readonly complete: number;
  readonly partial: number;
  readonly failed: number;
  readonly imported: number;
  readonly updated: number;
  readonly orphaned: number;
  readonly unchanged: number;
  readonly conflicts: number;
}

/** One discovery of one account, asked for by a person or a schedule and done by an agent. */
export interface Job {
  readonly id: number;
  readonly accountId: number;
  readonly status: JobStatus;
  /** Name of who asked first. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** The agent that has, or had, the job. */
  readonly instance: string | null;
  /** Proves that an agent has the job; a new one with every claim. */
  readonly lease: string | null;
  /** After this another agent may claim the job. */
  readonly leaseUntil: Date | null;
  /** How often it was claimed. */
  readonly attempt: number;
  readonly scopesDone: number;
  /** null until the agent knows. */
  readonly scopesTotal: number | null;
  readonly message: string;
  readonly error: string | null;
  readonly counts: JobCounts | null;
}

/** Queued or running. */
export function isOpen({ status }: Pick<Job, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

/** Which jobs a list has: those that fit every given field. */
export interface JobFilter {
  readonly accountId?: number;
  readonly accountIds?: readonly number[];
  readonly status?: JobStatus;
  /** Queued or running. */
  readonly open?: boolean;
}

/** Jobs; of each account at most one is open (queued or running). */
export interface JobStore {
  get(id: number): Promise<Job | undefined>;
  /** Locks the row until the end of the run. */
  lock(id: number): Promise<Job | undefined>;
  /** The account's open job. */
  openOf(accountId: number): Promise<Job | undefined>;
  /** The last ended job of each account, by account id. */
  lastEnded(accountIds: readonly number[]): Promise<Map<number, Job>>;
  /**
   * Locks and gives the oldest job of these accounts that is queued, or whose lease has ended
   * before `at`. One that another run is claiming is passed over.
   */
  claimable(accountIds: readonly number[], at: Date): Promise<Job | undefined>;
  /** @throws StoredConflict when the account has an open job. Gives the row with its new id. */
  insert(job: Omit<Job, 'id'>): Promise<Job>;
  save(job: Job): Promise<void>;
  /** Newest first. */
  list(filter: JobFilter, page: number, pageSize: number): Promise<{ items: Job[]; total: number }>;
  /** Forgets jobs that ended before `before`; gives their number. */
  purge(before: Date): Promise<number>;
}
