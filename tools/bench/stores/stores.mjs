// `npm run bench`: how fast the stores and use cases are, beside the bare driver in the same run.
import { count, milliseconds, ratio, say, table } from '../printed.mjs';
import { measureReads } from './reads.mjs';
import {
  measureAddresses,
  measureAllocation,
  measureBareInsert,
  measureCreate,
  measureImport,
} from './writes.mjs';

/** Prints the table of one database. */
export async function benchStores({ storage, bare, loaded, heading }) {
  const rows = [];
  const report = (row) => {
    rows.push(row);
    say(`${row.title}: ${milliseconds((row.inside ?? row.whole).ms)} ms`);
  };
  const select = await measureReads(storage, bare, loaded, report);
  const insert = await measureBareInsert(bare);
  await measureCreate(storage, loaded, report);
  await measureAllocation(storage, report);
  await measureAddresses(storage, report);
  await measureImport(storage, bare, report);
  print(heading, { select, insert, rows });
}

/**
 * p50 in milliseconds: `store` inside an open unit of work, `whole` with its own begin and commit.
 * Ratios of reads are to the bare selects among them.
 */
function print(heading, { select, insert, rows }) {
  table(
    heading,
    ['', 'store, ms', 'x select', 'whole, ms', 'x select', 'x insert', 'a second'],
    [
      ['*bare driver: select by primary key*', milliseconds(select), '1', '', '', '', ''],
      [
        '*bare driver: insert and commit*',
        '',
        '',
        milliseconds(insert),
        ratio(insert / select),
        '1',
        count(1000 / insert),
      ],
      ...rows.map(({ title, inside, whole, perSecond }) => [
        title,
        inside ? milliseconds(inside.ms) : '',
        inside ? ratio(inside.ratio) : '',
        milliseconds(whole.ms),
        ratio(whole.ratio ?? whole.ms / select),
        inside ? '' : ratio(whole.ms / insert),
        perSecond ? count(perSecond) : '',
      ]),
    ],
  );
}
