/** `&uuml;`: a letter with a mark, as some write it into headers. */
const LETTER_ENTITY = /&([a-z])(?:acute|caron|cedil|circ|grave|ring|slash|tilde|uml);/gi;

/** Words that come again in row after row: their folding is kept. */
const KEPT_LENGTH = 40;
const MOST_KEPT = 2_000;
const kept = new Map<string, string>();

/**
 * A word as it is compared: without case, marks on letters and signs between words. `VLAN-Gruppe`
 * and `vlan gruppe` are one, `Rôle` and `role` too.
 */
export function foldWord(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const folded = fold(text);
  if (text.length <= KEPT_LENGTH) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, folded);
  }
  return folded;
}

function fold(text: string): string {
  return text
    .replace(LETTER_ENTITY, '$1')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Which words mean a thing, by the folded word. */
export type WordTable<Meaning extends string> = ReadonlyMap<string, Meaning>;

/** @param words by their meaning, `|` between them */
export function wordTable<Meaning extends string>(
  words: Readonly<Record<Meaning, string>>,
): WordTable<Meaning> {
  const table = new Map<string, Meaning>();
  for (const [meaning, list] of Object.entries<string>(words)) {
    for (const word of list.split('|')) {
      const folded = foldWord(word);
      // The keys of the record are its meanings. Where a word has two, the first counts.
      if (!table.has(folded)) table.set(folded, meaning as Meaning);
    }
  }
  return table;
}
