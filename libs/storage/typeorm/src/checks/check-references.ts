import { POSTGRES_CATALOGUE, SQLITE_CATALOGUE } from '../dump/catalogue';
import type { Reference } from '../dump/table';
import type { Session } from '../session';
import { raw } from '../sql';
import { Faults, type Finding } from './finding';

/** What refers to another table without a foreign key. The log has a check of its own. */
const UNDECLARED: readonly (Reference & { readonly from: string })[] = [
  { from: 'agent', columns: ['token_id'], table: 'token', targets: ['public_id'] },
];

/** Whether each row that refers to another one refers to one that is there. */
export async function checkReferences(session: Session): Promise<Finding> {
  const catalogue = session.dialect.name === 'postgres' ? POSTGRES_CATALOGUE : SQLITE_CATALOGUE;
  const tables = await catalogue.tables(<R>(text: string) =>
    session.rows<R>(raw(text), { once: true }),
  );
  const references = [
    ...tables.flatMap(({ name, references }) =>
      references.map((each) => ({ from: name, ...each })),
    ),
    ...UNDECLARED,
  ];
  const faults = new Faults();
  for (const { from, columns, table, targets } of references) {
    const [row] = await session.rows<{ n: number }>(
      raw(`select count(*) as n from ${from} a
        where ${columns.map((column) => `a.${column} is not null`).join(' and ')}
        and not exists (select 1 from ${table} b
          where ${columns.map((column, at) => `b.${targets[at]} = a.${column}`).join(' and ')})`),
      { once: true },
    );
    if (row && row.n > 0)
      faults.add(
        `${row.n} rows of ${from} name in ${columns.join(', ')} a row of ${table} that is gone`,
      );
  }
  return faults.finding(
    `${references.length} kinds of references, and nothing is missing`,
    'somebody wrote past the servers: restore the backup from before, or put the rows right by hand',
  );
}
