// The least that can answer what the product answers: Fastify, the driver, one prepared statement, the same JSON. A
// process of its own: `node bare-server.mjs URL`; it prints its port.
import { cidrOf128, formatCidr } from '@cloudpam/cidr';
import Fastify from 'fastify';

const COLUMNS = `id, vrf_id, parent_id, name, lo, plen, kind, status, source, account_id, external_id, external_vpc,
  region, sync_status, last_sync_at, description, tags, vlan_id, expires_at, rules, live_key, created_at, updated_at,
  version, child_used`;
const IN_ORDER = 'order by lo, plen, kind desc, vrf_id, id';

/** The JSON of a row of `pool`, as the product gives it. */
function wire(row) {
  const cidr = cidrOf128(BigInt(`0x${Buffer.from(row.lo).toString('hex')}`), row.plen);
  const total = 1n << BigInt(128 - row.plen);
  const used = BigInt(row.child_used);
  const tags = typeof row.tags === 'string' ? JSON.parse(row.tags) : row.tags;
  const time = (value) => (value === null ? null : new Date(value));
  return {
    id: Number(row.id),
    vrf_id: Number(row.vrf_id),
    parent_id: row.parent_id === null ? null : Number(row.parent_id),
    name: row.name,
    cidr: formatCidr(cidr),
    family: cidr.family,
    kind: row.kind,
    status: row.status,
    source: row.source,
    account_id: row.account_id,
    provider: null,
    external_id: row.external_id,
    external_vpc: row.external_vpc,
    region: row.region,
    sync_status: row.sync_status,
    last_sync_at: time(row.last_sync_at),
    description: row.description,
    tags,
    vlan_id: row.vlan_id,
    expires_at: time(row.expires_at),
    rules: row.rules,
    key: row.live_key,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
    version: row.version,
    uncounted_hosts: false,
    utilization: {
      total: String(total),
      used: String(used),
      reserved: '0',
      free: String(total - used),
      ratio: Number(used) / Number(total),
    },
    child_count: 0,
  };
}

/** Rows of a statement with one parameter, `?`. */
async function open(url) {
  if (url.startsWith('sqlite:')) {
    const { default: Driver } = await import('better-sqlite3');
    const connection = new Driver(url.slice('sqlite:'.length), { readonly: true });
    return (text) => {
      const statement = connection.prepare(text);
      return (value) => statement.all(value);
    };
  }
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  let statements = 0;
  return (text) => {
    const name = `bare-${++statements}`;
    return async (value) =>
      (await pool.query({ name, text: text.replace('?', '$1'), values: [value] })).rows;
  };
}

const statement = await open(process.argv[2]);
const byId = statement(`select ${COLUMNS} from pool where id = ?`);
const first = statement(`select ${COLUMNS} from pool ${IN_ORDER} limit ?`);
const below = statement(`select ${COLUMNS} from pool where parent_id = ? ${IN_ORDER} limit 50`);
const kept = new Map();
const app = Fastify();
const listOf = (rows) => ({ items: rows.map(wire), total: rows.length, next_cursor: null });
app.get('/pools/:id', async ({ params }) => wire((await byId(Number(params.id)))[0]));
app.get('/pools', async ({ query }) =>
  listOf(await (query.parent_id ? below(Number(query.parent_id)) : first(50))),
);
// One row by its key, and bytes that were given before.
app.get('/bytes/:name/:id', async ({ params }, reply) => {
  await byId(Number(params.id));
  return reply.type('application/json; charset=utf-8').send(kept.get(params.name));
});
app.post('/bytes/:name', { bodyLimit: 10e6 }, async ({ params, body }) => {
  kept.set(params.name, JSON.stringify(body));
  return {};
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready on http://127.0.0.1:${app.server.address().port}\n`);
