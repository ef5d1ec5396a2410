import type { VrfName } from '@cloudpam/import';
import type { ReadingOptions } from '../reading-options';
import { foldWord } from '../text/fold-word';
import { Interned } from './interned';

/** What the tables of one request know of each other. */
export class Reading {
  readonly interned = new Interned();
  /** The names of NetBox's tags, longest first in what they begin with. */
  readonly tagNames = new Set<string>();
  /** VRFs by the cell that names them in NetBox: `name (rd)` or `name`. */
  readonly vrfCells = new Map<string, VrfName>();
  /** By table (`vrfs`) and id of our own export what names the record. */
  readonly ownIds = new Map<string, Map<string, readonly string[]>>();
  /** CIDRs of the global VRF, where a table asks for them. */
  globalCidrs: Set<string> | undefined;
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
    // The values are those of `ImportWords`, by its keys.
    return this.words.get(kind)?.get(foldWord(word)) as WordMeaning[Kind] | undefined;
  }
}

type Words = NonNullable<ReadingOptions['map']['words']>;
type WordKind = keyof Words;
type WordMeaning = { readonly [Kind in WordKind]: NonNullable<Words[Kind]>[string] };
