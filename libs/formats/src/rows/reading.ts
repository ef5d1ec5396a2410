import type { VrfName } from '@cloudpam/import';
import type { ReadingOptions } from '../reading-options';
import { foldWord } from '../text/fold-word';
import { Interned } from './interned';

/** What one request asks for, and what its tables know of each other. */
export class Reading {
  readonly interned = new Interned();
  private readonly shares = new Map<new () => unknown, unknown>();
  private readonly words: ReadonlyMap<string, ReadonlyMap<string, unknown>>;

  constructor(readonly options: ReadingOptions) {
    const { status, role, tenant } = options.map.words ?? {};
    this.words = new Map(
      Object.entries({ status, role, tenant }).map(([kind, words]) => [
        kind,
        new Map(Object.entries(words ?? {}).map(([word, means]) => [foldWord(word), means])),
      ]),
    );
  }

  get fix(): boolean {
    return this.options.fix === 'canonical';
  }

  /** The VRF of a row that names none; null: `global`. */
  get defaultVrf(): VrfName | null {
    const { vrf } = this.options.map;
    return vrf === undefined ? null : this.interned.vrf(vrf, null);
  }

  /** What the request says that a word means; undefined where it says nothing. */
  meaning<Kind extends WordKind>(kind: Kind, word: string): WordMeaning[Kind] | undefined {
    const words = this.words.get(kind);
    // The values are those of `ImportWords`, by its keys.
    return words?.size ? (words.get(foldWord(word)) as WordMeaning[Kind] | undefined) : undefined;
  }

  /** What the tables of one format tell each other: the same object for all of the request. */
  shared<T>(type: new () => T): T {
    const share = this.shares.get(type) ?? new type();
    this.shares.set(type, share);
    return share as T; // what was kept for a type is of it
  }
}

type Words = NonNullable<ReadingOptions['map']['words']>;
type WordKind = keyof Words;
type WordMeaning = { readonly [Kind in WordKind]: NonNullable<Words[Kind]>[string] };
