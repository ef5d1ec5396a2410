/** What may stand for a placeholder; each driver encodes it its own way. */
export type Value = string | number | bigint | boolean | Date | Uint8Array | null;

/**
 * A piece of SQL and the values of its placeholders: `strings` has one element more than `values`.
 */
export class Sql {
  constructor(
    readonly strings: readonly string[],
    readonly values: readonly (Value | readonly Value[])[],
  ) {}
}

/** SQL with values and other pieces in it. Values never become part of the text. */
export function sql(
  strings: TemplateStringsArray,
  ...parts: readonly (Value | readonly Value[] | Sql)[]
): Sql {
  const texts = [strings[0] ?? ''];
  const values: (Value | readonly Value[])[] = [];
  const append = (text: string): void => {
    texts[texts.length - 1] += text;
  };
  parts.forEach((part, at) => {
    if (part instanceof Sql) {
      append(part.strings[0] ?? '');
      values.push(...part.values);
      texts.push(...part.strings.slice(1));
    } else {
      values.push(part);
      texts.push('');
    }
    append(strings[at + 1] ?? '');
  });
  return new Sql(texts, values);
}

/** SQL text as it is; never with anything from outside in it. */
export function raw(text: string): Sql {
  return new Sql([text], []);
}

/** The condition that no row meets. */
export const NOTHING = sql`1 = 0`;

/** Pieces with a separator between them. */
export function joined(pieces: readonly Sql[], separator: string): Sql {
  return pieces.reduce(
    (all, piece, at) => (at === 0 ? piece : sql`${all}${raw(separator)}${piece}`),
    raw(''),
  );
}

/** That one of the conditions holds. What never holds is left out: no index answers it. */
export function anyOf(conditions: readonly Sql[]): Sql {
  const possible = conditions.filter((each) => each !== NOTHING);
  return possible.length === 0 ? NOTHING : joined(possible, ' or ');
}

/** `where` and the conditions, all of which must hold; nothing without any. */
export function where(conditions: readonly Sql[]): Sql {
  return conditions.length === 0
    ? raw('')
    : sql`where ${joined(
        conditions.map((each) => sql`(${each})`),
        ' and ',
      )}`;
}
