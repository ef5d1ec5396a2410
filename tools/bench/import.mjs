// `npm run bench -- import`: files of many rows through the real server, into an empty tree and again. How long
// they take, how long they keep the event loop, and what is in memory meanwhile.
import { failed } from './failures.mjs';
import { count, say, table } from './printed.mjs';
import { WatchedServer } from './server.mjs';

const HEADER = 'Prefix,Status,VRF,Tenant,Scope,VLAN,VLAN Group,Role,Description,ID,Tags,Comments';

/**
 * A file as NetBox exports prefixes: a /24 with seven smaller ones in it, over and over, in two VRFs, with
 * quotes, commas and line breaks.
 */
function netboxFile(rows) {
  const lines = [HEADER];
  for (let n = 0; n < rows; n++) {
    const block = Math.floor(n / 8);
    const base = `10.${(block >> 8) & 255}.${block & 255}`;
    const [first, length] = [
      [0, 24],
      [0, 25],
      [128, 25],
      [0, 27],
      [32, 27],
      [64, 27],
      [96, 27],
      [128, 27],
    ][n % 8];
    lines.push(
      `${base}.${first}/${length},Active,${block % 3 === 0 ? 'Global' : 'lab (65000:1)'},Tenant ${n % 40},` +
        `"Site ""${n % 60}""",net-${n % 200} (${(n % 200) + 1}),group-${Math.floor(n / 4000) % 4},Production,` +
        `"row ${n}, of a plan\r\nwith two lines",${n + 1},"aws,Zürich",`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** A file as NetBox exports IP addresses: 90 in each of the /24 of the other one. */
function addressFile(rows) {
  const lines = ['IP Address,VRF,Status,Role,Tenant,DNS name,Description,ID,Tags,Interface,Parent'];
  for (let n = 0; n < rows; n++) {
    const block = Math.floor(n / 90);
    lines.push(
      `10.${(block >> 8) & 255}.${block & 255}.${160 + (n % 90)}/25,` +
        `${block % 3 === 0 ? 'Global' : 'lab (65000:1)'},${n % 5 === 0 ? 'DHCP' : 'Active'},,Tenant ${n % 40},` +
        `host-${n}.example.com,"row ${n}, of a plan",${n + 1},"aws,Zürich",eth${n % 4},srv-${n}`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Prints the tables of one database: of pools, then of addresses in them. */
export async function benchImport({ database, storageName, size }) {
  const server = await WatchedServer.start(database);
  try {
    await benchFile(server, `${storageName}, pools`, netboxFile, size);
    await benchFile(server, `${storageName}, addresses`, addressFile, size);
  } finally {
    await server.stop();
  }
}

async function benchFile(server, name, fileOf, size) {
  const file = fileOf(size);
  const rows = [];
  const send = async (title, path) => {
    await server.quiet();
    await server.ask('begin');
    const { status, json } = await server.send('POST', path, {
      file,
      headers: { 'content-type': 'text/csv' },
    });
    const { wall, used, block, processor, memory } = await server.ask('report');
    if (status !== 200) failed(`${name}, ${title}`, status, JSON.stringify(json));
    const { create, update, unchanged, error } = json.summary ?? {};
    const row = [
      title,
      `${count(create ?? 0)} / ${count(update ?? 0)} / ${count(unchanged ?? 0)} / ${count(error ?? 0)}`,
      (wall / 1e3).toFixed(1),
      (used / 1e3).toFixed(1),
      Math.round(block),
      Math.round(processor),
      Math.round(memory / 1e6),
    ];
    say(row.join(' | '));
    rows.push(row);
  };
  const path = '/import?limit=100';
  // The first request of a kind has its code loaded.
  await server.send('POST', `${path}&dry_run=true`, {
    file: fileOf(1),
    headers: { 'content-type': 'text/csv' },
  });
  await send('dry run', `${path}&dry_run=true`);
  await send('import', path);
  await send('dry run again', `${path}&dry_run=true`);
  await send('import again', path);
  table(
    `${name}, ${count(size)} rows, ${(Buffer.byteLength(file) / 1e6).toFixed(1)} MB`,
    [
      '',
      'create / update / unchanged / error',
      'until the answer, s',
      'processor, s',
      'longest block, ms',
      '... of processor time, ms',
      'peak memory, MB',
    ],
    rows,
  );
}
