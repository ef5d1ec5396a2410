// The least that can answer what the product answers: Fastify, the driver, prepared statements, the
// same JSON, and the same rows committed in one transaction. Nobody is asked who they are, nothing
// is checked. A process of its own: `node bare-server.mjs URL`; it prints its port.
import Fastify from 'fastify';
import { blockMaker, copiesOf } from '../copies.mjs';
import { openDriver } from '../drivers.mjs';
import { COLUMNS, IN_ORDER, listJson, poolJson, tagOf, treeJson } from './bare-pools.mjs';

const url = process.argv[2];
const driver = await openDriver(url, { connections: 8 });
const byId = driver.statement(`select ${COLUMNS} from pool where id = ?`);
const first = driver.statement(`select ${COLUMNS} from pool ${IN_ORDER} limit ?`);
const below = driver.statement(
  `select ${COLUMNS} from pool where parent_id = ? ${IN_ORDER} limit 50`,
);
const isSqlite = url.startsWith('sqlite:');
const among = driver.statement(
  `select ${COLUMNS} from pool
    where id ${isSqlite ? 'in (select value from json_each(?))' : '= any(?)'} ${IN_ORDER}`,
);
const byIds = (ids) => among(isSqlite ? JSON.stringify(ids) : ids);

/** What was given to be used by later requests, by name. */
const kept = new Map();
const app = Fastify({ bodyLimit: 64e6 });
app.put('/kept/:name', async ({ params, body }) => {
  kept.set(params.name, body);
  return {};
});

app.get('/pools/:id', async ({ params }) => poolJson((await byId(Number(params.id)))[0]));
app.get('/pools', async ({ query }) =>
  listJson(await (query.parent_id ? below(Number(query.parent_id)) : first(50))),
);
/** The pools of kept ids. */
app.get('/pages/:name', async ({ params }) => listJson(await byIds(kept.get(params.name))));
app.get('/trees/:name', async ({ params }) => treeJson(await byIds(kept.get(params.name))));
/** One row by its key, and kept bytes. */
app.get('/bytes/:name/:id', async ({ params }, reply) => {
  await byId(Number(params.id));
  return json(reply, kept.get(params.name).text);
});

/** The rows are read; whether the caller has their answer, their versions say. */
const unlessKnown = (rows, answer, { headers }, reply) => {
  const tag = tagOf(rows);
  void reply.header('etag', tag);
  return headers['if-none-match'] === tag ? reply.code(304).send() : answer(rows);
};
app.get('/known/pools/:id', async (request, reply) => {
  const rows = await byId(Number(request.params.id));
  return unlessKnown(rows, ([row]) => poolJson(row), request, reply);
});
app.get('/known/pools', async (request, reply) =>
  unlessKnown(await first(50), listJson, request, reply),
);

/** Makes the next block of a pool whose first the product has made: kept `{ parent, pool, text }`. */
const makers = new Map();
app.put('/blocks/:name', async ({ params, body }) => {
  makers.set(params.name, { next: await blockMaker(driver, body.parent, body.pool), ...body });
  return {};
});
app.post('/blocks/:name', async ({ params }, reply) => {
  const { next, text } = makers.get(params.name);
  await driver.commit(next());
  return json(reply.code(201), text);
});

/** Writes a copy of what the product has written: kept `{ conditions, octets, parents, text }`. */
let copies;
app.put('/copies', async ({ body }) => {
  const { conditions, octets, parents, text } = body;
  copies = { steps: await copiesOf(driver, conditions, octets, parents), text };
  return { rows: copies.steps.map(({ rows }) => rows.length) };
});
app.post('/copies', async (_request, reply) => {
  await driver.commit(copies.steps);
  return json(reply, copies.text);
});

/** Reads the rows of kept `{ conditions, text }`. */
app.post('/rows/:name', async ({ params }, reply) => {
  const { conditions, text } = kept.get(params.name);
  for (const [table, condition] of Object.entries(conditions))
    await driver.rowsOf(table, condition);
  return json(reply, text);
});

function json(reply, text) {
  return reply.type('application/json; charset=utf-8').send(text);
}

await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready on http://127.0.0.1:${app.server.address().port}\n`);
