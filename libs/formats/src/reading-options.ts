import type { ImportFormat } from '@cloudpam/import';
import type { PoolKind, PoolStatus } from '@cloudpam/pools';

/** A file as it was sent. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the words of a file mean here, where that is not what is usual. Words in any case. */
export interface ImportWords {
  /** `null`: rows with this status are left out. */
  readonly status?: Readonly<Record<string, { status?: PoolStatus; kind?: PoolKind } | null>>;
  readonly role?: Readonly<Record<string, PoolKind>>;
  /** A tenant or customer, then the key of an account. Others become the tag `tenant`. */
  readonly tenant?: Readonly<Record<string, string>>;
}

/** How a file is to be read. All of it can be left out. */
export interface ImportMap {
  /** By the field (`cidr`, `vrf`, `tag:site`) the column that says it; null: no column does. */
  readonly columns?: Readonly<Record<string, string | null>>;
  readonly words?: ImportWords;
  /** Columns without a meaning here that become tags; `all` of them. */
  readonly tags?: readonly string[] | 'all';
  /** The VRF of rows that name none; without it `global`. */
  readonly vrf?: string;
}

/** What a reader is told beside the files. */
export interface ReadingOptions {
  readonly format: ImportFormat | 'auto';
  readonly map: ImportMap;
  /** Takes set host bits away instead of refusing the row. */
  readonly fix: 'canonical' | null;
  /** Waits for a turn of whoever else has work; called every few hundred rows. */
  readonly pause: () => Promise<void>;
  /** Rows of all files together beyond which reading is refused. */
  readonly limit: number;
}
