// `npm run bench -- http`: what requests cost beside a bare server (Fastify and the driver) that
// reads and commits the same rows and answers the same JSON. Servers and databases are processes of
// their own.
import { benchAllocations } from './allocations.mjs';
import { benchReads } from './reads.mjs';
import { benchWrites } from './writes.mjs';

/** Prints the tables of one database. */
export async function benchHttp(bench) {
  await benchReads(bench);
  await benchAllocations(bench);
  await benchWrites(bench);
}
