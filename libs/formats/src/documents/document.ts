import type { ImportRow, ImportTable } from '@cloudpam/import';
import { FormatError } from '../format-error';
import type { ReadingOptions } from '../reading-options';
import type { Reading } from '../rows/reading';
import type { MapUse } from '../tables/apply-map';

/** A row whose table has no index yet. */
export type UnplacedRow = Omit<ImportRow, 'table'> & { table: number };

/** A table with its rows. */
export interface ReadTable {
  /** The index of their table is set when all tables are known. */
  readonly rows: readonly UnplacedRow[];
  end(): ImportTable;
}

/** A file of which it is known what it is. */
export interface Document {
  /** Documents with a lower number are read first: others ask what is in them. */
  readonly order: number;
  /** @throws FormatError */
  read(): Promise<readonly ReadTable[]>;
}

/** What all the documents of a request share. */
export interface Session {
  readonly reading: Reading;
  readonly mapUse: MapUse;
  readonly rows: RowCount;
}

/** Rows between two turns of others. */
const ROWS_A_TURN = 200;

/** Counts the rows of a request, and gives others their turn. */
export class RowCount {
  private count = 0;

  constructor(private readonly options: Pick<ReadingOptions, 'limit' | 'pause'>) {}

  /**
   * Called for each row.
   * @returns what is to be waited for, if anything
   * @throws FormatError `too_many_rows`
   */
  add(file: string, line: number): Promise<void> | undefined {
    this.count++;
    const { limit, pause } = this.options;
    if (this.count > limit)
      throw new FormatError('too_many_rows', `There are more than ${limit} rows.`, file, line);
    return this.count % ROWS_A_TURN === 0 ? pause() : undefined;
  }

  /** Gives others their turn after a piece of a file. */
  pause(): Promise<void> {
    return this.options.pause();
  }
}
