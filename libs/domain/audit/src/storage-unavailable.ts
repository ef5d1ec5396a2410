/** Why a storage could not do its work; all of it may be tried again. */
export type Unavailability =
  /** It does not answer, refuses connections, or took longer than it may. */
  | 'no_answer'
  /** It reads and cannot write: its disk is full, or it is read-only. */
  | 'read_only'
  /** The commit was sent and never confirmed: what was to be written may be there. */
  | 'outcome_unknown';

/**
 * The storage could not do its work, through no fault of the request. Nothing was written, but for
 * `outcome_unknown`.
 */
export class StorageUnavailable extends Error {
  constructor(
    readonly reason: Unavailability,
    cause: unknown,
  ) {
    super(
      `the storage is not available (${reason}): ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.name = 'StorageUnavailable';
  }
}

/**
 * Takes the failure of what need not be written, such as when a token was used. @throws what is no
 * `StorageUnavailable`
 */
export function unlessUnavailable(error: unknown): void {
  if (!(error instanceof StorageUnavailable)) throw error;
}
