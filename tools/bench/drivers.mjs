// The drivers with nothing of the product around them: what it is measured against.

/** A driver's own connections to a database whose tables are there. */
export function openDriver(url, { connections = 1 } = {}) {
  return url.startsWith('sqlite:')
    ? openSqlite(url.slice('sqlite:'.length))
    : openPostgres(url, connections);
}

/**
 * `statement` gives a function of the values of `?` to rows. `commit` does all steps in one
 * transaction: rows of a table, or a text with values. `settle` does what the database would do by
 * itself at some time.
 */
async function openSqlite(path) {
  const { sqliteDriver } = await import('@cloudpam/storage-typeorm/testing');
  const Driver = sqliteDriver();
  const connection = new Driver(path);
  connection.pragma('synchronous = full');
  const prepared = kept((text) => connection.prepare(text));
  return {
    about: `SQLite ${connection.prepare('select sqlite_version()').pluck().get()}`,
    statement(text) {
      const statement = connection.prepare(text);
      return (...values) =>
        statement.reader ? statement.all(...values) : statement.run(...values);
    },
    timeOf: (date) => date.getTime(),
    rowsOf: (table, condition) =>
      connection.prepare(`select * from ${table} where ${condition}`).all(),
    commit(steps) {
      connection.exec('begin immediate; pragma defer_foreign_keys = on');
      for (const { table, rows, text, values } of steps) {
        if (text) prepared(text).run(...values);
        else {
          const columns = Object.keys(rows[0] ?? {});
          const insert =
            rows.length > 0 &&
            prepared(`insert into ${table} (${columns}) values (${columns.map(() => '?')})`);
          for (const row of rows) insert.run(columns.map((name) => row[name]));
        }
      }
      connection.exec('commit');
    },
    settle: () => connection.pragma('wal_checkpoint(truncate)'),
    close: () => connection.close(),
  };
}

async function openPostgres(url, connections) {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const names = kept(() => `bare-${++statements}`);
  let statements = 0;
  const query = async (text, values) =>
    (await pool.query({ name: names(text), text, values })).rows;
  const typesOf = kept(async (table) => {
    const { rows } = await pool.query(
      `select attname, format_type(atttypid, null) as type from pg_attribute
        where attrelid = '${table}'::regclass and attnum > 0`,
    );
    return Object.fromEntries(rows.map(({ attname, type }) => [attname, type]));
  });
  return {
    about: `PostgreSQL ${(await query('show server_version', []))[0].server_version}`,
    statement(text) {
      const numbered = withNumbers(text);
      return (...values) => query(numbered, values);
    },
    timeOf: (date) => date,
    rowsOf: async (table, condition) =>
      (await pool.query(`select * from ${table} where ${condition}`)).rows,
    /** One statement, and so one trip: rows go as an array for each column. */
    async commit(steps) {
      const [texts, all] = [[], []];
      for (const { table, rows, text, values } of steps) {
        if (text) {
          texts.push(withNumbers(text, all.length));
          all.push(...values);
        } else if (rows.length > 0) {
          const types = await typesOf(table);
          const columns = Object.keys(rows[0]);
          const arrays = columns.map((name, at) => `$${all.length + at + 1}::${types[name]}[]`);
          texts.push(
            `insert into ${table} (${columns}) overriding system value select * from unnest(${arrays})`,
          );
          for (const name of columns) all.push(rows.map((row) => row[name]));
        }
      }
      const last = texts.pop();
      const before = texts.map((text, at) => `s${at} as (${text})`);
      await query(before.length > 0 ? `with ${before} ${last}` : last, all);
    },
    // What autovacuum does by itself, only at a known time.
    async settle() {
      for (const text of ['vacuum analyze', 'checkpoint']) await pool.query(text);
    },
    close: () => pool.end(),
  };
}

/** What `make` gave for an argument before, or gives now. */
function kept(make) {
  const all = new Map();
  return (key) => {
    if (!all.has(key)) all.set(key, make(key));
    return all.get(key);
  };
}

function withNumbers(text, from = 0) {
  let n = from;
  return text.replace(/\?/g, () => `$${++n}`);
}
